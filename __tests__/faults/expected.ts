/**
 * What is expected of each fault, written by hand from the design; nothing here comes from src.
 * `recovers`: the faulted run itself gets through. Anything else: it stops, and its message begins so.
 */
import type { FaultName } from './fault-list.ts';
import type { RequestKind } from './request-kinds.ts';

export type Expected = 'recovers' | RegExp;

const recovers = 'recovers';

/** A disturbance of one request that harms nothing: it is repeated. */
const transient: readonly FaultName[] = [
  'reset before',
  'reset after',
  '408',
  '429 seconds',
  '429 date',
  '429 none',
  '500',
  '500 after',
  '502 html',
  '503 retry-after',
  'stall in headers',
  'stall in body',
  'cut body',
  'truncated json',
  'other json',
  '200 html',
  'empty 200',
];

/** Answers that mean what they say, outside of the windows in which the design waits them out. */
type Definite = '401 once' | '403 a while' | '404 a while' | 'redirect';

const signIn = 'PingOne \\(127\\.0\\.0\\.1:\\d+\\) refused the admin credentials from the inputs `admin-client-id`, ';
const github = (doing: string, status: number): RegExp => new RegExp(`^GitHub refused ${doing}: ${status} "`);
const pingone = (doing: string, status: number): RegExp =>
  new RegExp(`^PingOne refused ${doing}: (GET|POST|PUT|DELETE) /v1/\\S+: ${status}\\b`);

/** For a request of PingOne's API with a bearer: a new token helps once, everything else is final. */
const api = (doing: string): Record<Definite, Expected> => ({
  '401 once': recovers,
  '403 a while': pingone(doing, 403),
  '404 a while': pingone(doing, 404),
  redirect: pingone(doing, 307),
});

const gitHubApi = (doing: string): Record<Definite, Expected> => ({
  '401 once': github(doing, 401),
  '403 a while': github(doing, 403),
  '404 a while': github(doing, 404),
  redirect: recovers,
});

const publicKey = 'reading the public key of .*octo/sync';
const heldAlready = /^`store-in`: the .*octo\/sync holds PINGONE_WORKER_CLIENT_ID, .* already, and this worker's /;

/** By the request's name. */
const definite: Readonly<Record<string, Record<Definite, Expected>>> = {
  'sign in': {
    '401 once': new RegExp(`^${signIn}`),
    '403 a while': new RegExp(`^${signIn}`),
    '404 a while': new RegExp(`^${signIn}`),
    redirect: new RegExp(`^${signIn}`),
  },
  prove: {
    '401 once': recovers,
    '403 a while': recovers,
    '404 a while': /^PingOne gives no token for the worker's credentials: 404/,
    redirect: /^PingOne gives no token for the worker's credentials: 307/,
  },
  'find the environment': api('finding the environment in `environment` by its name'),
  list: api('reading the applications of the environment'),
  roles: api('reading the roles that PingOne has'),
  create: api('creating the application'),
  rotate: api('rotating the secret'),
  delete: { ...api('deleting the application'), '404 a while': recovers },
  read: api('to update \\S.*'),
  replace: api('to update \\S.*'),
  assignments: api("reading the worker's role assignments"),
  grant: api('granting Identity Data Admin @ environment'),
  // A refusal is believed at the third time only; 404 means that nothing was ever noted.
  'read the record': {
    ...api("reading the worker's metadata"),
    '403 a while': recovers,
    '404 a while': recovers,
  },
  record: { ...api("writing the worker's record"), '403 a while': recovers, '404 a while': recovers },
  secret: api("reading the worker's client secret"),
  // The credentials are proven by then: only a warning.
  populations: {
    '401 once': recovers,
    '403 a while': recovers,
    '404 a while': recovers,
    redirect: recovers,
  },
  'public key': gitHubApi(publicKey),
  'list secrets': gitHubApi(publicKey),
  store: gitHubApi('writing PINGONE_WORKER_[A-Z_]+ to .*octo/sync'),
  // What is gone already need not be deleted.
  forget: { ...gitHubApi('deleting .*'), '404 a while': recovers },
};

/** Whether the rotation happened is found out by reading the secret; where it did not, there is no second try. */
const notRotated: readonly FaultName[] = [
  'reset before',
  '408',
  '500',
  '502 html',
  '503 retry-after',
  '200 html',
  'empty 200',
];
const rotationFailed =
  /^PingOne (could not be reached for|refused) rotating the secret: .*\n.*\n.*The secret was not rotated/;

/** What is lost, since an answer was wrong that is to be believed: 404 is how both vendors say "there is none". */
export const losses: Readonly<Record<string, RegExp>> = {
  'repair: read the record #1, 404 a while': /^the other metadata is \{\}$/,
  'teardown: forget #1, 404 a while': /^PINGONE_WORKER_\w+(, PINGONE_WORKER_\w+)? are still there$/,
  'teardown: forget #2, 404 a while': /^PINGONE_WORKER_\w+(, PINGONE_WORKER_\w+)? are still there$/,
  'teardown: forget #3, 404 a while': /^PINGONE_WORKER_\w+(, PINGONE_WORKER_\w+)? are still there$/,
};

/** What differs in one flow: by flow, request and fault. */
const special: Readonly<Record<string, Expected>> = {
  // A new application's parts may be late.
  'create, secret, 404 a while': recovers,
  'create, grant, 404 a while': recovers,
  // Nothing changed, so a refusal is no delay.
  'unchanged, prove, 401 once': /^PingOne gives no token for the worker's credentials: 401/,
  'unchanged, prove, 403 a while': /^PingOne gives no token for the worker's credentials: 403/,
  // Secrets are there, and the record that would say whose they are seems not to be.
  'unchanged, read the record, 404 a while': heldAlready,
  'rotate, read the record, 404 a while': heldAlready,
  'environment, read the record, 404 a while': heldAlready,
  'environment, prove, 401 once': /^PingOne gives no token for the worker's credentials: 401/,
  'environment, prove, 403 a while': /^PingOne gives no token for the worker's credentials: 403/,
  'environment, public key, 404 a while':
    /^`store-in`: the GitHub environment "staging" of octo\/sync exists, but `github-/,
  'environment, list secrets, 404 a while':
    /^`store-in`: the GitHub environment "staging" of octo\/sync exists, but `github-/,
  'teardown, read the record, 404 a while':
    /^`state: absent`: the worker "Fault matrix" was not created by this repository/,
};

/** What a case has to come to. */
export function expectedOf(flow: string, request: { name: string; kind: RequestKind }, fault: FaultName): Expected {
  if (request.kind === 'rotate' && notRotated.includes(fault)) return rotationFailed;
  if (transient.includes(fault)) return recovers;
  const expected = special[`${flow}, ${request.name}, ${fault}`] ?? definite[request.name]?.[fault as Definite];
  if (expected === undefined) throw new Error(`no expectation for ${request.name}, ${fault}`);
  return expected;
}
