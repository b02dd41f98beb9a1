/**
 * Which client asks for a token, and by which method it says so.
 * Sources: RFC 6749 section 2.3.1; PingOne API docs, Token endpoint authentication ("exactly the configured method").
 */
export interface ClientCredentials {
  readonly method: 'CLIENT_SECRET_BASIC' | 'CLIENT_SECRET_POST' | 'OTHER';
  readonly clientId: string;
  /** Several readings of one secret: as it came, and form-decoded. Clients disagree about which they send. */
  readonly secrets: readonly string[];
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

/** Credentials in the header and in the body at once fit no method: `OTHER`. */
export function clientCredentials(authorization: string | undefined, form: URLSearchParams): ClientCredentials {
  const secret = form.get('client_secret');
  if (authorization !== undefined) {
    const basic = fromBasic(authorization);
    return secret === null ? basic : { ...basic, method: 'OTHER' };
  }
  const clientId = form.get('client_id') ?? '';
  return {
    method: secret === null ? 'OTHER' : 'CLIENT_SECRET_POST',
    clientId,
    secrets: secret === null ? [] : [secret],
  };
}
