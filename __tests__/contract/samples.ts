import type { Exchange } from './exchange.ts';

/** The parts of a sample exchange that differ from the defaults. Bodies that are not buffers are sent as JSON. */
export type Sample = {
  readonly send?: unknown;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly answer?: unknown;
  readonly responseHeaders?: Readonly<Record<string, string>>;
};

/** An exchange with PingOne, with the path after `/v1` and PingOne's own content type in the answer. */
export function pingone(operation: string, sample: Sample = {}): Exchange {
  const [method = '', path = ''] = operation.split(' ');
  return exchange('pingone', method, `/v1${path}`, 'application/hal+json;charset=UTF-8', sample);
}

/** An exchange with GitHub. */
export function github(operation: string, sample: Sample = {}): Exchange {
  const [method = '', path = ''] = operation.split(' ');
  return exchange('github', method, path, 'application/json; charset=utf-8', sample);
}

function exchange(
  server: Exchange['server'],
  method: string,
  path: string,
  answerType: string,
  { send, requestHeaders, status = 200, answer, responseHeaders }: Sample,
): Exchange {
  const sendType = send === undefined ? {} : { 'content-type': 'application/json' };
  return {
    server,
    method,
    path,
    requestHeaders: { authorization: 'Bearer token', ...sendType, ...requestHeaders },
    requestBody: bytes(send),
    status,
    responseHeaders: { ...(answer === undefined ? {} : { 'content-type': answerType }), ...responseHeaders },
    responseBody: bytes(answer),
  };
}

function bytes(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
}

export const environmentId = '7c1f6f0e-2f0a-4f64-9a53-5a4f6c1d9b10';
const applicationId = '3d2b7f60-51f4-4b06-9d0e-2f8a4f6a7c21';
const imageId = '0b9f9f3e-0f9c-4a4b-8a49-9c1e0f4a3b77';
const roleId = '1d2c3b4a-8f6e-4d2c-9b1a-0f9e8d7c6b5a';
const self = { self: { href: `https://api.pingone.eu/v1/environments/${environmentId}` } };
const environment = { id: environmentId };
const times = { createdAt: '2026-09-02T08:14:05.301Z', updatedAt: '2026-09-02T08:14:05.301Z' };

/** Path of the environment; of the application in it. */
export const inEnvironment = `/environments/${environmentId}`;
export const inApplication = `${inEnvironment}/applications/${applicationId}`;

const icon = { id: imageId, href: `https://uploads.pingone.eu/environments/${environmentId}/images/${imageId}.png` };

/** The body that creates a worker. */
export const newWorker = {
  name: 'ci-deployer',
  description: 'Used by the deployment pipeline',
  enabled: true,
  type: 'WORKER',
  protocol: 'OPENID_CONNECT',
  grantTypes: ['CLIENT_CREDENTIALS'],
  tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
  assignActorRoles: false,
  icon,
};

/** The worker as PingOne answers it. */
export const worker = {
  _links: self,
  environment,
  id: applicationId,
  clientId: applicationId,
  ...newWorker,
  ...times,
  accessControl: { role: { type: 'ADMIN_USERS_ONLY' } },
  hiddenFromAppPortal: false,
  pkceEnforcement: 'OPTIONAL',
  parRequirement: 'OPTIONAL',
  parTimeout: 60,
  deviceTimeout: 600,
  devicePollingInterval: 5,
  idpSignoff: false,
  requestScopesForMultipleResourcesEnabled: false,
  additionalRefreshTokenReplayProtectionEnabled: true,
  signing: { keyRotationPolicy: { id: 'a8a6f3b1-6d0b-4f0a-9e55-0b2f4f9d7e66' } },
};

/** Applications of other models, as they lie beside workers in a list. */
export const adminConsole = {
  ...{
    id: 'f0d1a1c6-6bb2-4b3d-b9a6-4b1df1b1c6a0',
    name: 'PingOne Admin Console',
    enabled: true,
    environment,
    ...times,
  },
  ...{ type: 'PING_ONE_ADMIN_CONSOLE', protocol: 'OPENID_CONNECT', tokenEndpointAuthMethod: 'NONE' },
};
const samlApplication = {
  ...{ id: 'c1', name: 'Intranet', enabled: true, type: 'WEB_APP', protocol: 'SAML', ...times },
  ...{ spEntityId: 'intranet', acsUrls: ['https://example.com/acs'], assertionDuration: 60 },
};
const portalLink = {
  ...{ id: 'c2', name: 'Wiki', enabled: true, type: 'PORTAL_LINK_APP', protocol: 'EXTERNAL_LINK' },
  homePageUrl: 'https://example.com',
};

export const applicationList = {
  _links: { ...self, next: { href: `https://api.pingone.eu/v1${inEnvironment}/applications?cursor=H4sI&limit=100` } },
  _embedded: { applications: [adminConsole, worker, samlApplication, portalLink] },
  count: 143,
  size: 100,
};

export const environmentItem = {
  ...{ _links: self, id: environmentId, name: 'Staging', type: 'SANDBOX', region: 'SG', status: 'ACTIVE', ...times },
  ...{ organization: { id: 'o1' }, license: { id: 'l1' } },
};

export const secret = {
  _links: self,
  environment,
  secret: 'EXAMPLE-new.Secret_0123456789',
  previous: { secret: 'EXAMPLE-old', expiresAt: '2026-09-09T08:14:05.000Z', lastUsed: '2026-09-02T09:01:44.120Z' },
};

/** The body that grants a role, and the assignment that it makes. */
export const newAssignment = { role: { id: roleId }, scope: { id: environmentId, type: 'ENVIRONMENT' } };
export const assignment = {
  ...{ _links: self, id: '9e8d7c6b-5a4f-4e3d-8c2b-1a0f9e8d7c6b', environment, application: { id: applicationId } },
  ...newAssignment,
  readOnly: false,
};

export const image = {
  ...{ _links: self, id: imageId, environment, createdAt: times.createdAt },
  targets: { original: { id: 'original', href: icon.href, type: 'png', width: 256, height: 256 } },
};

export const role = {
  ...{ id: roleId, name: 'Identity Data Admin', description: 'Manages users', applicableTo: ['ENVIRONMENT'] },
  permissions: [{ id: 'populations:read:population', classifier: 'populations', description: 'Reads them' }],
};

export const pingoneError = {
  id: '1e9d8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c04',
  code: 'NOT_FOUND',
  message: 'The request could not be completed. The requested resource was not found.',
  details: [{ code: 'NOT_FOUND', message: 'The requested resource object cannot be found.' }],
};

export const gatewayError = { message: 'Invalid key=value pair (missing equal-sign) in Authorization header' };

export const githubError = { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' };
