/** What PingOne holds: one organization with its environments and everything in them. */
import type { JsonObject } from '../json.ts';
import { Table } from '../table.ts';

export type ScopeType = 'ORGANIZATION' | 'ENVIRONMENT' | 'POPULATION' | 'APPLICATION';

export interface Scope {
  readonly type: ScopeType;
  readonly id: string;
}

export interface RoleAssignment {
  readonly id: string;
  readonly roleId: string;
  readonly scope: Scope;
}

export interface PreviousSecret {
  readonly secret: string;
  readonly expiresAt: number;
  lastUsed?: number;
}

export interface Application {
  readonly id: string;
  readonly environmentId: string;
  /** As PingOne returns it, without `_links`. */
  fields: JsonObject;
  /** Only OpenID Connect applications have one. */
  secret?: string;
  previous?: PreviousSecret;
  roleAssignments: RoleAssignment[];
  metadata?: JsonObject;
}

export interface Environment {
  readonly id: string;
  /** As PingOne returns it, without `_links`. */
  fields: JsonObject;
}

export interface Population {
  readonly id: string;
  readonly environmentId: string;
  readonly fields: JsonObject;
}

export interface Image {
  readonly id: string;
  readonly environmentId: string;
  readonly byteLength: number;
  readonly fields: JsonObject;
}

export interface PingOneState {
  readonly organizationId: string;
  readonly environments: Table<Environment>;
  readonly applications: Table<Application>;
  readonly populations: Table<Population>;
  readonly images: Table<Image>;
}

export const createState = (organizationId: string): PingOneState => ({
  organizationId,
  environments: new Table(),
  applications: new Table(),
  populations: new Table(),
  images: new Table(),
});
