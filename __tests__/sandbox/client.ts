/** A client that uses only the addresses of the sandbox, so that the tests check what comes over a socket. */
import type { Credentials, Sandbox, SandboxOptions } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';

/** Parsed, and then asserted on: a wrong shape fails the test. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

export type HeaderFields = Readonly<Record<string, string>>;
export type Call = (operation: string, body?: unknown, headers?: HeaderFields) => Promise<Answer>;

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** `call('PUT /path', { … })`. Text and bytes are sent as they are, anything else as JSON. */
export function caller(base: string, standard: HeaderFields): Call {
  return async (operation, body, headers = {}) => {
    const [method = '', path = ''] = operation.split(' ');
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const type = body === undefined || raw ? {} : { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: raw ? body : JSON.stringify(body) };
    return toAnswer(await fetch(base + path, { method, headers: { ...type, ...standard, ...headers }, ...sent }));
  };
}

export const basic = ({ clientId, clientSecret }: Credentials): HeaderFields => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
});

export interface Harness {
  readonly sandbox: Sandbox;
  readonly ready: Sandbox['ready'];
  /** The id of the environment *Sandbox*, and the path of its applications. */
  readonly environment: string;
  readonly applications: string;
  readonly control: Call;
  /** A token request, as form. */
  token(environmentId: string, form: HeaderFields, headers?: HeaderFields): Promise<Answer>;
  /** The management API in the name of an application. */
  as(credentials: Credentials): Promise<Call>;
  /** GitHub with a token. */
  github(token?: string): Call;
  /** An application as the state shows it. */
  stored(id: string): Promise<Json>;
  requests(): Promise<Json[]>;
}

export async function harness(options: SandboxOptions = {}): Promise<Harness> {
  const sandbox = await startSandbox(options);
  const { ready } = sandbox;
  const { apiUrl, authUrl } = ready.pingone;
  const control = caller(`${authUrl}/__sandbox`, {});
  const auth = caller(authUrl, { 'content-type': 'application/x-www-form-urlencoded' });
  const token: Harness['token'] = (environmentId, form, headers) =>
    auth(`POST /${environmentId}/as/token`, new URLSearchParams(form).toString(), headers);
  const environment = ready.environments[0]!.id;
  return {
    sandbox,
    ready,
    environment,
    applications: `/environments/${environment}/applications`,
    control,
    token,
    as: async (credentials) => {
      const { body } = await token(credentials.environmentId, { grant_type: 'client_credentials' }, basic(credentials));
      return caller(apiUrl, { authorization: `Bearer ${body.access_token}` });
    },
    github: (value = ready.github.token) => caller(ready.github.apiUrl, { authorization: `Bearer ${value}` }),
    stored: async (id) =>
      (await control('GET /state')).body.applications.find((application: Json) => application.id === id),
    requests: async () => (await control('GET /requests')).body,
  };
}

/** What the smallest sensible worker is created with. */
export const WORKER = {
  name: 'worker',
  enabled: true,
  type: 'WORKER',
  protocol: 'OPENID_CONNECT',
  grantTypes: ['CLIENT_CREDENTIALS'],
  tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
  assignActorRoles: false,
};

/** The codes and targets of an error's details: `REQUIRED_VALUE name`. */
export const details = ({ body }: Answer): string[] =>
  body.details.map(({ code, target }: Json) => (target === undefined ? code : `${code} ${target}`));
