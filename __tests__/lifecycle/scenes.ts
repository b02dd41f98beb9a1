import * as oauth from 'oauth4webapi';
import { expect } from '@jest/globals';
import { seal } from '../../src/github/seal.ts';
import type { ApplicationState, SeenRequest } from '../bundle/control.ts';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';

/** As much of a lab as it takes to look into the sandbox. */
type Sight = Pick<Lab, 'ready' | 'state'>;

export type Outputs = Readonly<Record<string, string>>;

/** One entry of the output `changes`. */
export interface ReportedChange {
  readonly kind: string;
  readonly field?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly warning?: string;
}

export const bridge = 'PingFederate Bridge';
export const recordKey = 'pingone-worker-app';
export const owner = { server: 'https://github.com', repositoryId: '1001', repository: 'octo/sync' };
export const foreignOwner = { ...owner, repositoryId: '7', repository: 'mona/sync' };
export const inRepository = {
  target: 'repository',
  server: 'https://github.com',
  repositoryId: '1001',
  repository: 'octo/sync',
  prefix: 'PINGONE_WORKER_',
  ids: 'secrets',
};
export const forbidden = {
  status: 403,
  body: {
    code: 'ACCESS_FAILED',
    message: 'The request could not be completed. You do not have access to this resource.',
    details: [{ code: 'INSUFFICIENT_PERMISSIONS', message: 'The actor is not authorized.' }],
  },
};

export const changesOf = (outputs: Outputs): readonly ReportedChange[] => JSON.parse(outputs['changes']!);

/** The id of one of the sandbox's PingOne environments. */
export function environmentId(lab: Sight, name: 'Sandbox' | 'Production' = 'Sandbox'): string {
  return lab.ready.environments.find((environment) => environment.name === name)!.id;
}

/** What our record about a worker says; undefined where there is none. */
export async function recordOf(lab: Lab, name = workerName): Promise<Readonly<Record<string, unknown>> | undefined> {
  return (await lab.theOnly(name)).metadata?.[recordKey] as Record<string, unknown> | undefined;
}

/** Somebody creates a worker by hand, by default one that needs no repair. */
export function byHand(lab: Lab, set: object = {}): Promise<ApplicationState> {
  return lab.console({
    create: { name: workerName, enabled: true, tokenEndpointAuthMethod: 'CLIENT_SECRET_POST', ...set },
  });
}

export function grantByHand(lab: Lab, application: string, role: string, type = 'ENVIRONMENT', id?: string) {
  return lab.console({ application, grant: { role, scope: { type, ...(id === undefined ? {} : { id }) } } });
}

/** What a run sent, one line a request: `POST secret`. */
export async function requestsOf(lab: Lab, run: () => Promise<unknown>): Promise<readonly SeenRequest[]> {
  const before = (await lab.requests()).length;
  await run();
  return (await lab.requests()).slice(before);
}

/** Method and last part of the path, without its query. */
export function lineOf({ method, path }: SeenRequest): string {
  return `${method} ${path.split('?')[0]!.split('/').at(-1)!}`;
}

/** Insists that a step failed without a single request. */
export async function expectNoRequest(lab: Lab): Promise<void> {
  expect(await lab.requests()).toEqual([]);
}

/** The values that are stored in the repository, by name. */
export async function storedIn(lab: Sight): Promise<Readonly<Record<string, string>>> {
  const { secrets } = (await lab.state()).github;
  return Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
}

/** Whether PingOne gives a token for these, by a client that has nothing in common with ours. */
export async function getsToken(lab: Sight, clientId: string, clientSecret: string): Promise<boolean> {
  const issuer = `${lab.ready.pingone.authUrl}/${environmentId(lab)}/as`;
  const server: oauth.AuthorizationServer = { issuer, token_endpoint: `${issuer}/token` };
  const client: oauth.Client = { client_id: clientId };
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretPost(clientSecret),
    {},
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; loopback has no TLS
    { [oauth.allowInsecureRequests]: true },
  );
  if (response.status !== 200) return false;
  await oauth.processClientCredentialsResponse(server, client, response);
  return true;
}

/** Whether what the repository stores for the worker gets a token. */
export async function storedWorks(lab: Sight): Promise<boolean> {
  const stored = await storedIn(lab);
  return getsToken(lab, stored['PINGONE_WORKER_CLIENT_ID']!, stored['PINGONE_WORKER_CLIENT_SECRET']!);
}

/** Somebody writes a secret of the repository by hand one second later, as the sandbox's GitHub API takes it. */
export async function writeByHand(lab: Lab, name: string): Promise<void> {
  await lab.advance(1);
  const { apiUrl, token, repository } = lab.ready.github;
  const key = (await (
    await fetch(`${apiUrl}/repos/${repository}/actions/secrets/public-key`, {
      headers: { authorization: `Bearer ${token}` },
    })
  ).json()) as { key: string; key_id: string };
  const body = JSON.stringify({ encrypted_value: await seal('made up by hand', key), key_id: key.key_id });
  const response = await fetch(`${apiUrl}/repos/${repository}/actions/secrets/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  });
  expect(response.ok).toBe(true);
}
