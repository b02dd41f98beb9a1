/** What can go wrong with one request. */
import type { Target } from './request-kinds.ts';

type Effect = Readonly<Record<string, unknown>>;

interface Fault {
  readonly effect: Effect;
  /** How many requests in a row it hits. */
  readonly times?: number;
}

const apiError = (code: string, detail: string, message: string): Effect => ({
  id: '0b3c6f0e-5c0f-4c55-8a5e-b1d5a6e5a001',
  code,
  message: 'The request could not be completed.',
  details: [{ code: detail, message }],
});

const html = '<!doctype html><html><body><h1>Please sign in to the network</h1></body></html>';
const limited = { status: 429, body: apiError('REQUEST_LIMITED', 'LIMIT_EXCEEDED', 'Too many requests') };

/** The list of issue 5. `elsewhere` is the origin of a host that must never hear from the action. */
const makers = {
  'reset before': () => ({ effect: { reset: true } }),
  'reset after': () => ({ effect: { reset: true, when: 'after' } }),
  '408': () => ({ effect: { status: 408 } }),
  '429 seconds': () => ({ effect: { ...limited, headers: { 'retry-after': 1 } } }),
  '429 date': () => ({ effect: { ...limited, headers: { 'retry-after': new Date(Date.now() + 2000).toUTCString() } } }),
  '429 none': () => ({ effect: limited }),
  '500': () => ({ effect: { status: 500, body: apiError('UNEXPECTED_ERROR', 'UNEXPECTED_ERROR', 'Sorry') } }),
  '500 after': () => ({ effect: { status: 500, when: 'after', body: { code: 'UNEXPECTED_ERROR' } } }),
  '502 html': () => ({ effect: { status: 502, body: html } }),
  '503 retry-after': () => ({ effect: { status: 503, headers: { 'retry-after': 1 } } }),
  'stall in headers': () => ({ effect: { stall: 'headers', when: 'after' } }),
  'stall in body': () => ({ effect: { stall: 'body' } }),
  'cut body': () => ({ effect: { cut: 7 } }),
  'truncated json': () => ({ effect: { status: 200, when: 'after', body: '{"id": "3f' } }),
  'other json': () => ({ effect: { status: 200, when: 'after', body: { unexpected: [1, 2, 3] } } }),
  '200 html': () => ({ effect: { status: 200, body: html } }),
  'empty 200': () => ({ effect: { status: 200 } }),
  '401 once': () => ({
    effect: { status: 401, body: apiError('ACCESS_FAILED', 'INVALID_TOKEN', 'The token has expired') },
  }),
  '403 a while': () => ({
    effect: { status: 403, body: apiError('ACCESS_FAILED', 'INSUFFICIENT_PERMISSIONS', 'No access') },
    times: 2,
  }),
  '404 a while': () => ({ effect: { status: 404, body: apiError('NOT_FOUND', 'NOT_FOUND', 'Not found') }, times: 2 }),
  // Twice, since the secret is read early and, where that fails, once more in its turn.
  redirect: (elsewhere: string) => ({
    effect: { status: 307, headers: { location: `${elsewhere}/stolen` } },
    times: 2,
  }),
} as const satisfies Record<string, (elsewhere: string) => Fault>;

export type FaultName = keyof typeof makers;

export const faultNames = Object.keys(makers) as readonly FaultName[];

/** The fault, aimed at one request of a flow, as `POST /__sandbox/faults` takes it. */
export function faultOn({ request, n }: Target, name: FaultName, elsewhere: string): object {
  const { effect, times = 1 }: Fault = makers[name](elsewhere);
  return { match: { method: request.method, path: `re:${request.path}`, n }, times, do: effect };
}
