import { ActionError } from '../errors.ts';
import type { Application } from '../pingone/applications.ts';
import type { PingOneError } from '../pingone/errors.ts';
import type { RoleGrant } from '../reconcile/roles.ts';
import { inline, sentenceList } from '../text.ts';

/** Why PingOne refused, and what to do about it: what a step knows better than the general explanation. */
export interface Refusal {
  readonly cause: string;
  readonly fix: string;
}

/** Reading applications was refused. */
export function cannotManage(error: PingOneError): Refusal | undefined {
  if (!error.isAccessDenied || error.isFromGateway) return undefined;
  return {
    cause: 'the admin credentials may not manage applications in this environment.',
    fix:
      'in PingOne, give the application of the admin credentials *Client Application Developer* and every role that ' +
      'the worker is to hold, or *Environment Admin* alone, on the target environment.',
  };
}

/** Creating the application was refused. */
export function cannotCreate(error: PingOneError): Refusal | undefined {
  if (!error.isAccessDenied || error.isFromGateway) return refusedAttributes(error);
  return {
    cause: 'the admin credentials may read applications in this environment, but not create them.',
    fix: 'in PingOne, give their application *Client Application Developer* or *Environment Admin* on the environment.',
  };
}

/** Attributes that PingOne did not take: the message names the input that they come from. */
export function refusedAttributes(error: PingOneError): Refusal | undefined {
  const isAbout = (attribute: string): boolean => error.details.some(({ target }) => target?.includes(attribute));
  if (isAbout('redirectUris')) {
    return {
      cause: 'PingOne does not take one of the addresses in `redirect-uris`.',
      fix: 'see the text above, and correct `redirect-uris`.',
    };
  }
  if (!isAbout('description')) return undefined;
  // Which characters these are, only PingOne's users have found out.
  return {
    cause: 'PingOne refuses the characters $ + < = > ^ ` | ~ in a description.',
    fix: 'leave these characters out of `description`.',
  };
}

/** Granting a role was refused: nobody can grant what they do not hold (PingOne API docs, "Predefined Roles"). */
export function cannotGrant(grant: RoleGrant, error: PingOneError): Refusal | undefined {
  if (!error.isAccessDenied && !error.says('Must have role at the same or broader scope')) return undefined;
  const where = grant.scope.type.toLowerCase();
  return {
    cause: `the admin credentials hold neither ${grant.roleName} on this ${where} nor a role that may grant it.`,
    fix:
      `the application is there; give the application of the admin credentials *${grant.roleName}* (or *Environment ` +
      `Admin*) on the ${where}, or set \`roles\` to what it may grant, or to none.`,
  };
}

/** Reading the client secret was refused: the two documented causes (PingOne API docs, "Application Secret"). */
export function cannotReadSecret(error: PingOneError): Refusal | undefined {
  if (!error.isAccessDenied) return undefined;
  return {
    cause:
      'either the admin credentials may not read secrets (*Client Application Developer* may), or the worker holds a ' +
      'role that they do not hold at the same or a broader scope: PingOne shows nobody the secret of a stronger worker.',
    fix:
      'give the application of the admin credentials every role that the worker holds, or *Environment Admin*, on the ' +
      'target environment; the application itself is as desired.',
  };
}

/** Renaming the worker would make a second one of this name, which later runs could not tell apart. */
export function nameTaken(name: string, others: readonly Application[]): ActionError {
  const ids = sentenceList(others.map(({ id }) => id));
  return new ActionError({
    what: `\`name\`: the application in \`application-id\` cannot be renamed to "${inline(name, 60)}"; another worker has this name (${ids}).`,
    cause: '`application-id` or `name` means another worker.',
    fix: 'Correct the wrong one, choose another `name`, or leave `name` out to keep the present name.',
  });
}

/** Clearing the redirect URIs would break the application's other flow. */
export function implicitNeedsRedirectUris(): ActionError {
  return new ActionError({
    what: '`clear` names redirect-uris, but the application has the grant type IMPLICIT, which needs them.',
    cause: 'somebody uses the application for logins of another kind.',
    fix: 'take the grant type IMPLICIT away in PingOne first, if nobody uses it, or leave redirect-uris out of `clear`.',
  });
}

/** `rotate-secret` is an age, but nothing tells how old the secret is. */
export function unknownSecretAge(record: 'unreadable' | 'unavailable'): ActionError {
  return new ActionError({
    what: '`rotate-secret` is an age, but no record tells how old the client secret is; nothing was changed.',
    cause:
      record === 'unreadable'
        ? "the worker's record was written by a later version of this action, or is damaged."
        : 'PingOne does not keep application metadata here: the admin credentials may not use it, or the license lacks it.',
    fix: 'correct that, or set `rotate-secret` to `false`, and to `true` in a scheduled workflow.',
  });
}
