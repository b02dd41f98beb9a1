import { ActionError } from '../errors.ts';
import type { Application } from '../pingone/applications.ts';
import type { PingOneError } from '../pingone/errors.ts';
import { grantAdminRoles } from '../pingone/errors.ts';
import type { RoleGrant } from '../reconcile/roles.ts';
import { inline, sentenceList } from '../text.ts';

/** The cause and the remedy of a refusal that a step can explain better than `explainPingOne`. */
export interface Refusal {
  readonly cause: string;
  readonly fix: string;
}

/** Reading applications was refused. */
export function cannotManage(error: PingOneError): Refusal | undefined {
  if (!error.isAccessDenied || error.isFromGateway) return undefined;
  return {
    cause: 'the admin application has no role to manage applications in this environment.',
    fix: grantAdminRoles,
  };
}

/** Creating the application was refused. */
export function cannotCreate(error: PingOneError): Refusal | undefined {
  if (!error.isAccessDenied || error.isFromGateway) return refusedAttributes(error);
  return {
    cause: 'the admin application can read applications in this environment, but not create them.',
    fix: grantAdminRoles,
  };
}

/** PingOne refused an attribute: names the input that it comes from. */
export function refusedAttributes(error: PingOneError): Refusal | undefined {
  const isAbout = (attribute: string): boolean => error.details.some(({ target }) => target?.includes(attribute));
  if (isAbout('redirectUris')) {
    return {
      cause: 'PingOne does not accept one of the addresses in `redirect-uris`.',
      fix: "see PingOne's text above, and correct `redirect-uris`.",
    };
  }
  if (!isAbout('description')) return undefined;
  // The characters are not documented; users of PingOne reported them.
  return {
    cause: 'PingOne does not accept the characters $ + < = > ^ ` | ~ in a description.',
    fix: 'remove these characters from `description`.',
  };
}

/** Granting a role was refused: each role can assign certain roles only (PingOne API docs, "Built-in Admin Roles"). */
export function cannotGrant(grant: RoleGrant, error: PingOneError): Refusal | undefined {
  if (!error.isAccessDenied && !error.says('Must have role at the same or broader scope')) return undefined;
  const where = grant.scope.type.toLowerCase();
  return {
    cause: `the admin application holds no role that can grant ${grant.roleName} on this ${where}.`,
    fix:
      `in PingOne, grant the admin application *Environment Admin* on the ${where}, or another role that can grant ` +
      `*${grant.roleName}*. *Identity Data Admin* can grant itself, *Identity Data Read Only* and *Help Desk Admin*. Or ` +
      'set `roles` to roles that the admin application can grant, or to `none`.',
  };
}

/** Reading the client secret was refused: the two documented causes (PingOne API docs, "Application Secret"). */
export function cannotReadSecret(error: PingOneError): Refusal | undefined {
  if (!error.isAccessDenied) return undefined;
  return {
    cause:
      'the worker holds a role that the admin application does not hold at the same or a broader scope, or the admin ' +
      'application lacks *Client Application Developer*.',
    fix:
      'in PingOne, grant the admin application *Environment Admin* on the environment, or *Client Application Developer* ' +
      'and every role that the worker holds.',
  };
}

/** A rename would create a second worker with this name, and later runs could not distinguish them. */
export function nameTaken(name: string, others: readonly Application[]): ActionError {
  const ids = sentenceList(others.map(({ id }) => id));
  return new ActionError({
    what: `\`name\`: the application in \`application-id\` cannot be renamed to "${inline(name, 60)}". Another worker has this name (${ids}).`,
    cause: '`application-id` or `name` belongs to another worker.',
    fix: 'correct the wrong input, choose another `name`, or remove `name` to keep the current name.',
  });
}

/** Clearing the redirect URIs would break the application's other flow. */
export function implicitNeedsRedirectUris(): ActionError {
  return new ActionError({
    what: '`clear` contains `redirect-uris`, but the application has the grant type Implicit, which needs them.',
    cause: 'another client uses the application to sign in users.',
    fix: 'remove `redirect-uris` from `clear`. If nobody uses the grant type Implicit, remove it in PingOne first.',
  });
}

/** `rotate-secret` is an age, but there is no record of the secret's age. */
export function unknownSecretAge(record: 'unreadable' | 'unavailable'): ActionError {
  return new ActionError({
    what: '`rotate-secret` is an age, but no record says how old the client secret is. Nothing was changed.',
    cause:
      record === 'unreadable'
        ? "the worker's record was written by a later version of this action, or is damaged."
        : 'PingOne does not store application metadata here: the admin application lacks a permission, or the license does not include it.',
    fix: 'set `rotate-secret` to `false`. To rotate by age, set it to `true` in a scheduled workflow.',
  });
}
