import type { Application } from '../pingone/applications.ts';
import { clientIdOf } from '../pingone/applications.ts';
import { deliveredAddresses } from '../pingone/delivered.ts';
import type { Environment } from '../pingone/environments.ts';
import type { Change, Result } from '../worker/changes.ts';
import { reportedChanges } from '../worker/changes.ts';
import type { HeldRole } from '../worker/roles.ts';
import type { NamedEntry } from './forget.ts';
import type { HandedOver } from './hand-over.ts';
import type { Session } from './session.ts';

/** How the step ended, whichever way it went. */
export interface Outcome {
  /** Undefined where the environment is gone. */
  readonly environment: Environment | undefined;
  /** Undefined where there is none. */
  readonly application: Application | undefined;
  readonly result: Result;
  /** What was changed, or would be. */
  readonly plan: readonly Change[];
  /** Undefined where no credentials were handed over: in a dry run, and for a worker that is torn down. */
  readonly handedOver?: HandedOver;
  /** How old the secret is and when it will be rotated, if that depends on its age. */
  readonly secretAge?: string | undefined;
  /** The secrets in GitHub that were deleted, or would be. */
  readonly deleted?: readonly NamedEntry[];
  /** The roles that the worker holds. */
  readonly roles?: readonly HeldRole[];
}

/** The step's outputs by name, in the order in which they are set. */
export function outputsOf({ settings }: Session, outcome: Outcome): Record<string, string> {
  const { environment, application, plan, result } = outcome;
  const addresses = environment && deliveredAddresses(settings, environment.id);
  const isPresent = application !== undefined && (settings.dryRun || result !== 'deleted');
  return {
    ...(isPresent ? { 'client-id': clientIdOf(application) } : {}),
    ...secretOutputs(settings.outputSecret, outcome.handedOver),
    ...(environment ? { 'environment-id': environment.id } : {}),
    ...(isPresent ? { 'application-id': application.id } : {}),
    result,
    changed: String(plan.length > 0),
    changes: withoutIds(JSON.stringify(reportedChanges(plan)), outcome),
    'api-url': settings.apiUrl,
    'auth-url': addresses?.authUrl ?? settings.authUrl,
    ...(addresses ? { 'token-endpoint': addresses.tokenEndpoint } : {}),
    stored: JSON.stringify(outcome.handedOver?.stored ?? []),
    'datasync-files': JSON.stringify(outcome.handedOver?.dataSyncFiles ?? []),
  };
}

/**
 * The output `changes` may cross jobs, so it must not hold what is masked: the runner would drop it. A description or a
 * redirect URI may name an id.
 */
function withoutIds(json: string, { environment, application, handedOver }: Outcome): string {
  const masked = [environment?.id, application && clientIdOf(application), handedOver?.credentials?.clientSecret];
  return masked.reduce<string>(
    (text, value) => (value === undefined ? text : text.replaceAll(JSON.stringify(value).slice(1, -1), '***')),
    json,
  );
}

function secretOutputs(outputSecret: boolean, handedOver: HandedOver | undefined): Record<string, string> {
  const { credentials, rotated = false } = handedOver ?? {};
  return {
    ...(outputSecret && credentials ? { 'client-secret': credentials.clientSecret } : {}),
    'credentials-version': credentials?.version ?? '',
    'secret-rotated': String(rotated),
    'previous-secret-expires-at': credentials?.previousExpiresAt ?? '',
    'previous-secret-last-used': credentials?.previousLastUsed ?? '',
  };
}
