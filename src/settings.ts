import type { GitHubSettings } from './github/api.ts';
import type { RepositoryName, SecretTarget } from './github/names.ts';
import type { AssertionSource } from './pingone/assertion.ts';
import type { IconFile } from './pingone/images.ts';
import type { SecretAuthMethod } from './pingone/token.ts';
import type { DesiredWorker } from './reconcile/attributes.ts';
import type { DeleteOptions, Owner } from './reconcile/ownership.ts';

/** Everything that the step was asked to do. Nothing downstream reads an input or the environment again. */
export interface Settings {
  /** `absent` tears the worker down. */
  readonly state: 'present' | 'absent';
  /** Plan only: nothing is written anywhere. */
  readonly dryRun: boolean;
  readonly desired: DesiredWorker;
  /** The file that `desired.iconSha256` is the digest of. */
  readonly icon: IconFile | undefined;
  /** How long a secret stays valid after it was rotated, in milliseconds; 0 cuts it off. */
  readonly secretOverlapMs: number;
  readonly teardown: DeleteOptions;
  /** The PingOne environment: an ID, or an exact name. */
  readonly environment: { readonly id: string } | { readonly name: string };
  readonly admin: AdminCredentials;
  /** PingOne's addresses, without a slash at the end. */
  readonly apiUrl: string;
  readonly authUrl: string;
  readonly verify: boolean;
  readonly maskIds: boolean;
  readonly outputSecret: boolean;
  readonly gitHub: GitHubSettings;
  /** The PingOne environment's own host, for what is handed on; requests never go there. Undefined: it has none. */
  readonly customDomain: string | undefined;
  /** Undefined: the credentials are not stored in GitHub. */
  readonly store: StoreSettings | undefined;
  /** Undefined: no files for PingDataSync are written. */
  readonly dataSync: DataSyncSettings | undefined;
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
  | {
      readonly kind: 'assertion';
      readonly clientId: string;
      readonly environmentId: string;
      readonly assertion: AssertionSource;
      readonly source: string;
    }
  | { readonly kind: 'token'; readonly accessToken: string; readonly source: string };

/** Where the credentials are stored in GitHub. */
export interface StoreSettings {
  /** The lines of the input `store-in`; no two of them are the same target. */
  readonly targets: readonly SecretTarget[];
  /** Owner and name of the repository. */
  readonly repository: RepositoryName;
  /** What the names of the secrets begin with. */
  readonly prefix: string;
  /** Whether client ID and environment ID are kept as secrets or as variables. The secret is always a secret. */
  readonly idsAs: 'secrets' | 'variables';
  /** Whether secrets and variables that are not this worker's may be overwritten. */
  readonly overwrite: boolean;
  /** Whether a GitHub environment that does not exist is created. */
  readonly createEnvironments: boolean;
}

/** Where the files for PingDataSync are written. */
export interface DataSyncSettings {
  /** GITHUB_WORKSPACE, which the folder may not lead out of. */
  readonly workspace: string;
  /** The folder: an absolute path inside the workspace. */
  readonly directory: string;
  /** What the names in the files begin with, e.g. `PING_ONE_`. */
  readonly prefix: string;
  /** Whether the file with the secret stays after the job. */
  readonly keep: boolean;
}

/** Which workflow run this is. */
export interface RunIdentity {
  /** Undefined if the runner does not name the repository's id: then there is no record. */
  readonly owner: Owner | undefined;
  /** The address of GitHub's website: github.com's, or that of a GitHub Enterprise Server. */
  readonly server: string;
  readonly repository: string;
  readonly runId: string;
  readonly runAttempt: string;
  /** The ID of the job. */
  readonly job: string;
}

/** Whether credentials will be handed on: neither a dry run nor a teardown has any. */
export function delivers({ state, dryRun }: Pick<Settings, 'state' | 'dryRun'>): boolean {
  return state === 'present' && !dryRun;
}
