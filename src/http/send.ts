// All requests pass here: deadline, retries, cancellation.
import { setTimeout as sleep } from 'node:timers/promises';
import { Cancelled } from '../errors.ts';
import type { HttpRequest, HttpResponse } from './errors.ts';
import { NetworkError } from './errors.ts';
import type { AttemptOutcome, RequestKind } from './retry.ts';
import { decideRetry, retryAfterMs, sentAt } from './retry.ts';
import type { ExchangeLimits, Transport } from './transport.ts';

/**
 * The runner's clock at the start of the process plus monotonic time: a correction of the runner's clock does not move a
 * deadline.
 */
export const monotonicClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** Time, injected so that tests do not wait. */
export interface Clock {
  /** Milliseconds since the epoch, monotonic. Deadlines use it. */
  now(): number;
  /** Resolves after this time in milliseconds, or immediately when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The cancellation of the step by the runner. */
export interface Interruption {
  /** Aborts immediately: no new request starts, and reads end. In a critical section it is `abandon`. */
  readonly stop: AbortSignal;
  /** Aborts a few seconds later: pending writes end, too. */
  readonly abandon: AbortSignal;
  /** Aborts immediately, in a critical section as well. */
  readonly requested: AbortSignal;
  /**
   * Runs work that must not stop halfway: after its start, only `abandon` ends it.
   *
   * @throws Cancelled if the step was cancelled before the start
   */
  critical<T>(section: () => Promise<T>): Promise<T>;
  /** Runs work that undoes something after a cancellation: only `abandon` ends it. */
  cleanUp<T>(section: () => Promise<T>): Promise<T>;
  /** Runs one write, so that `settled` waits for it. */
  write<T>(exchange: () => Promise<T>): Promise<T>;
  /** Resolves as soon as neither a write nor work that must not stop halfway is under way. */
  settled(): Promise<void>;
}

/** Creates an interruption from these signals. */
export function createInterruption(requested: AbortSignal, abandon: AbortSignal): Interruption {
  let sections = 0;
  const underWay = new Set<Promise<unknown>>();
  const write: Interruption['write'] = async (work) => {
    const result = work();
    underWay.add(result);
    return result.finally(() => underWay.delete(result));
  };
  const cleanUp: Interruption['cleanUp'] = async (section) => {
    sections += 1;
    try {
      return await write(section);
    } finally {
      sections -= 1;
    }
  };
  return {
    get stop() {
      return sections > 0 ? abandon : requested;
    },
    abandon,
    requested,
    cleanUp,
    write,
    async critical(section) {
      if (requested.aborted) throw new Cancelled('before the next part started');
      return cleanUp(section);
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

/** What `createSend` needs. */
export interface SendContext {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly interruption: Interruption;
  readonly limits: ExchangeLimits & { readonly backoffMs: number; readonly retryAfterMs: number };
  /** When the step's time ends, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Called for the first wait of a request with its reason, and for the end of a request with several waits. */
  readonly onWait: (line: string) => void;
  /** Called for every response and every later wait, with method, host, path, status and duration. */
  readonly onResponse: (line: string) => void;
}

/** A request with the facts that a safe retry needs. */
export interface SendRequest extends HttpRequest {
  readonly kind: RequestKind;
  /** Creates the body of each attempt, instead of `body`: a signed assertion can be used once. */
  readonly makeBody?: () => string;
  /** When to give up, in milliseconds since the epoch, if that is earlier than the end of the step's time. */
  readonly until?: number | undefined;
  /** Replaces `Retry-After`: how long the server asks to wait, in milliseconds from `now` (the server's clock). */
  readonly askedMs?: (response: HttpResponse, now: number) => number | undefined;
}

/**
 * Sends a request, retries it as `decideRetry` decides, and decodes the response.
 * A NetworkError from `decode` counts as a failed attempt. Other errors from it are rethrown.
 *
 * @throws NetworkError, the last one, if no attempt succeeds; Cancelled if the step was cancelled
 */
export type Send = <T>(request: SendRequest, decode: (response: HttpResponse) => T) => Promise<T>;

/** Creates the function that sends all requests of the step. */
export function createSend(context: SendContext): Send {
  const { clock, interruption, onWait, onResponse } = context;
  return async (request, decode) => {
    const started = clock.now();
    const ended = (how: string, retries: number): void => {
      const seconds = ((clock.now() - started) / 1000).toFixed(1);
      onWait(`${describeRequest(request)}: ${how} after ${retries} retries in ${seconds} s`);
    };
    for (let attempt = 0; ; attempt += 1) {
      if (interruption.stop.aborted) throw new Cancelled(`before ${describeRequest(request)}`);
      const result = await exchange(context, request, decode);
      if ('value' in result) {
        if (attempt > 1) ended('succeeded', attempt);
        return result.value;
      }

      const limits = { ...context.limits, remainingMs: remaining(context, request) };
      const decision = decideRetry(request.kind, result.outcome, attempt, limits, context.random());
      if (!decision.retry) {
        if (attempt > 1 || decision.isCutShort) ended(`${decision.reason}; gave up`, attempt);
        return result.conclude(decision.reason);
      }
      const seconds = (decision.waitMs / 1000).toFixed(1);
      (attempt === 0 ? onWait : onResponse)(
        `${describeRequest(request)}: ${decision.reason}; retrying in ${seconds} s`,
      );
      await clock.sleep(decision.waitMs, interruption.stop);
    }
  };
}

type Exchange<T> =
  | { readonly value: T }
  | {
      readonly outcome: AttemptOutcome;
      /** Ends the retries: decodes the last response, or throws the last error with the reason. */
      readonly conclude: (reason: string) => T;
    };

async function exchange<T>(
  context: SendContext,
  request: SendRequest,
  decode: (response: HttpResponse) => T,
): Promise<Exchange<T>> {
  const { clock, interruption, limits } = context;
  const signal = request.kind === 'read' ? interruption.stop : interruption.abandon;
  try {
    const requestMs = Math.min(limits.requestMs, Math.max(1, remaining(context, request)));
    const started = clock.now();
    const body = request.makeBody === undefined ? {} : { body: request.makeBody() };
    const isUnrepeatable = request.kind === 'create';
    const send = () => context.transport({ ...request, ...body, isUnrepeatable }, { ...limits, requestMs }, signal);
    const response = await (request.kind === 'read' ? send() : interruption.write(send));
    context.onResponse(`${describeRequest(request)}: ${response.status} in ${clock.now() - started} ms`);
    const askedMs = (request.askedMs ?? askedByHeader)(response, sentAt(response.headers) ?? clock.now());
    if (askedMs === undefined && response.status !== 408 && response.status !== 429 && response.status < 500) {
      return { value: decode(response) };
    }
    const outcome = askedMs === undefined ? { status: response.status } : { status: response.status, askedMs };
    return { outcome, conclude: () => decode(response) };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (interruption.stop.aborted) throw new Cancelled(`during ${describeRequest(request)}`, { cause: error });
    return {
      outcome: { failure: error.failure },
      conclude: (reason) => {
        throw new NetworkError(error.failure, `${describeRequest(request)}: ${error.message} (${reason})`, {
          cause: error,
        });
      },
    };
  }
}

function remaining({ deadline, clock }: SendContext, { until = deadline }: SendRequest): number {
  return Math.min(deadline, until) - clock.now();
}

function askedByHeader(response: HttpResponse, now: number): number | undefined {
  return response.status === 408 || response.status === 429 || response.status >= 500
    ? retryAfterMs(response.headers, now)
    : undefined;
}

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Method, host and path, without IDs and query, so that it contains nothing to mask. */
function describeRequest(request: HttpRequest): string {
  const { host, pathname } = new URL(request.url);
  return `${request.method} ${host}${pathname.replace(ids, '{id}')}`;
}

/** The pauses of one wait for a change that takes time, all in milliseconds. */
export interface BackoffOptions {
  readonly clock: Clock;
  readonly interruption: Interruption;
  /** The first pause. Each pause is twice the previous one. */
  readonly firstMs: number;
  /** The longest pause. Default: all pauses have the same length. */
  readonly longestMs?: number;
  /** When the last pause ends at the latest, since the epoch. */
  readonly until: number;
}

/** Pauses between attempts. */
export interface Backoff {
  /**
   * Pauses before the next attempt. If the step is cancelled, the pause ends immediately, and the next request throws.
   *
   * @param announce for the log: called once, if the wait is unusually long, with the remaining time
   * @returns false, without a pause, if the pause would end too late
   */
  pause(announce?: (leftMs: number) => void): Promise<boolean>;
}

// PingOne and GitHub need about this long to propagate a change: a shorter wait is not worth a line.
const ordinaryMs = 2_000;

/** A time in whole seconds, for the log. */
export function inSeconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}

/**
 * Pauses between attempts that get a response, but not yet the wanted one. `decideRetry` decides about failed requests.
 */
export function createBackoff({ clock, interruption, firstMs, longestMs = firstMs, until }: BackoffOptions): Backoff {
  let nextMs = firstMs;
  let pausedMs = 0;
  return {
    async pause(announce) {
      const ms = nextMs;
      if (clock.now() + ms > until) return false;
      nextMs = Math.min(2 * ms, longestMs);
      if (pausedMs < ordinaryMs && pausedMs + ms >= ordinaryMs) announce?.(until - clock.now());
      pausedMs += ms;
      await clock.sleep(ms, interruption.stop);
      return true;
    },
  };
}
