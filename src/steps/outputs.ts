import type { Session } from './session.ts';
import { tokenEndpoint } from '../pingone/token.ts';
import { reportedChanges } from '../worker/changes.ts';
import type { WorkerCredentials } from './credentials.ts';
import type { StoredReport } from './deliver.ts';
import type { EnsuredWorker } from './ensure.ts';

/** All that is known once everything is proven and stored. */
export interface Delivery {
  readonly worker: EnsuredWorker;
  /** Undefined where nobody asked for the secret, so that it was not read. */
  readonly credentials: WorkerCredentials;
  readonly stored: readonly StoredReport[];
}

/** The step's outputs by name, in the order in which they are set. */
export function outputsOf({ settings }: Session, { worker, credentials, stored }: Delivery): Record<string, string> {
  return {
    'client-id': credentials.clientId,
    ...(settings.outputSecret ? { 'client-secret': credentials.clientSecret } : {}),
    'environment-id': credentials.environmentId,
    'application-id': worker.application.id,
    result: worker.result,
    changed: String(worker.plan.length > 0),
    changes: JSON.stringify(reportedChanges(worker.plan)),
    'credentials-version': credentials.version,
    'api-url': settings.apiUrl,
    'auth-url': settings.authUrl,
    'token-endpoint': tokenEndpoint(settings.authUrl, credentials.environmentId),
    stored: JSON.stringify(stored),
  };
}
