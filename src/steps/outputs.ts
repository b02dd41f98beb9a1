import type { Session } from './session.ts';
import { deliveredAddresses } from '../pingone/delivered.ts';
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
  /** Paths of the files for PingDataSync; none where nobody asked for them. */
  readonly dataSyncFiles: readonly string[];
}

/** The step's outputs by name, in the order in which they are set. */
export function outputsOf(
  { settings }: Session,
  { worker, credentials, stored, dataSyncFiles }: Delivery,
): Record<string, string> {
  const addresses = deliveredAddresses(settings, credentials.environmentId);
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
    'auth-url': addresses.authUrl,
    'token-endpoint': addresses.tokenEndpoint,
    stored: JSON.stringify(stored),
    'datasync-files': JSON.stringify(dataSyncFiles),
  };
}
