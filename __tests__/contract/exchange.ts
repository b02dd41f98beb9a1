/** One request and its response, as the sandbox passes it to `onExchange`. Header names are in lower case. */
export type Exchange = {
  readonly server: 'pingone' | 'github';
  readonly method: string;
  /** With the query. PingOne's paths begin with `/v1`, but for the token endpoint. */
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly requestBody: Buffer;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: Buffer;
};

/** The two halves of an exchange: OpenAPI's `readOnly` and `writeOnly` mean different things in each. */
export type Direction = 'request' | 'response';

/** The path without its query. */
export function pathname(exchange: Exchange): string {
  return exchange.path.split('?', 1)[0] ?? '';
}

/** The query of the path, empty where there is none. */
export function query(exchange: Exchange): URLSearchParams {
  const start = exchange.path.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : exchange.path.slice(start + 1));
}

/** A request header as one text, whether it was sent once or several times. */
export function requestHeader({ requestHeaders }: Exchange, name: string): string | undefined {
  const value = requestHeaders[name.toLowerCase()];
  return typeof value === 'object' ? value.join(', ') : value;
}

/** The value that a JSON pointer finds in a body; undefined where there is none, or no JSON. */
export function valueAt(exchange: Exchange, direction: Direction, pointer: string): unknown {
  const body = direction === 'request' ? exchange.requestBody : exchange.responseBody;
  try {
    const keys = pointer.split('/').slice(1);
    return keys.reduce<unknown>(
      (value, key) => (value as Record<string, unknown>)[unescapeKey(key)],
      JSON.parse(body.toString()),
    );
  } catch {
    return undefined;
  }
}

/** A key as a JSON pointer writes it. */
function unescapeKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
