// The desired worker: its attributes, and the age at which its secret is rotated.
import type { Application } from '../pingone/applications.ts';
import type { IconFile } from '../pingone/images.ts';
import type { SecretAuthMethod } from '../pingone/token.ts';
import { timeSpan, toMinute } from '../text.ts';
import type { DesiredRoles } from './roles.ts';

/** The desired worker, from the inputs. Undefined: do not change. */
export interface DesiredWorker {
  /** Undefined if `application-id` identifies the application and its name does not change. */
  readonly name: string | undefined;
  /** Undefined: find the application by its name. */
  readonly applicationId: string | undefined;
  readonly description: string | undefined;
  readonly icon: IconFile | undefined;
  readonly enabled: boolean | 'keep';
  readonly tokenEndpointAuthMethod: SecretAuthMethod | 'keep';
  /** If set, the worker also gets the grant Authorization Code. */
  readonly redirectUris: readonly string[] | undefined;
  /** The fields to clear. */
  readonly clear: ReadonlySet<Clearable>;
  readonly roles: DesiredRoles;
  readonly rotateSecret: DesiredRotation;
}

/** Whether to rotate the secret: always, never, or if it is older than this. */
export type DesiredRotation = boolean | { readonly olderThanMs: number };

/** The inputs whose field can be cleared. */
export type Clearable = 'description' | 'icon' | 'redirect-uris';
/** Attributes of an application by name; null for an absent attribute. */
export type Attributes = Readonly<Record<string, unknown>>;

// Attributes that PingOne sets. Other clients send a PUT without them; whether PingOne accepts them is not documented.
// `assignActorRoles` is for POST only.
const readOnlyAttributes: ReadonlySet<string> = new Set([
  '_links',
  '_embedded',
  'id',
  'environment',
  'createdAt',
  'updatedAt',
  'clientId',
  'assignActorRoles',
]);

/**
 * The attributes of a new worker: the body of the POST without the icon.
 *
 * `enabled` is always sent, since PingOne's default is false. `assignActorRoles` is false: otherwise the worker would
 * inherit every role of the admin application (PingOne API docs, "Worker applications").
 */
export function attributesOfNew(desired: DesiredWorker): Attributes {
  const { name, description, enabled, tokenEndpointAuthMethod: method, redirectUris } = desired;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    enabled: enabled === 'keep' ? true : enabled,
    type: 'WORKER',
    protocol: 'OPENID_CONNECT',
    grantTypes: ['CLIENT_CREDENTIALS', ...(redirectUris ? ['AUTHORIZATION_CODE'] : [])],
    ...(redirectUris ? { responseTypes: ['CODE'], redirectUris } : {}),
    tokenEndpointAuthMethod: method === 'keep' ? 'CLIENT_SECRET_POST' : method,
    assignActorRoles: false,
  };
}

/**
 * The attributes that an existing worker should have, without name and icon; null for an attribute to clear. Only
 * attributes that the inputs set are included.
 */
export function attributesOfExisting(desired: DesiredWorker, application: Application): Attributes {
  const { description, enabled, tokenEndpointAuthMethod: method, clear } = desired;
  return {
    ...(clear.has('description') ? { description: null } : {}),
    ...(description === undefined ? {} : { description }),
    ...(enabled === 'keep' ? {} : { enabled }),
    ...interactiveAttributes(desired, application),
    ...(method === 'keep' ? {} : { tokenEndpointAuthMethod: method }),
  };
}

/**
 * Grant types, response types and redirect URIs depend on each other: Authorization Code needs all three, Client
 * Credentials only its grant type. Other grant and response types are not changed.
 */
function interactiveAttributes({ redirectUris, clear }: DesiredWorker, application: Application): Attributes {
  const grantTypes = withMember(application['grantTypes'], 'CLIENT_CREDENTIALS');
  const { responseTypes } = application;
  if (redirectUris) {
    return {
      grantTypes: withMember(grantTypes, 'AUTHORIZATION_CODE'),
      responseTypes: withMember(responseTypes, 'CODE'),
      redirectUris: sameMembers(application['redirectUris'], redirectUris) ? application['redirectUris'] : redirectUris,
    };
  }
  if (!clear.has('redirect-uris')) return { grantTypes };
  const kept = members(responseTypes).filter((type) => type !== 'CODE');
  return {
    grantTypes: members(grantTypes).filter((grant) => grant !== 'AUTHORIZATION_CODE'),
    responseTypes: kept.length > 0 ? kept : null,
    redirectUris: null,
  };
}

/** Whether another flow of the application needs the redirect URIs. */
export function needsRedirectUris(application: Application): boolean {
  return members(application['grantTypes']).includes('IMPLICIT');
}

function members(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function withMember(value: unknown, member: string): unknown {
  return members(value).includes(member) ? value : [...members(value), member];
}

function sameMembers(value: unknown, wanted: readonly string[]): boolean {
  return members(value).length === wanted.length && wanted.every((member) => members(value).includes(member));
}

/**
 * The body of a PUT: the application from PingOne without read-only attributes, updated with the changed attributes. A
 * null attribute is omitted, which clears it. Unknown attributes are sent back unchanged.
 */
export function replacementBody(application: Application, changed: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries({ ...application, ...changed }).filter(
      ([name, value]) => !readOnlyAttributes.has(name) && value !== null,
    ),
  );
}

/** The age of the worker's secret. Times are PingOne's, in milliseconds since the epoch. */
export interface ObservedSecret {
  /** When it was first seen; undefined if this run is the first to see it. */
  readonly since: number | undefined;
  readonly now: number;
  /** The previous secret, if it is still valid and a rotation must wait until it expires. */
  readonly previous?: { readonly expiresAt?: string | undefined } | undefined;
}

/** Whether to rotate the secret now. A rotation by age waits until it is possible. */
export function isRotationDue(rotation: DesiredRotation, secret: ObservedSecret): boolean {
  return typeof rotation === 'boolean' ? rotation : !secret.previous && isTooOld(rotation.olderThanMs, secret);
}

function isTooOld(olderThanMs: number, { since, now }: ObservedSecret): boolean {
  return since !== undefined && now - since > olderThanMs;
}

/** How old the secret is and when it will be rotated; undefined if `rotate-secret` is not an age. */
export function describeSecretAge(rotation: DesiredRotation, secret: ObservedSecret): string | undefined {
  if (typeof rotation === 'boolean') return undefined;
  const { since, now, previous } = secret;
  const next = (from: number): string =>
    `The first run after ${toMinute(new Date(from + rotation.olderThanMs).toISOString())} rotates it.`;
  if (since === undefined) {
    return `This run is the first to see the client secret, so its age counts from now. ${next(now)}`;
  }
  const age = `The client secret is ${timeSpan(now - since)} old, counted from ${toMinute(new Date(since).toISOString())}`;
  if (!isTooOld(rotation.olderThanMs, secret)) return `${age}. ${next(since)}`;
  const due = `${age}, and \`rotate-secret\` allows ${timeSpan(rotation.olderThanMs)}: a rotation is due`;
  if (!previous) return `${due}.`;
  const until = previous.expiresAt === undefined ? 'it expires' : toMinute(previous.expiresAt);
  return `${due}. It waits for the previous secret, which is valid until ${until}: the first run after that rotates it.`;
}
