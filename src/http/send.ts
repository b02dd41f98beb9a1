// Every request goes through here: deadline, retries, cancellation.
import { setTimeout as sleep } from 'node:timers/promises';
import { Cancelled } from '../errors.ts';
import type { HttpRequest, HttpResponse } from './errors.ts';
import { NetworkError } from './errors.ts';
import type { AttemptOutcome, RequestKind } from './retry.ts';
import { decideRetry, retryAfterMs, sentAt } from './retry.ts';
import type { ExchangeLimits, Transport } from './transport.ts';

/**
 * The runner's clock as it was when the process started, counted on monotonically: a runner that corrects its clock
 * while the step runs moves no deadline.
 */
export const monotonicClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** Time, handed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch, never going back: deadlines are by it. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when `signal` fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** How the runner asks the step to stop. */
export interface Interruption {
  /** Fires at once: nothing new is started, reads are given up. Inside of a critical section it is `abandon`. */
  readonly stop: AbortSignal;
  /** Fires a few seconds later: writes in flight are given up, too. */
  readonly abandon: AbortSignal;
  /** Fires at once, inside of a critical section as well. */
  readonly requested: AbortSignal;
  /**
   * Runs what must not be left half done: once begun, only `abandon` stops it.
   *
   * @throws Cancelled where it was not
   */
  critical<T>(section: () => Promise<T>): Promise<T>;
  /** Runs what a run that is to stop still undoes: only `abandon` stops it. */
  cleanUp<T>(section: () => Promise<T>): Promise<T>;
}

/** An interruption by these signals. */
export function createInterruption(requested: AbortSignal, abandon: AbortSignal): Interruption {
  let sections = 0;
  const cleanUp: Interruption['cleanUp'] = async (section) => {
    sections += 1;
    try {
      return await section();
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
    async critical(section) {
      if (requested.aborted)
        throw new Cancelled('before the part that is not left half done, so nothing of it was begun');
      return cleanUp(section);
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
  /** When the step's time is up, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Told about the first wait of a request with its reason, and how a request with several waits ended. */
  readonly onWait: (line: string) => void;
  /**
   * Told about every answer and every later wait: method, host, path, status and duration, never a header or a body.
   */
  readonly onAnswer: (line: string) => void;
}

/** A request with what is needed to repeat it safely. */
export interface SendRequest extends HttpRequest {
  readonly kind: RequestKind;
  /** Makes the body of each attempt, instead of `body`: a signed assertion is for one use. */
  readonly makeBody?: () => string;
  /** When to give up, in milliseconds since the epoch, where that is earlier than the end of the step's time. */
  readonly until?: number | undefined;
  /** Overrides how the server's wish to wait is read: milliseconds from `now`, by the server's clock; or undefined. */
  readonly askedMs?: (response: HttpResponse, now: number) => number | undefined;
}

/**
 * Sends a request, repeating it as `decideRetry` allows, and decodes the answer.
 * `decode` may throw a NetworkError `garbled`, which counts as a failed attempt; what else it throws is passed on.
 *
 * @throws NetworkError, the last one, when it gives up without an answer; Cancelled when the step is to stop
 */
export type Send = <T>(request: SendRequest, decode: (response: HttpResponse) => T) => Promise<T>;

/** One place through which every request of the step goes. */
export function createSend(context: SendContext): Send {
  const { clock, interruption, onWait, onAnswer } = context;
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
        if (attempt > 1) ended('answered', attempt);
        return result.value;
      }

      const limits = { ...context.limits, remainingMs: remaining(context, request) };
      const decision = decideRetry(request.kind, result.outcome, attempt, limits, context.random());
      if (!decision.retry) {
        if (attempt > 1 || decision.isCutShort) ended(`${decision.reason}; gave up`, attempt);
        return result.giveUp(decision.reason);
      }
      const seconds = (decision.waitMs / 1000).toFixed(1);
      (attempt === 0 ? onWait : onAnswer)(
        `${describeRequest(request)}: ${decision.reason}; trying again in ${seconds} s`,
      );
      await clock.sleep(decision.waitMs, interruption.stop);
    }
  };
}

type Exchange<T> =
  | { readonly value: T }
  | {
      readonly outcome: AttemptOutcome;
      /** The answer as it is, decoded; or the error, with the reason why it is final. */
      readonly giveUp: (reason: string) => T;
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
    const response = await context.transport({ ...request, ...body, isUnrepeatable }, { ...limits, requestMs }, signal);
    context.onAnswer(`${describeRequest(request)}: ${response.status} in ${clock.now() - started} ms`);
    const askedMs = (request.askedMs ?? askedByHeader)(response, sentAt(response.headers) ?? clock.now());
    if (askedMs === undefined && response.status !== 408 && response.status !== 429 && response.status < 500) {
      return { value: decode(response) };
    }
    const outcome = askedMs === undefined ? { status: response.status } : { status: response.status, askedMs };
    return { outcome, giveUp: () => decode(response) };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (interruption.stop.aborted) throw new Cancelled(`during ${describeRequest(request)}`, { cause: error });
    return {
      outcome: { failure: error.failure },
      giveUp: (reason) => {
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

/** Method, host and path, without ids and without a query: which kind of request it was, and nothing worth masking. */
function describeRequest(request: HttpRequest): string {
  const { host, pathname } = new URL(request.url);
  return `${request.method} ${host}${pathname.replace(ids, '{id}')}`;
}

/** The pauses of one wait for something that only takes its time, all in milliseconds. */
export interface BackoffOptions {
  readonly clock: Clock;
  readonly interruption: Interruption;
  /** The first pause; each is twice the one before. */
  readonly firstMs: number;
  /** The longest pause; without it all are as long as the first. */
  readonly longestMs?: number;
  /** Since the epoch: no pause ends later. */
  readonly until: number;
}

/** Decides on a pause, and makes it. */
export interface Backoff {
  /**
   * Pauses before the next attempt; ends at once when the step is to stop, which the next request then notices.
   *
   * @param announce for the log: called once, if the wait is longer than an ordinary one, with what is left of its time
   * @returns false, without a pause, where it would end too late
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
 * For waiting between attempts whose answers are all whole, and only not yet the one that is wanted. What a failed
 * request is worth is for `decideRetry` to say.
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
