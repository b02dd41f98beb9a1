import { ActionError } from '../errors.ts';
import { formatTarget } from '../github/names.ts';
import { isExpired, signAssertion, toleranceSeconds } from '../pingone/assertion.ts';
import { OAuthError } from '../pingone/errors.ts';
import type { ClientAuthentication, SecretAuthMethod, SignInKind } from '../pingone/token.ts';
import {
  adminAssertion,
  adminSecret,
  bearerToken,
  explainSignIn,
  fixedToken,
  requestGrant,
  tokenEndpoint,
} from '../pingone/token.ts';
import type { AdminCredentials } from '../settings.ts';
import { delivers } from '../settings.ts';
import { inline, sentenceList } from '../text.ts';
import type { Connection, RunContext } from './context.ts';
import { shownName } from './context.ts';

/** Logs the settings in a group. */
export function logSettings({ runner, settings }: RunContext): void {
  const { environment, store, dataSync } = settings;
  runner.section('Settings');
  const lines = [
    `Worker: ${shownName(settings)}, ${settings.state}${settings.dryRun ? ', dry run' : ''}`,
    `PingOne environment: ${'id' in environment ? 'by its ID' : inline(environment.name, 100)}`,
    `PingOne API: ${settings.apiUrl}; sign-in: ${settings.authUrl}`,
    `Stored in: ${store ? sentenceList(store.targets.map((target) => inline(formatTarget(target), 100))) : 'nowhere'}`,
    `Files for PingDataSync: ${dataSync ? inline(dataSync.directory, 200) : 'none'}`,
    `Time limit: ${settings.timeoutSeconds} s`,
  ];
  lines.forEach(runner.info);
  runner.section(undefined);
  if (delivers(settings) && !settings.outputSecret && !store && !dataSync) {
    runner.notice(
      'This run neither exposes nor stores the client secret: `output-secret` is `false`, and `store-in` and ' +
        '`datasync-dir` are empty. If a later job needs the secret, set `store-in`.',
    );
  }
}

/**
 * Signs in with the admin credentials, or uses the token in `access-token`.
 *
 * @throws ActionError if PingOne refuses them
 */
export async function connect(run: RunContext): Promise<Connection> {
  const { admin } = run.settings;
  run.runner.info(`Signing in with ${admin.source}`);
  if (admin.kind === 'token') {
    return { tokens: fixedToken(admin.accessToken), adminClientId: clientIdInToken(admin.accessToken) };
  }
  const [first, signIn] =
    admin.kind === 'client' ? await signInBySecret(run, admin) : await signInByAssertion(run, admin);
  let token = first;
  return {
    adminClientId: admin.clientId,
    tokens: {
      current: () => Promise.resolve(token),
      renew: async () => {
        run.runner.info('Signing in again to get a new access token');
        token = await signIn();
        return token;
      },
    },
  };
}

type AdminClient = Extract<AdminCredentials, { kind: 'client' }>;
type AdminSigner = Extract<AdminCredentials, { kind: 'assertion' }>;

/** The first token, and the function that gets the next one. */
type SignedIn = readonly [token: string, signIn: () => Promise<string>];

/** Tries Basic, PingOne's default for workers, then Post, unless the method is set. */
async function signInBySecret(run: RunContext, admin: AdminClient): Promise<SignedIn> {
  const by = (method: SecretAuthMethod) => () => explainedToken(run, admin, adminSecret, { ...admin, method });
  const signIn = by(admin.method ?? 'CLIENT_SECRET_BASIC');
  try {
    return [await signIn(), signIn];
  } catch (error) {
    const refused = error instanceof ActionError ? error.cause : undefined;
    const tryOther = admin.method === undefined && refused instanceof OAuthError && refused.isUnsupportedMethod;
    if (!tryOther) throw error;
  }
  const signInByPost = by('CLIENT_SECRET_POST');
  return [await signInByPost(), signInByPost];
}

async function signInByAssertion(run: RunContext, admin: AdminSigner): Promise<SignedIn> {
  const assertion = (): string => assertionFor(run, admin);
  const signIn = async (): Promise<string> => {
    try {
      return await explainedToken(run, admin, adminAssertion, { assertion });
    } catch (error) {
      throw mayHaveExpired(run, admin, error) ? assertionExpired(admin, error) : error;
    }
  };
  return [await signIn(), signIn];
}

/** The assertion for one request: a new one, or the one in `admin-client-assertion`. */
function assertionFor({ runner, clock, settings }: RunContext, admin: AdminSigner): string {
  const { assertion: source, clientId, environmentId } = admin;
  if (source.kind === 'given') {
    if (isExpired(source.expires, clock.now())) throw assertionExpired(admin);
    return source.assertion;
  }
  const addressee = { clientId, tokenEndpoint: tokenEndpoint(settings.authUrl, environmentId) };
  const assertion = signAssertion(source, addressee, clock.now());
  runner.mask(assertion);
  return assertion;
}

/** Whether PingOne refuses an assertion that is expired within the tolerated clock skew. */
function mayHaveExpired({ clock }: RunContext, { assertion }: AdminSigner, error: unknown): boolean {
  if (assertion.kind !== 'given' || !(error instanceof ActionError)) return false;
  const isRefused = error.cause instanceof OAuthError && error.cause.error === 'invalid_client';
  return isRefused && isExpired(assertion.expires, clock.now() + 2 * toleranceSeconds * 1000);
}

function assertionExpired({ assertion }: AdminSigner, cause?: unknown): ActionError {
  const at = assertion.kind === 'given' ? ` at ${new Date(assertion.expires * 1000).toISOString()}` : '';
  return new ActionError(
    {
      what: `\`admin-client-assertion\` expired during the run${at}, so the step cannot sign in with it again.`,
      cause: 'the run took longer than the lifetime of the assertion, or the clock of the runner is wrong.',
      fix: 'create the assertion right before this step, with a lifetime of up to one hour. Then run the workflow again.',
    },
    { cause },
  );
}

async function explainedToken(
  { settings, send, runner, trace }: RunContext,
  { environmentId, source }: AdminClient | AdminSigner,
  kind: SignInKind,
  authentication: ClientAuthentication,
): Promise<string> {
  const endpoint = tokenEndpoint(settings.authUrl, environmentId);
  try {
    const accessToken = bearerToken(await requestGrant(send, endpoint, authentication, { trace }));
    runner.mask(accessToken);
    return accessToken;
  } catch (error) {
    throw explainSignIn(error, kind, source, endpoint);
  }
}

/** The claim `client_id` of an access token, if it is a JWT with one. It is only used for comparison. */
function clientIdInToken(accessToken: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const clientId = (claims as Record<string, unknown> | null)?.['client_id'];
    return typeof clientId === 'string' ? clientId : undefined;
  } catch {
    return undefined;
  }
}
