// The admin credentials: which set is used, and that every value is masked first.
import { withLineBreaks } from '../pingone/assertion.ts';
import type { SecretAuthMethod } from '../pingone/token.ts';
import { formEncode, secretForms, tokenEndpoint } from '../pingone/token.ts';
import type { AdminCredentials } from '../settings.ts';
import { isUuid, sentenceList } from '../text.ts';
import { assertionInputs, readAssertionSource } from './assertion.ts';
import type { InputReader, Problem } from './reader.ts';
import { holdsBlanks, mustBe, tokenProblem } from './reader.ts';

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The IDs in `application-id` and `environment`, unless `mask-ids` is `false`. */
export function maskGivenIds(reader: InputReader, mask: (value: string) => void): void {
  if (reader.text('mask-ids').toLowerCase() === 'false') return;
  const ids = ['application-id', 'environment'].flatMap((input) => reader.text(input).match(uuid) ?? []);
  for (const id of ids) [id, id.toLowerCase()].forEach(mask);
}

/** Every credential that arrives, in each form in which the step sends it or an error might show it. */
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

/** Looks up a value by the name of an input or of an environment variable: empty means not given. */
export type Lookup = (name: string) => string;

/** A set of names under which a client ID, its secret and its environment ID may be found. */
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

// The names of the Terraform provider, of the newer SDK, and of the Ping CLI since 1.0.
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

/** Every name under which a secret of the admin may arrive: all of them are masked before anything else is done. */
export const adminSecretNames = {
  inputs: [fromInputs.secret, ...assertionInputs, 'access-token'],
  variables: [...fromEnvironment.map(({ secret }) => secret), tokenVariable],
} as const;

/** Pairs of names that together make an `Authorization: Basic` header, whose base64 the runner does not mask itself. */
export const adminPairs = {
  inputs: [{ id: fromInputs.id, secret: fromInputs.secret }],
  variables: fromEnvironment.map(({ id, secret }) => ({ id, secret })),
} as const;

/**
 * The admin credentials from the first source that holds any: the inputs, else the environment. One source supplies
 * the whole set; half a set is a problem that names what is missing, never filled up from somewhere else.
 *
 * @param noneCause why there may be no credentials at all, e.g. a pull request from a fork
 * @param signing the base of the token endpoint that an assertion is for, and the present time
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
  if (/\s/.test(clientSecret)) return holdsBlanks(quotedName(names.secret));
  return { kind: 'client', clientId, clientSecret, environmentId, method, source: names.source };
}

/** The set with an assertion, or with a key to sign one, in place of the client secret. */
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

/** What is missing from a set, or wrong with its two IDs. */
function setProblem(names: ClientSource, lookup: Lookup, noneCause: string | undefined): Problem | undefined {
  const missing = [names.id, names.secret, names.environment].filter((name) => lookup(name) === '');
  const environmentId = lookup(names.environment);
  if (missing.length === 0) {
    if (!isUuid(environmentId)) return mustBe(names.environment, environmentId, 'the UUID of the environment');
    return /\s/.test(lookup(names.id)) ? holdsBlanks(quotedName(names.id)) : undefined;
  }
  const list = sentenceList(missing.map(quotedName));
  return {
    what: `the admin credentials are incomplete: ${list} ${missing.length === 1 ? 'is' : 'are'} missing`,
    cause:
      noneCause ??
      `the step got only part of ${names.source}: a secret is not set, or it belongs to a GitHub environment that the ` +
        'job does not name',
    fix:
      noneCause === undefined
        ? `set ${list} as well: one source must supply the whole set. ${whereEnvironmentSecretsAre}`
        : whereSecretsAre,
  };
}

/** Inputs are in lower case and stand in backquotes; environment variables do not. */
const quotedName = (name: string): string => (name === name.toLowerCase() ? `\`${name}\`` : name);

function severalProofs([first = '', ...others]: readonly string[]): Problem {
  return {
    what: `\`${first}\` cannot be combined with ${sentenceList(others.map(quotedName))}`,
    cause: 'the step has several ways to sign in',
    fix:
      'set exactly one of `admin-client-secret`, `admin-client-assertion` and `admin-private-key`; `admin-auth-method` ' +
      'is for a client secret only',
  };
}

const keyIdAlone: Problem = {
  what: '`admin-key-id` is given without `admin-private-key`',
  cause: 'the private key is missing, or somebody else signs the assertion and has set its `kid` already',
  fix: 'set `admin-private-key` as well, or remove `admin-key-id`',
};

function bothGiven(names: readonly string[]): Problem {
  const list = sentenceList(names.map((name) => `\`${name}\``));
  return {
    what: `\`access-token\` cannot be combined with ${list}`,
    cause: 'the step has two ways to sign in',
    fix: 'set either `access-token` or the `admin-` inputs of one application',
  };
}

const whereSecretsAre =
  'run this step on events of the repository itself, e.g. `push`; Dependabot reads its own secrets ' +
  '(Settings > Secrets and variables > Dependabot)';

const whereEnvironmentSecretsAre =
  'If they are secrets of a GitHub environment, set `environment:` on the job. In a reusable workflow, set ' +
  '`secrets: inherit` in the calling job';

function noneGiven(cause: string | undefined): Problem {
  return {
    what:
      'there are no admin credentials: `admin-client-id`, `admin-client-secret` and `admin-environment-id` are empty, ' +
      'and so are the environment variables that can replace them',
    cause:
      cause ??
      'the secrets are not set, their names have a typo, or they belong to a GitHub environment that the job does not ' +
        'name; in a reusable workflow, the calling job does not pass them',
    fix:
      cause === undefined
        ? 'pass the client ID, the client secret and the environment ID of a PingOne worker that can manage applications. ' +
          whereEnvironmentSecretsAre
        : whereSecretsAre,
  };
}
