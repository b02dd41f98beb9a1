// What the inputs ask of the worker, its attributes, and the age that its secret may have.
import type { Application } from '../pingone/applications.ts';
import type { SecretAuthMethod } from '../pingone/token.ts';
import { timeSpan, toMinute } from '../text.ts';
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

/** Attributes of an application by name; null for one that is to be absent. */
export type Attributes = Readonly<Record<string, unknown>>;

// What PingOne sets itself. A PUT without them is what third-party clients send successfully; whether PingOne would
// tolerate them is not documented. `assignActorRoles` counts on POST only.
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
 * The attributes that a new worker is created with: exactly the body of the POST, but for its icon.
 *
 * `enabled` is always sent, since PingOne's default is false; `assignActorRoles` is false, since otherwise the worker
 * would inherit every role of the admin credentials (PingOne API docs, "Worker applications").
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
 * The attributes that an existing worker should have, of those that the inputs speak of; null for those that are to be
 * cleared. Name and icon are none of them.
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
 * Grant types, response types and redirect URIs hang together: an authorization code needs all three, client
 * credentials none but its grant. What belongs to neither is somebody's and stays.
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

/** Whether clearing the redirect URIs would break another flow of the application, which needs them as well. */
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
 * The body of a PUT: the application as PingOne has it, less what is read-only, with these attributes laid over it.
 * An attribute that is null is left out, which clears it. Every attribute that we do not know is carried back.
 */
export function replacementBody(application: Application, changed: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries({ ...application, ...changed }).filter(
      ([name, value]) => !readOnlyAttributes.has(name) && value !== null,
    ),
  );
}

/** What is known about the age of the worker's secret. Times are PingOne's, in milliseconds since the epoch. */
export interface ObservedSecret {
  /** When it was first seen; undefined if this run is the first to see it. */
  readonly since: number | undefined;
  readonly now: number;
  /** The secret before it, if that is still valid and a rotation has to wait until it expires. */
  readonly previous?: { readonly expiresAt?: string | undefined } | undefined;
}

/** Whether the secret is to be rotated. By its age, that is not before a rotation is possible. */
export function isRotationDue(rotation: DesiredRotation, secret: ObservedSecret): boolean {
  return typeof rotation === 'boolean' ? rotation : !secret.previous && isTooOld(rotation.olderThanMs, secret);
}

function isTooOld(olderThanMs: number, { since, now }: ObservedSecret): boolean {
  return since !== undefined && now - since > olderThanMs;
}

/** How old the secret is and when it will be rotated; undefined if its age decides nothing. */
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
