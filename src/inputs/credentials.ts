// The admin credentials: masks every value, then chooses the set to use.
import { withLineBreaks } from '../pingone/assertion.ts';
import type { SecretAuthMethod } from '../pingone/token.ts';
import { formEncode, secretForms, tokenEndpoint } from '../pingone/token.ts';
import type { AdminCredentials } from '../settings.ts';
import { isUuid, sentenceList } from '../text.ts';
import { assertionInputs, readAssertionSource } from './assertion.ts';
import type { InputReader, Problem } from './reader.ts';
import { containsBlanks, mustBe, tokenProblem } from './reader.ts';

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Masks the IDs in `application-id` and `environment`, unless `mask-ids` is `false`. */
export function maskGivenIds(reader: InputReader, mask: (value: string) => void): void {
  if (reader.text('mask-ids').toLowerCase() === 'false') return;
  const ids = ['application-id', 'environment'].flatMap((input) => reader.text(input).match(uuid) ?? []);
  for (const id of ids) [id, id.toLowerCase()].forEach(mask);
}

/** Masks every credential of the inputs and the environment, in each form that the step sends or an error may contain. */
export function maskCredentials(reader: InputReader, mask: (value: string) => void): void {
  const sources: readonly (readonly [Lookup, readonly string[], readonly { id: string; secret: string }[]])[] = [
    [reader.text, [...adminSecretNames.inputs, 'github-token'], adminPairs.inputs],
    [reader.variable, adminSecretNames.variables, adminPairs.variables],
  ];
  for (const [lookup, names, pairs] of sources) {
    for (const value of names.map(lookup)) [value, formEncode(value), withLineBreaks(value)].forEach(mask);
    for (const { id, secret } of pairs.filter((pair) => lookup(pair.secret) !== '')) {
      secretForms({ clientId: lookup(id), clientSecret: lookup(secret) }).forEach(mask);
    }
  }
}

/** The value of an input or an environment variable by its name; empty if not set. */
export type Lookup = (name: string) => string;

/** The names of a client ID, its secret and its environment ID. */
interface ClientSource {
  readonly source: string;
  readonly id: string;
  readonly secret: string;
  readonly environment: string;
}

const fromInputs: ClientSource = {
  source: 'the inputs `admin-client-id`, `admin-client-secret` and `admin-environment-id`',
  id: 'admin-client-id',
  secret: 'admin-client-secret',
  environment: 'admin-environment-id',
};

// The names of the Terraform provider, the newer SDK, and the Ping CLI since 1.0.
const fromEnvironment: readonly ClientSource[] = [
  {
    source: 'the environment variables PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET and PINGONE_ENVIRONMENT_ID',
    id: 'PINGONE_CLIENT_ID',
    secret: 'PINGONE_CLIENT_SECRET',
    environment: 'PINGONE_ENVIRONMENT_ID',
  },
  {
    source:
      'the environment variables PINGONE_CLIENT_CREDENTIALS_CLIENT_ID, PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET ' +
      'and PINGONE_ENVIRONMENT_ID',
    id: 'PINGONE_CLIENT_CREDENTIALS_CLIENT_ID',
    secret: 'PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET',
    environment: 'PINGONE_ENVIRONMENT_ID',
  },
  {
    source:
      'the environment variables PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_ID, ' +
      'PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET and PINGCLI_PINGONE_ENVIRONMENT_ID',
    id: 'PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_ID',
    secret: 'PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET',
    environment: 'PINGCLI_PINGONE_ENVIRONMENT_ID',
  },
];
const keyId = 'admin-key-id';
const tokenVariable = 'PINGONE_API_ACCESS_TOKEN';

/** All names of admin secrets. Their values are masked first. */
const adminSecretNames = {
  inputs: [fromInputs.secret, ...assertionInputs, 'access-token'],
  variables: [...fromEnvironment.map(({ secret }) => secret), tokenVariable],
} as const;

/** Pairs of names that form an `Authorization: Basic` header. The runner does not mask the base64 of the pair. */
const adminPairs = {
  inputs: [{ id: fromInputs.id, secret: fromInputs.secret }],
  variables: fromEnvironment.map(({ id, secret }) => ({ id, secret })),
} as const;

/**
 * The admin credentials from the first source that has any: the inputs, else the environment variables. One source must
 * supply the complete set. If a part is missing, the problem names it.
 *
 * @param noneCause why the run may get no secrets, e.g. a pull request from a fork
 * @param signing the base of the token endpoint that an assertion is for, and the current time
 */
export function findAdminCredentials(
  input: Lookup,
  variable: Lookup,
  method: SecretAuthMethod | undefined,
  noneCause: string | undefined,
  signing: { readonly authUrl: string; readonly now: number },
): AdminCredentials | Problem {
  const { id, secret, environment } = fromInputs;
  const names = [id, secret, environment, ...assertionInputs, keyId].filter((name) => input(name) !== '');
  const accessToken = input('access-token');
  if (accessToken && names.length > 0) return bothGiven(names);
  if (accessToken) {
    return (
      tokenProblem('`access-token`', accessToken) ?? { kind: 'token', accessToken, source: 'the input `access-token`' }
    );
  }
  if (assertionInputs.some((name) => names.includes(name)))
    return assertionCredentials(names, input, noneCause, signing);
  if (names.includes(keyId)) return keyIdAlone;
  if (names.length > 0) return wholeSet(fromInputs, input, method, noneCause);

  const set = fromEnvironment.find(({ id, secret }) => variable(id) !== '' || variable(secret) !== '');
  if (set) return wholeSet(set, variable, method, noneCause);
  const token = variable(tokenVariable);
  if (token === '') return noneGiven(noneCause);
  const source = `the environment variable ${tokenVariable}`;
  return tokenProblem(tokenVariable, token) ?? { kind: 'token', accessToken: token, source };
}

function wholeSet(
  names: ClientSource,
  lookup: Lookup,
  method: SecretAuthMethod | undefined,
  noneCause: string | undefined,
): AdminCredentials | Problem {
  const problem = setProblem(names, lookup, noneCause);
  if (problem !== undefined) return problem;
  const [clientId, clientSecret, environmentId] = [lookup(names.id), lookup(names.secret), lookup(names.environment)];
  if (/\s/.test(clientSecret)) return containsBlanks(quotedName(names.secret));
  return { kind: 'client', clientId, clientSecret, environmentId, method, source: names.source };
}

/** The set with an assertion or a private key instead of the client secret. */
function assertionCredentials(
  given: readonly string[],
  input: Lookup,
  noneCause: string | undefined,
  { authUrl, now }: { readonly authUrl: string; readonly now: number },
): AdminCredentials | Problem {
  const only = [fromInputs.secret, ...assertionInputs].filter((name) => given.includes(name));
  const [proof = '', ...others] = input('admin-auth-method') === '' ? only : [...only, 'admin-auth-method'];
  if (others.length > 0) return severalProofs([proof, ...others]);
  if (given.includes(keyId) && proof !== 'admin-private-key') return keyIdAlone;
  const problem = setProblem({ ...fromInputs, secret: proof }, input, noneCause);
  if (problem !== undefined) return problem;
  const [clientId, environmentId] = [input(fromInputs.id), input(fromInputs.environment)];
  const addressee = { clientId, tokenEndpoint: tokenEndpoint(authUrl, environmentId) };
  const assertion = readAssertionSource(input, addressee, now);
  if ('what' in assertion) return assertion;
  const source = `the inputs \`${fromInputs.id}\`, \`${proof}\` and \`${fromInputs.environment}\``;
  return { kind: 'assertion', clientId, environmentId, assertion, source };
}

/** The problem of a set: missing parts, or a wrong ID. */
function setProblem(names: ClientSource, lookup: Lookup, noneCause: string | undefined): Problem | undefined {
  const missing = [names.id, names.secret, names.environment].filter((name) => lookup(name) === '');
  const environmentId = lookup(names.environment);
  if (missing.length === 0) {
    if (!isUuid(environmentId)) return mustBe(names.environment, environmentId, 'the UUID of the environment');
    return /\s/.test(lookup(names.id)) ? containsBlanks(quotedName(names.id)) : undefined;
  }
  const list = sentenceList(missing.map(quotedName));
  return {
    what: `the admin credentials are incomplete: ${list} ${missing.length === 1 ? 'is' : 'are'} missing`,
    cause:
      noneCause ??
      `only part of ${names.source} is set: a secret does not exist, or it belongs to a GitHub environment that the ` +
        'job does not name',
    fix: noneCause === undefined ? `set ${list} as well. ${useEnvironmentSecrets}` : useTrustedEvents,
  };
}

/** Inputs (in lower case) are quoted; environment variables are not. */
const quotedName = (name: string): string => (name === name.toLowerCase() ? `\`${name}\`` : name);

function severalProofs([first = '', ...others]: readonly string[]): Problem {
  return {
    what: `\`${first}\` cannot be combined with ${sentenceList(others.map(quotedName))}`,
    cause: 'the step sets inputs of several ways to sign in',
    fix:
      'set exactly one of `admin-client-secret`, `admin-client-assertion` and `admin-private-key`. `admin-auth-method` ' +
      'is for a client secret only',
  };
}

const keyIdAlone: Problem = {
  what: '`admin-key-id` is set, but `admin-private-key` is not',
  cause: 'the secret with the private key is not set, or another step signs the assertion and sets its `kid`',
  fix: 'set `admin-private-key` as well, or remove `admin-key-id`',
};

function bothGiven(names: readonly string[]): Problem {
  const list = sentenceList(names.map((name) => `\`${name}\``));
  return {
    what: `\`access-token\` cannot be combined with ${list}`,
    cause: 'the step sets inputs of two ways to sign in',
    fix: 'set either `access-token` or the `admin-` inputs of one application',
  };
}

const useTrustedEvents =
  'run this step on another event, such as `push`. For Dependabot, store the credentials as Dependabot secrets ' +
  '(Settings > Secrets and variables > Dependabot)';

const useEnvironmentSecrets =
  'If they are secrets of a GitHub environment, set `environment:` on the job. In a reusable workflow, pass the secrets in ' +
  'the calling job, or set `environment:` on the called job';

function noneGiven(cause: string | undefined): Problem {
  return {
    what:
      'there are no admin credentials: `admin-client-id`, `admin-client-secret` and `admin-environment-id` are empty, ' +
      'and so are the environment variables that can replace them',
    cause:
      cause ??
      'the secrets are not set, their names have a typo, or they belong to a GitHub environment that the job does not ' +
        'name',
    fix:
      cause === undefined
        ? 'set these inputs to the client ID, the client secret and the environment ID of the admin application. ' +
          useEnvironmentSecrets
        : useTrustedEvents,
  };
}
