// The action `token`.
import { explained } from './errors.ts';
import type { Runner } from './github/runner.ts';
import { createSend } from './http/send.ts';
import { readAuthUrl, readRegion } from './inputs/endpoints.ts';
import type { Problem } from './inputs/reader.ts';
import { containsBlanks, inputError, InputReader, mustBe } from './inputs/reader.ts';
import { outputFileProblems, runIdentity, whyNoSecrets } from './inputs/run.ts';
import type { InputSources } from './inputs/settings.ts';
import { regionUrls } from './pingone/addresses.ts';
import type { ClientCredentials, SecretAuthMethod, TokenGrant } from './pingone/token.ts';
import {
  explainSignIn,
  requestGrant,
  secretAuthMethods,
  secretForms,
  storedCredentials,
  tokenEndpoint,
} from './pingone/token.ts';
import type { ProcessDependencies } from './run/context.ts';
import { limitsFor, traceHeaders } from './run/context.ts';
import type { RunIdentity } from './settings.ts';
import { sentenceList } from './text.ts';

const timeoutSeconds = 60;

/**
 * The action `token`, from inputs to outputs. Never throws: a failure is explained and fails the step.
 */
export async function getToken(dependencies: ProcessDependencies, runner: Runner): Promise<void> {
  runner.setTitle('PingOne access token');
  try {
    const settings = readTokenSettings({ ...dependencies, mask: runner.mask });
    const { accessToken, tokenType, expiresAt } = await requestStored(dependencies, runner, settings);
    const expiry = timeOf(expiresAt);
    runner.info(`PingOne issued an access token${expiry && `, valid until ${expiry}`}`);
    runner.output('access-token', accessToken);
    runner.output('expires-at', expiry);
    runner.output('token-type', tokenType);
  } catch (error) {
    const failure = explained(error);
    if (failure.cause instanceof Error) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    runner.fail(failure.message);
    dependencies.abortPending();
  }
}

/** RFC 3339; empty if the time is missing or not valid. */
function timeOf(ms = NaN): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

async function requestStored(
  { transport, clock, random, interruption }: ProcessDependencies,
  runner: Runner,
  { endpoint, credentials, method, source, run }: TokenSettings,
): Promise<TokenGrant> {
  const limits = limitsFor(timeoutSeconds);
  const deadline = clock.now() + limits.totalMs;
  const out = { onWait: runner.info, onResponse: runner.debug };
  const send = createSend({ transport, clock, random, interruption, limits, deadline, ...out });
  runner.info(`Getting an access token from ${new URL(endpoint).host} by ${method}`);
  try {
    const grant = await requestGrant(send, endpoint, { ...credentials, method }, { trace: traceHeaders(run) });
    runner.mask(grant.accessToken);
    return grant;
  } catch (error) {
    throw explainSignIn(error, storedCredentials, source, endpoint);
  }
}

/** The inputs of the action `token`, parsed. */
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
 * @throws ActionError that names each wrong input
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
    if (/\s/.test(reader.text(name))) reader.problems.push(containsBlanks(`\`${name}\``));
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
    ...outputFileProblems(reader.variable('GITHUB_OUTPUT'), noTokenOutputFile, appendProblem),
  ];
  if (problems.length > 0) throw inputError(problems);
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
      cause: 'both determine the address of the token endpoint',
      fix: 'set either `token-endpoint`, or `environment-id` and `region`',
    });
  }
  if (endpoint !== undefined && !endpoint.endsWith('/as/token')) {
    reader.problems.push(mustBe('token-endpoint', endpoint, 'the address of a token endpoint, ending in `/as/token`'));
  }
  return endpoint ?? '';
}

/** If region and address are both set, they must agree: credentials must not be sent to another region. */
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
      'set these inputs to the stored credentials. If they are secrets of a GitHub environment, set `environment:` on ' +
      'the job. Secrets that an earlier job of the same run stored can only be read from a GitHub environment',
  };
}

const noTokenOutputFile: Problem = {
  what: 'there is no file for the output `access-token` (GITHUB_OUTPUT is not set)',
  cause: 'the step does not run on a GitHub runner, or on one older than 2.327.1',
  fix: 'run the step on a current runner',
};
