import type { SecretAuthMethod } from './pingone/token.ts';
import type { DesiredWorker } from './worker/desired.ts';
import type { Owner } from './worker/record.ts';

/** Everything that the step was asked to do. Nothing downstream reads an input or the environment again. */
export interface Settings {
  readonly desired: DesiredWorker;
  /** The PingOne environment: an id, or an exact name. */
  readonly environment: { readonly id: string } | { readonly name: string };
  readonly admin: AdminCredentials;
  /** PingOne's addresses, without a slash at the end. */
  readonly apiUrl: string;
  readonly authUrl: string;
  readonly verify: boolean;
  readonly maskIds: boolean;
  readonly outputSecret: boolean;
  /** Undefined: the credentials are not stored in GitHub. */
  readonly store: StoreSettings | undefined;
  /** For the whole step, in seconds. */
  readonly timeoutSeconds: number;
  readonly run: RunIdentity;
}

/** What the step signs in to PingOne with. `source` says for the log where it was found. */
export type AdminCredentials =
  | {
      readonly kind: 'client';
      readonly clientId: string;
      readonly clientSecret: string;
      /** The environment that the admin credentials' own application lives in. */
      readonly environmentId: string;
      /** Undefined: found out by trying. */
      readonly method: SecretAuthMethod | undefined;
      readonly source: string;
    }
  | { readonly kind: 'token'; readonly accessToken: string; readonly source: string };

/** Where the credentials are stored in GitHub, and with what right. */
export interface StoreSettings {
  readonly targets: readonly StoreTarget[];
  readonly token: string;
  /** GitHub's REST API, without a slash at the end. */
  readonly apiUrl: string;
  /** Owner and name of the repository. */
  readonly repository: { readonly owner: string; readonly repo: string };
  /** What the names of the secrets begin with. */
  readonly prefix: string;
  /** Whether secrets that are not this worker's may be overwritten. */
  readonly overwrite: boolean;
}

/** One line of the input `store-in`. */
export interface StoreTarget {
  readonly kind: 'repository';
}

/** Which workflow run this is. */
export interface RunIdentity {
  /** Undefined where the runner does not name the repository's id: then there is no record. */
  readonly owner: Owner | undefined;
  readonly repository: string;
  readonly runId: string;
  readonly runAttempt: string;
}
