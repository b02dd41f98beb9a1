import type { Application } from '../pingone/applications.ts';
import type { DesiredWorker } from './desired.ts';

/** Attributes of an application by name. */
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
 * The attributes that a new worker is created with: exactly the body of the POST.
 *
 * `enabled` is always sent, since PingOne's default is false; `assignActorRoles` is false, since otherwise the worker
 * would inherit every role of the admin credentials (PingOne API docs, "Worker applications").
 */
export function attributesOfNew(desired: DesiredWorker): Attributes {
  const { name, description, enabled, tokenEndpointAuthMethod: method } = desired;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    enabled: enabled === 'keep' ? true : enabled,
    type: 'WORKER',
    protocol: 'OPENID_CONNECT',
    grantTypes: ['CLIENT_CREDENTIALS'],
    tokenEndpointAuthMethod: method === 'keep' ? 'CLIENT_SECRET_POST' : method,
    assignActorRoles: false,
  };
}

/** The attributes that an existing worker should have, of those that the inputs speak of. The name is none of them. */
export function attributesOfExisting(desired: DesiredWorker, application: Application): Attributes {
  const { description, enabled, tokenEndpointAuthMethod: method } = desired;
  return {
    ...(description === undefined ? {} : { description }),
    ...(enabled === 'keep' ? {} : { enabled }),
    grantTypes: withGrant(application['grantTypes']),
    ...(method === 'keep' ? {} : { tokenEndpointAuthMethod: method }),
  };
}

/** CLIENT_CREDENTIALS is added; other grant types belong to somebody and stay. */
function withGrant(grantTypes: unknown): unknown {
  const present: unknown[] = Array.isArray(grantTypes) ? grantTypes : [];
  return present.includes('CLIENT_CREDENTIALS') ? grantTypes : [...present, 'CLIENT_CREDENTIALS'];
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
