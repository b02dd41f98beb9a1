import type { HttpRequest, HttpResponse } from '../../src/http/errors.ts';
import { createInterruption, createSend } from '../../src/http/send.ts';
import type { Clock, Send } from '../../src/http/send.ts';
import type { ExchangeLimits, Transport } from '../../src/http/transport.ts';

/** A clock that stands still, but for whoever sleeps by it. */
export class FakeClock implements Clock {
  time = Date.parse('2026-11-24T12:00:00Z');
  readonly slept: number[] = [];
  /** Called while somebody sleeps. */
  onSleep: (ms: number) => void = () => undefined;

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.slept.push(ms);
    this.onSleep(ms);
    if (!signal.aborted) this.time += ms;
    return Promise.resolve();
  }
}

/** What a transport does with a request: answers it, or fails. */
export type Answer = Given | ((request: HttpRequest) => Given | Promise<Given>);
type Given = Partial<HttpResponse> | Error;

/** A request as the transport was given it. */
export interface SentRequest {
  readonly request: HttpRequest;
  readonly limits: ExchangeLimits;
  readonly signal: AbortSignal | undefined;
}

/** A step's way out that goes nowhere: a transport that gives these answers one after the other, the last for ever. */
export function fakeWorld(...answers: readonly Answer[]) {
  const clock = new FakeClock();
  const sent: SentRequest[] = [];
  const lines: string[] = [];
  const [requested, abandon] = [new AbortController(), new AbortController()];
  const interruption = createInterruption(requested.signal, abandon.signal);
  const transport: Transport = async (request, limits, signal) => {
    sent.push({ request, limits, signal });
    const next = answers[Math.min(sent.length, answers.length) - 1] ?? {};
    const answer = typeof next === 'function' ? await next(request) : next;
    if (Error.isError(answer)) throw answer;
    return { status: 200, headers: {}, body: '', ...answer };
  };
  const send: Send = createSend({
    transport,
    clock,
    random: () => 0.5,
    interruption,
    limits: { requestMs: 15_000, bodyBytes: 1_000, backoffMs: 8_000, retryAfterMs: 60_000 },
    deadline: clock.now() + 300_000,
    onWait: (line) => lines.push(line),
    onResponse: () => undefined,
  });
  return { clock, sent, lines, interruption, send, cancel: () => requested.abort(), abandon: () => abandon.abort() };
}

/** An answer with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
