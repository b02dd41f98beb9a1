/** Sends a response: complete, truncated, stalled, or not at all. */
import type { ServerResponse } from 'node:http';
import type { Answer } from './exchange.ts';

/** The fault of a response's bytes. */
export interface Spoiling {
  readonly reset?: boolean | undefined;
  readonly stall?: 'headers' | 'body' | undefined;
  readonly cut?: number | undefined;
}

const BODILESS = [204, 304];

function writeHead(outgoing: ServerResponse, { status, headers, body }: Answer, date: string): void {
  const length = BODILESS.includes(status) ? {} : { 'content-length': String(body.length) };
  outgoing.writeHead(status, { date, ...headers, ...length });
  outgoing.flushHeaders();
}

/** Headers that promise the whole body, then only its first bytes. */
function writePart(outgoing: ServerResponse, body: Buffer, bytes: number, then: () => void): void {
  if (bytes === 0) then();
  else outgoing.write(body.subarray(0, bytes), then);
}

/** Sends the response; true when at least its headers go out. */
export function send(outgoing: ServerResponse, answer: Answer, spoiling: Spoiling, date: string): boolean {
  const { reset, stall, cut } = spoiling;
  if (outgoing.destroyed || !outgoing.socket) return false;
  if (reset) {
    outgoing.socket.resetAndDestroy();
    return false;
  }
  if (stall === 'headers') return false;
  writeHead(outgoing, answer, date);
  if (stall === 'body') writePart(outgoing, answer.body, Math.floor(answer.body.length / 2), () => undefined);
  else if (cut !== undefined && cut < answer.body.length) {
    writePart(outgoing, answer.body, cut, () => setImmediate(() => outgoing.socket?.destroy()));
  } else outgoing.end(BODILESS.includes(answer.status) ? undefined : answer.body);
  return true;
}
