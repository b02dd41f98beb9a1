import { createPingOne } from '../../src/pingone/client.ts';
import type { Answer } from '../http/fakes.ts';
import { fakeWorld } from '../http/fakes.ts';

export const apiUrl = 'https://api.pingone.eu/v1';

/** An application of which this run did not make the first half. */
export const ref = { environmentId: 'e-1', applicationId: 'a-1', isNew: false };

/** PingOne's API over a transport that gives these answers one after the other, the last for ever. */
export function fakePingOne(answers: readonly Answer[], { renewed = ['token-2'], isYoung = false } = {}) {
  const world = fakeWorld(...answers);
  const waits: string[] = [];
  const left = [...renewed];
  const pingone = createPingOne({
    apiUrl,
    send: world.send,
    tokens: { current: () => Promise.resolve('token-1'), renew: () => Promise.resolve(left.shift()) },
    traceHeaders: { 'x-trace': 'run 1' },
    clock: world.clock,
    interruption: world.interruption,
    lagMs: 10_000,
    isYoung,
    onWait: (line) => waits.push(line),
  });
  const tokensUsed = () => world.sent.map(({ request }) => request.headers['authorization']);
  const paths = () => world.sent.map(({ request }) => `${request.method} ${request.url.replace(apiUrl, '')}`);
  return { ...world, pingone, waits, tokensUsed, paths };
}

/** An error answer as PingOne words it. */
export function errorBody(code: string, ...details: readonly object[]) {
  return { id: 'an-id', code, message: 'The request could not be completed.', details };
}
