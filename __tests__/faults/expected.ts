/**
 * The expected outcome of each fault, written by hand from the specification and not taken from src.
 * `recovers`: the faulted run itself gets through. A pattern: it stops, and its message begins so. `either`: it depends
 * on what the run needs the response for.
 */
import type { FaultName } from './fault-list.ts';
import type { RequestKind } from './request-kinds.ts';

export type Expected = 'recovers' | RegExp | { readonly either: RegExp };

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
  redirect: github(doing, 307),
});

const publicKey = 'reading the public key of .*octo(/sync)?';
const listed = 'reading the secrets of .*octo(/sync)?';
const variables = 'reading the variables of .*octo(/sync)?';
const existence = 'reading the existence of the GitHub environment "qa" of octo/sync';
const looking = 'reading the secrets of the repository octo/sync';
const writing = 'writing PINGONE_WORKER_[A-Z_]+ to .*octo(/sync)?';
const creatingEnvironment = 'creating the GitHub environment "qa" of octo/sync';
/** A secret of an organization is looked at twice: in preflight, and when it is written. */
const lookingOrWriting = `(${listed}|${writing})`;

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
    '404 a while': /^PingOne did not issue a token for the worker's credentials: 404/,
    redirect: /^PingOne did not issue a token for the worker's credentials: 307/,
  },
  'find the environment': api('finding the environment in `environment` by its name'),
  list: api('reading the applications of the environment'),
  roles: api('reading the roles'),
  create: api('creating the application'),
  rotate: api('rotating the secret'),
  delete: { ...api('deleting the application'), '404 a while': recovers },
  read: api('updating the application \\((update|upload) \\S.*\\)'),
  replace: api('updating the application \\((update|upload) \\S.*\\)'),
  assignments: api("reading the worker's role assignments"),
  grant: api('granting Identity Data Admin @ environment'),
  // A refusal is believed at the third time only; 404 means that nothing was ever noted.
  'read the record': {
    ...api(''),
    '403 a while': recovers,
    '404 a while': recovers,
    // What is noted after the last store is not worth a failure.
    redirect: { either: pingone("(reading the worker's metadata|writing the worker's record)", 307) },
  },
  record: {
    ...api(''),
    '403 a while': recovers,
    '404 a while': recovers,
    redirect: { either: pingone("writing the worker's record", 307) },
  },
  secret: api("reading the worker's client secret"),
  // The credentials are proven by then: only a warning.
  populations: {
    '401 once': recovers,
    '403 a while': recovers,
    '404 a while': recovers,
    redirect: recovers,
  },
  upload: api('uploading the image in `icon`'),
  // Unless it is gone for certain, the image is taken to be there; where it seems gone, it is uploaded anew.
  image: {
    '401 once': recovers,
    '403 a while': recovers,
    '404 a while': recovers,
    redirect: recovers,
  },
  // An image that nobody points to does no harm: only a notice.
  'delete image': {
    '401 once': recovers,
    '403 a while': recovers,
    '404 a while': recovers,
    redirect: recovers,
  },
  // By its id it is found all the same.
  repository: {
    ...gitHubApi(`(reading the repository octo/sync|${looking})`),
    '404 a while': recovers,
  },
  'public key': gitHubApi(`(${publicKey}|${creatingEnvironment})`),
  'list secrets': gitHubApi(`(${listed}|${looking})`),
  'organization secret': { ...gitHubApi(lookingOrWriting), '404 a while': recovers },
  'who sees it': gitHubApi(writing),
  // 404 is why it is created.
  'GitHub environment': { ...gitHubApi(`(${existence}|${creatingEnvironment})`), '404 a while': recovers },
  'list GitHub environments': gitHubApi(`(${existence}|${creatingEnvironment})`),
  'create GitHub environment': gitHubApi(creatingEnvironment),
  store: gitHubApi(writing),
  // 404 is how GitHub says that there is none yet.
  variable: { ...gitHubApi(variables), '404 a while': recovers },
  'count variables': gitHubApi(variables),
  'create variable': gitHubApi(writing),
  'store variable': gitHubApi(writing),
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

/** Flows in which nothing changes: a refusal of the credentials is no delay then. */
const still = ['unchanged', 'environment', 'organization', 'variables', 'new environment'];

/** Flows that begin with stored secrets: a record that seems not to be there no longer says whose they are. */
const stored = ['unchanged', 'rotate', 'environment', 'organization', 'variables', 'new icon'];

const inFlows = (names: readonly string[], rest: string, expected: Expected): Record<string, Expected> =>
  Object.fromEntries(names.map((name) => [`${name}, ${rest}`, expected]));

const hiddenEnvironment = /^`store-in`: the GitHub environment "staging" of octo\/sync exists, but `github-/;

/** What differs in one flow: by flow, request (all of the name, or the nth) and fault. */
const special: Readonly<Record<string, Expected>> = {
  // A new application's parts may be late.
  ...inFlows(['create', 'icon'], 'secret, 404 a while', recovers),
  ...inFlows(['create', 'icon'], 'grant, 404 a while', recovers),
  // A new worker's secret is read early twice; only the third read counts.
  ...inFlows(['create', 'icon'], 'secret #1, 403 a while', recovers),
  ...inFlows(['create', 'icon'], 'secret #1, redirect', recovers),
  ...inFlows(still, 'prove, 401 once', /^PingOne did not issue a token for the worker's credentials: 401/),
  ...inFlows(still, 'prove, 403 a while', /^PingOne did not issue a token for the worker's credentials: 403/),
  ...inFlows(
    stored,
    'read the record #1, 404 a while',
    /^`store-in`: the .*octo(\/sync)? already has PINGONE_WORKER_\w+, .* and this worker's /,
  ),
  'environment, public key, 404 a while': hiddenEnvironment,
  'environment, list secrets, 404 a while': hiddenEnvironment,
  // It is not there yet, or was created a moment ago.
  'new environment, public key, 404 a while': recovers,
  'new environment, store, 404 a while': recovers,
  // That the environment is not there is said by the key already.
  'new environment, list secrets, 401 once': recovers,
  'new environment, list secrets, 403 a while': recovers,
  'new environment, list secrets, 404 a while': recovers,
  'new environment, list secrets, redirect': recovers,
  // The list shows it, so it is tried again, and refused again.
  'teardown, forget #3, 404 a while': github('deleting secrets in the repository octo/sync', 404),
  // Only the first read says whose the worker is. Later ones do not make the run forget that.
  'teardown, read the record #1, 404 a while':
    /^`state: absent`: the worker "Fault matrix" was not deleted: nothing shows that this repository created it/,
};

const unexpectedJson = /^(PingOne|GitHub) sent an unexpected response for /;
const gitHubSecrets = new RegExp(`^GitHub refused (${listed}|${looking}|deleting .*): `);

/** What a case has to come to: the nth request of a name in a flow, under a fault. */
export function expectedOf(
  flow: string,
  { request, n }: { readonly request: { readonly name: string; readonly kind: RequestKind }; readonly n: number },
  fault: FaultName,
): Expected {
  if (request.kind === 'rotate' && notRotated.includes(fault)) return rotationFailed;
  if (transient.includes(fault)) return recovers;
  // JSON that is not the answer is not asked for again.
  if (fault === 'other json') return { either: unexpectedJson };
  // After the last store the list is only read for what the record notes.
  if (request.name === 'list secrets' && n > 1) return { either: gitHubSecrets };
  const expected =
    special[`${flow}, ${request.name} #${n}, ${fault}`] ??
    special[`${flow}, ${request.name}, ${fault}`] ??
    definite[request.name]?.[fault as Definite];
  if (expected === undefined) throw new Error(`no expectation for ${request.name}, ${fault}`);
  return expected;
}
