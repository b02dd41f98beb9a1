import { request } from 'node:http';
import type { Exchange } from './exchange.ts';

/** What a call sends in addition to method and path. A body that is not a buffer is sent as JSON. */
export type Call = { readonly send?: unknown; readonly headers?: Readonly<Record<string, string>> };

type Answered = Pick<Exchange, 'status' | 'responseHeaders' | 'responseBody'>;

/**
 * Calls one server of the sandbox and insists on the status: a call that goes astray would check something else. Where
 * the documentation leaves the status open, several will do.
 */
export type Client = (operation: string, status: number | readonly number[], call?: Call) => Promise<Json>;

/** Parsed, and then asserted on: a wrong shape fails the test. */
type Json = ReturnType<typeof JSON.parse>;

/** A client that sends the given headers with each call. `fetch` would add a user agent and refuse some bodies. */
export function createClient(baseUrl: string, headers: Readonly<Record<string, string>>): Client {
  return async (operation, status, call = {}) => {
    const answer = await answerTo(baseUrl, operation, { ...call, headers: { ...headers, ...call.headers } });
    const text = answer.responseBody.toString('utf8');
    if (![status].flat().includes(answer.status)) {
      throw new Error(`${operation}: ${answer.status} instead of ${[status].flat().join(' or ')}: ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  };
}

/** The bare answer to a call. */
export function answerTo(baseUrl: string, operation: string, { send, headers }: Call): Promise<Answered> {
  const [method = '', path = ''] = operation.split(/ (.*)/s);
  const body = send === undefined || Buffer.isBuffer(send) ? send : Buffer.from(JSON.stringify(send));
  const type = body === send ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(`${baseUrl}${path}`, { method, headers: { ...type, ...headers } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const responseHeaders = incoming.headers as Record<string, string>;
        resolve({ status: incoming.statusCode ?? 0, responseHeaders, responseBody: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

type Credentials = { readonly clientId: string; readonly clientSecret: string; readonly environmentId: string };

/** An access token of PingOne's, by the client credentials grant with Basic authentication. */
export async function signIn(authUrl: string, { clientId, clientSecret, environmentId }: Credentials): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const send = Buffer.from('grant_type=client_credentials');
  const { responseBody } = await answerTo(authUrl, `POST /${environmentId}/as/token`, { send, headers });
  return JSON.parse(responseBody.toString('utf8')).access_token as string;
}
