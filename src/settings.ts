import type { GitHubSettings } from './github/api.ts';
import type { RepositoryName, SecretTarget } from './github/names.ts';
import type { AssertionSource } from './pingone/assertion.ts';
import type { SecretAuthMethod } from './pingone/token.ts';
import type { DesiredWorker } from './reconcile/attributes.ts';
import type { DeleteOptions, Owner } from './reconcile/ownership.ts';

/** All inputs, parsed. The rest of the action reads neither inputs nor environment variables. */
export interface Settings {
  /** `absent` deletes the worker. */
  readonly state: 'present' | 'absent';
  /** True: plan only, write nothing. */
  readonly dryRun: boolean;
  readonly desired: DesiredWorker;
  /** How long the previous secret stays valid after a rotation, in milliseconds; 0 revokes it. */
  readonly secretOverlapMs: number;
  readonly teardown: DeleteOptions;
  /** The PingOne environment: an ID, or an exact name. */
  readonly environment: { readonly id: string } | { readonly name: string };
  readonly admin: AdminCredentials;
  /** PingOne's addresses, without a trailing slash. */
  readonly apiUrl: string;
  readonly authUrl: string;
  readonly verify: boolean;
  readonly maskIds: boolean;
  readonly outputSecret: boolean;
  readonly gitHub: GitHubSettings;
  /** The environment's custom domain, for the delivered addresses only. Undefined: it has none. */
  readonly customDomain: string | undefined;
  /** Undefined: the credentials are not stored in GitHub. */
  readonly store: StoreSettings | undefined;
  /** Undefined: no files for PingDataSync are written. */
  readonly dataSync: DataSyncSettings | undefined;
  /** For the whole step, in seconds. */
  readonly timeoutSeconds: number;
  readonly run: RunIdentity;
}

/** How the step signs in to PingOne. `source` names the inputs or variables that the credentials come from. */
export type AdminCredentials =
  | {
      readonly kind: 'client';
      readonly clientId: string;
      readonly clientSecret: string;
      /** The environment that the admin application belongs to. */
      readonly environmentId: string;
      /** Undefined: detected. */
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
  readonly repository: RepositoryName;
  /** The prefix of the names of the secrets. */
  readonly prefix: string;
  /** Whether client ID and environment ID are stored as secrets or as variables. The client secret is always a secret. */
  readonly idsAs: 'secrets' | 'variables';
  /** Whether secrets and variables that are not this worker's may be overwritten. */
  readonly overwrite: boolean;
  /** Whether a GitHub environment that does not exist is created. */
  readonly createEnvironments: boolean;
}

/** Where the files for PingDataSync are written. */
export interface DataSyncSettings {
  /** GITHUB_WORKSPACE, which must contain the folder. */
  readonly workspace: string;
  /** The folder: an absolute path inside the workspace. */
  readonly directory: string;
  /** The prefix of the names in the files, e.g. `PING_ONE_`. */
  readonly prefix: string;
  /** Whether to keep the file with the secret after the job. */
  readonly keep: boolean;
}

/** The workflow run. */
export interface RunIdentity {
  /** Undefined if the runner does not provide the repository's ID: then there is no record. */
  readonly owner: Owner | undefined;
  /** The address of GitHub's website: github.com or a GitHub Enterprise Server. */
  readonly server: string;
  readonly repository: string;
  readonly runId: string;
  readonly runAttempt: string;
  /** The ID of the job. */
  readonly job: string;
}

/** Whether the run delivers credentials: not in a dry run or a teardown. */
export function delivers({ state, dryRun }: Pick<Settings, 'state' | 'dryRun'>): boolean {
  return state === 'present' && !dryRun;
}
