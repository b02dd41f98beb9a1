/**
 * What PingOne adds to an application that did not send it, and what a replacement keeps.
 * Sources: PingOne API docs, Applications (data model, "PUT replaces the whole resource"); default values as seen in the
 * vendor's example responses and in the Terraform provider's acceptance tests.
 */
import type { JsonObject } from '../json.ts';
import { isObject, without, withoutNulls } from '../json.ts';
import { seededId } from '../seed.ts';

/** Given by the service; ignored when sent. `assignActorRoles` counts on creation only. */
const READ_ONLY = [
  '_links',
  '_embedded',
  'id',
  'environment',
  'createdAt',
  'updatedAt',
  'clientId',
  'assignActorRoles',
];

/** The fields that a replacement never changes. */
const KEPT = ['id', 'environment', 'createdAt', 'clientId', 'assignActorRoles'];

const OIDC_DEFAULTS: JsonObject = {
  pkceEnforcement: 'OPTIONAL',
  parRequirement: 'OPTIONAL',
  parTimeout: 60,
  deviceTimeout: 600,
  devicePollingInterval: 5,
  idpSignoff: false,
  requestScopesForMultipleResourcesEnabled: false,
  additionalRefreshTokenReplayProtectionEnabled: true,
};

export const isOidc = (fields: JsonObject): boolean => fields['protocol'] === 'OPENID_CONNECT';

export const isBuiltIn = (fields: JsonObject): boolean => String(fields['type']).startsWith('PING_ONE_');

/** PingOne always restricts a worker to administrators. */
function accessControl(sent: JsonObject): JsonObject {
  if (sent['type'] !== 'WORKER') return {};
  const given = isObject(sent['accessControl']) ? sent['accessControl'] : {};
  return { accessControl: { role: { type: 'ADMIN_USERS_ONLY' }, ...given } };
}

/** Without `signing`, an application signs with the environment's default key rotation policy. */
function signing(environmentId: string): JsonObject {
  return { signing: { keyRotationPolicy: { id: seededId(`default key rotation policy ${environmentId}`) } } };
}

/** The sent fields with the defaults for those left out; null counts as left out. Unknown fields are kept. */
export function withDefaults(sent: JsonObject, environmentId: string): JsonObject {
  const fields = withoutNulls(without(sent, READ_ONLY));
  const oidc = isOidc(fields) && !isBuiltIn(fields) ? { ...OIDC_DEFAULTS, ...signing(environmentId) } : {};
  return { enabled: false, hiddenFromAppPortal: false, ...oidc, ...fields, ...accessControl(fields) };
}

/** The fields after a PUT: everything that it leaves out is gone, or back at its default. */
export function replaceFields(current: JsonObject, sent: JsonObject, environmentId: string, now: number): JsonObject {
  const kept = Object.fromEntries(Object.entries(current).filter(([key]) => KEPT.includes(key)));
  return { ...kept, ...withDefaults(sent, environmentId), updatedAt: laterThan(current['updatedAt'], now) };
}

/** Two writes in one millisecond must still be told apart. */
export const laterThan = (previous: unknown, now: number): string =>
  new Date(Math.max(now, Date.parse(String(previous)) + 1 || now)).toISOString();
