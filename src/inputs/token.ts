import { regionUrls, secretAuthMethods, secretForms, tokenEndpoint } from '../pingone/token.ts';
import type { ClientCredentials, SecretAuthMethod } from '../pingone/token.ts';
import type { RunIdentity } from '../settings.ts';
import { sentenceList } from '../text.ts';
import { readAuthUrl, readRegion } from './endpoints.ts';
import { holdsBlanks, InputReader, mustBe, refusal } from './reader.ts';
import type { Problem } from './reader.ts';
import { outputFileProblems, runIdentity, whyNoSecrets } from './run.ts';
import type { InputSources } from './settings.ts';

/** What the action `token` was asked to do. */
export interface TokenSettings {
  readonly endpoint: string;
  readonly credentials: ClientCredentials;
  readonly method: SecretAuthMethod;
  /** The inputs that the credentials come from, for messages. */
  readonly source: string;
  readonly run: RunIdentity;
}

/**
 * The inputs of the action `token`. The secret is masked first.
 *
 * @throws ActionError naming each input that is wrong
 */
export function readTokenSettings({
  env,
  event,
  appendProblem,
  mask,
}: Pick<InputSources, 'env' | 'event' | 'appendProblem' | 'mask'>): TokenSettings {
  const reader = new InputReader(env);
  const credentials = { clientId: reader.text('client-id'), clientSecret: reader.text('client-secret') };
  if (credentials.clientSecret !== '') secretForms(credentials).forEach(mask);

  const inputs = ['client-id', 'client-secret', reader.text('token-endpoint') ? 'token-endpoint' : 'environment-id'];
  const quoted = (names: readonly string[]): string => sentenceList(names.map((name) => `\`${name}\``));
  const missing = inputs.filter((name) => reader.text(name) === '');
  if (missing.length > 0) reader.problems.push(empty(quoted(missing), whyNoSecrets(reader.variable, event)));
  for (const name of ['client-id', 'client-secret']) {
    if (/\s/.test(reader.text(name))) reader.problems.push(holdsBlanks(`\`${name}\``));
  }
  const settings = {
    endpoint: readEndpoint(reader),
    credentials,
    method: reader.choice('token-endpoint-auth-method', secretAuthMethods) ?? 'CLIENT_SECRET_POST',
    source: `the inputs ${quoted(inputs)}`,
    run: runIdentity(reader.variable),
  };
  const problems = [
    ...reader.problems,
    ...outputFileProblems(reader.variable('GITHUB_OUTPUT'), noOutputFile, appendProblem),
  ];
  if (problems.length > 0) throw refusal(problems);
  return settings;
}

function readEndpoint(reader: InputReader): string {
  const endpoint = reader.url('token-endpoint');
  if (reader.text('token-endpoint') === '') {
    return tokenEndpoint(readBase(reader), reader.uuid('environment-id') ?? '');
  }
  const others = ['environment-id', 'region', 'auth-url'].filter((name) => reader.text(name) !== '');
  if (others.length > 0) {
    reader.problems.push({
      what: `\`token-endpoint\` cannot be combined with ${sentenceList(others.map((name) => `\`${name}\``))}`,
      cause: 'both say where the token comes from',
      fix: 'set either `token-endpoint`, or `environment-id` with `region`',
    });
  }
  if (endpoint !== undefined && !endpoint.endsWith('/as/token')) {
    reader.problems.push(mustBe('token-endpoint', endpoint, 'the address of a token endpoint, ending in `/as/token`'));
  }
  return endpoint ?? '';
}

/** A region beside an address is still held against it: credentials must not go to another region. */
function readBase(reader: InputReader): string {
  const authUrl = readAuthUrl(reader);
  if (authUrl !== undefined && reader.text('region') === '') return authUrl;
  const suffix = readRegion(reader, { apiUrl: undefined, authUrl });
  return authUrl ?? regionUrls(suffix).authUrl;
}

function empty(names: string, noSecrets: string | undefined): Problem {
  return {
    what: `${names} must not be empty`,
    cause:
      noSecrets ??
      'the secrets are not set, their names have a typo, or they belong to a GitHub environment that the job does not name',
    fix:
      'pass the stored credentials. If they are secrets of a GitHub environment, set `environment:` on the job: only ' +
      'there can a job read what an earlier job of the same run stored',
  };
}

const noOutputFile: Problem = {
  what: 'there is no file for outputs (GITHUB_OUTPUT is not set), and the token must not be printed',
  cause: 'the step does not run on a GitHub runner, or on one older than 2.327.1',
  fix: 'run the step on a current runner',
};
