import type { SecretAuthMethod } from '../pingone/token.ts';
import type { RoleLine } from './roles.ts';

/** What the inputs ask of the worker. */
export interface DesiredWorker {
  readonly name: string;
  /** Undefined: leave as it is. */
  readonly description: string | undefined;
  readonly enabled: boolean | 'keep';
  readonly tokenEndpointAuthMethod: SecretAuthMethod | 'keep';
  readonly roles: DesiredRoles;
}

/**
 * The roles that the worker should hold.
 * - `default`: `Identity Data Admin` on the environment, where the worker is new or holds no role at all
 * - `listed`: each of these, on any worker
 * - `keep`, `none`: nothing is granted
 */
export type DesiredRoles =
  { readonly kind: 'default' | 'keep' | 'none' } | { readonly kind: 'listed'; readonly lines: readonly RoleLine[] };
