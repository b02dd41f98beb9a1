/**
 * The effect of a fault on a request:
 * - `status` and `body` replace the response, `reset` and a stall before the headers suppress it. The change is not made,
 *   unless `when` is `after`.
 * - `headers` alone, `delay`, `hideFor`, `cut` and a stall in the body need the regular response. The change is made,
 *   unless `when` is `before`. A `delay` comes after the change, or before it with `when: before`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './exchange.ts';
import { jsonAnswer } from './exchange.ts';
import type { Effect } from './faults.ts';

/** A fault's body: text as it is, anything else as JSON. */
function faultBody(body: unknown): { readonly type: string; readonly bytes: Buffer } {
  if (typeof body !== 'string') return { type: 'application/json', bytes: jsonAnswer(200, body).body };
  const bytes = Buffer.from(body);
  if (/^\s*</.test(body)) return { type: 'text/html; charset=utf-8', bytes };
  return { type: /^\s*[[{]/.test(body) ? 'application/json' : 'text/plain; charset=utf-8', bytes };
}

const EMPTY: Answer = { status: 200, headers: {}, body: Buffer.alloc(0) };

/** The regular response, or an empty one, with the fault's replacements. */
function replaced(honest: Answer, { status, headers, body }: Effect): Answer {
  const extra = Object.fromEntries(
    Object.entries(headers ?? {}).map(([key, value]) => [key.toLowerCase(), String(value)]),
  );
  if (status === undefined && body === undefined) return { ...honest, headers: { ...honest.headers, ...extra } };
  const content = body === undefined ? undefined : faultBody(body);
  return {
    status: status ?? honest.status,
    headers: { ...(content ? { 'content-type': content.type } : {}), ...extra },
    body: content?.bytes ?? EMPTY.body,
  };
}

const replaces = ({ status, body, reset, stall }: Effect): boolean =>
  status !== undefined || body !== undefined || reset === true || stall === 'headers';

/** A timer that does not keep the sandbox alive. */
export const wait = (milliseconds: number): Promise<unknown> =>
  milliseconds > 0 ? sleep(milliseconds, undefined, { ref: false }) : Promise.resolve();

/** Whether the request still does its work. */
function makesChange(effect: Effect): boolean {
  if (effect.when === 'after') return true;
  const spoils = effect.cut !== undefined || effect.stall !== undefined;
  return !replaces(effect) && !(effect.when === 'before' && spoils);
}

/** The response under a fault; `honest` makes the change and tells the regular response. */
export async function faultyAnswer(effect: Effect, honest: () => Promise<Answer>): Promise<Answer> {
  const { when, delay = 0 } = effect;
  if (when === 'before') await wait(delay);
  const answer = replaced(makesChange(effect) ? await honest() : EMPTY, effect);
  if (when !== 'before') await wait(delay);
  return answer;
}
