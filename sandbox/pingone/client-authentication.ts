/**
 * Which client asks for a token, and by which method it says so.
 * Sources: RFC 6749 section 2.3.1; RFC 7523 section 2.2; PingOne API docs, Token endpoint authentication ("exactly the
 * configured method").
 */
import { ASSERTION_TYPE, subjectOf } from './client-assertion.ts';

export interface ClientCredentials {
  readonly method: 'CLIENT_SECRET_BASIC' | 'CLIENT_SECRET_POST' | 'PRIVATE_KEY_JWT' | 'OTHER';
  readonly clientId: string;
  /** Several readings of one secret: as it came, and form-decoded. Clients disagree about which they send. */
  readonly secrets: readonly string[];
  /** The signed JWT in place of a secret. */
  readonly assertion?: string;
}

function formDecode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

function fromBasic(header: string): ClientCredentials {
  const [, encoded = ''] = /^Basic +(\S+)$/i.exec(header) ?? [];
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  const secret = decoded.slice(colon + 1);
  const clientId = colon < 0 ? '' : formDecode(decoded.slice(0, colon));
  return { method: 'CLIENT_SECRET_BASIC', clientId, secrets: [secret, formDecode(secret)] };
}

/** A client ID beside the assertion is not needed; one that differs fits nobody. */
function fromAssertion(assertion: string, form: URLSearchParams): ClientCredentials {
  const subject = subjectOf(assertion);
  const isAlone = !form.has('client_secret') && (form.get('client_id') ?? subject) === subject;
  const isJwt = form.get('client_assertion_type') === ASSERTION_TYPE;
  return { method: isAlone && isJwt ? 'PRIVATE_KEY_JWT' : 'OTHER', clientId: subject, secrets: [], assertion };
}

/** Credentials in the header and in the body at once fit no method: `OTHER`. */
export function clientCredentials(authorization: string | undefined, form: URLSearchParams): ClientCredentials {
  const [secret, assertion] = [form.get('client_secret'), form.get('client_assertion')];
  if (authorization !== undefined) {
    const basic = fromBasic(authorization);
    return secret === null && assertion === null ? basic : { ...basic, method: 'OTHER' };
  }
  if (assertion !== null) return fromAssertion(assertion, form);
  const clientId = form.get('client_id') ?? '';
  return {
    method: secret === null ? 'OTHER' : 'CLIENT_SECRET_POST',
    clientId,
    secrets: secret === null ? [] : [secret],
  };
}
