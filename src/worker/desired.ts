import type { SecretAuthMethod } from '../pingone/token.ts';
import type { RoleLine } from './roles.ts';

/** What the inputs ask of the worker. Undefined: leave as it is. */
export interface DesiredWorker {
  /** Undefined where `application-id` says which application it is, and its name is to stay. */
  readonly name: string | undefined;
  /** Undefined: the application is looked up by its name. */
  readonly applicationId: string | undefined;
  readonly description: string | undefined;
  /** SHA-256 of the icon's file, in hex. */
  readonly iconSha256: string | undefined;
  readonly enabled: boolean | 'keep';
  readonly tokenEndpointAuthMethod: SecretAuthMethod | 'keep';
  /** Makes the worker interactive beside its grant of client credentials. */
  readonly redirectUris: readonly string[] | undefined;
  /** What is to be emptied. */
  readonly clear: ReadonlySet<Clearable>;
  readonly roles: DesiredRoles;
  readonly rotateSecret: DesiredRotation;
}

/** Whether the secret is rotated: `true` in any case, or only if it is older than this. */
export type DesiredRotation = boolean | { readonly olderThanMs: number };

/** The inputs whose value can be taken away again. */
export type Clearable = 'description' | 'icon' | 'redirect-uris';

/**
 * The roles that the worker should hold.
 * - `default`: `Identity Data Admin` on the environment, where the worker is new or holds no role at all
 * - `listed`: each of these, on any worker
 * - `keep`, `none`: nothing is granted
 */
export type DesiredRoles =
  { readonly kind: 'default' | 'keep' | 'none' } | { readonly kind: 'listed'; readonly lines: readonly RoleLine[] };
