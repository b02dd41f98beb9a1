import type { SecretAuthMethod } from '../pingone/token.ts';
import type { AdminCredentials } from '../settings.ts';
import { isUuid, sentenceList } from '../text.ts';
import type { Problem } from './problems.ts';
import { holdsBlanks, mustBe, tokenProblem } from './problems.ts';

/** Looks up a value by the name of an input or of an environment variable: empty means not given. */
export type Lookup = (name: string) => string;

/** A set of names under which a client id, its secret and its environment id may be found. */
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
const tokenVariable = 'PINGONE_API_ACCESS_TOKEN';

/** Every name under which a secret of the admin may arrive: all of them are masked before anything else is done. */
export const adminSecretNames = {
  inputs: [fromInputs.secret, 'access-token'],
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
 */
export function findAdminCredentials(
  input: Lookup,
  variable: Lookup,
  method: SecretAuthMethod | undefined,
  noneCause: string | undefined,
): AdminCredentials | Problem {
  const names = [fromInputs.id, fromInputs.secret, fromInputs.environment].filter((name) => input(name) !== '');
  const accessToken = input('access-token');
  if (accessToken && names.length > 0) return bothGiven(names);
  if (accessToken) {
    return (
      tokenProblem('`access-token`', accessToken) ?? { kind: 'token', accessToken, source: 'the input `access-token`' }
    );
  }
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
  const [clientId, clientSecret, environmentId] = [lookup(names.id), lookup(names.secret), lookup(names.environment)];
  const shown = (name: string): string => (names === fromInputs ? `\`${name}\`` : name);
  const missing = [names.id, names.secret, names.environment].filter((name) => lookup(name) === '');
  if (missing.length === 0) {
    if (!isUuid(environmentId)) return mustBe(names.environment, environmentId, 'the UUID of the environment');
    const broken = [names.id, names.secret].find((name) => /\s/.test(lookup(name)));
    if (broken !== undefined) return holdsBlanks(shown(broken));
    return { kind: 'client', clientId, clientSecret, environmentId, method, source: names.source };
  }
  const list = sentenceList(missing.map(shown));
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

function bothGiven(names: readonly string[]): Problem {
  const list = sentenceList(names.map((name) => `\`${name}\``));
  return {
    what: `\`access-token\` cannot be combined with ${list}`,
    cause: 'the step has two ways to sign in',
    fix: 'set either `access-token` or `admin-client-id`, `admin-client-secret` and `admin-environment-id`',
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
