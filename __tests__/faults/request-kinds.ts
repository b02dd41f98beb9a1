/** The requests of all flows by name, with method, path and kind. */
import type { SeenRequest } from '../bundle/control.ts';

/**
 * - `token`: asks for a token; `prove`: with the worker's own credentials
 * - `read`, `write`: of PingOne's API, harmless to repeat; `create`, `rotate`: not so
 * - `upload`: of an image, of which a repetition leaves one behind
 * - `github-read`, `github-write`: of GitHub's API
 */
export type RequestKind =
  'token' | 'prove' | 'read' | 'write' | 'create' | 'upload' | 'rotate' | 'github-read' | 'github-write';

export interface RequestName {
  readonly name: string;
  readonly kind: RequestKind;
  readonly method: string;
  /** Of the path without its query. */
  readonly path: string;
}

const environment = '/v1/environments/[^/]+';
const application = `${environment}/applications/[^/]+`;
const repository = '/repos/[^/]+/[^/]+';
const place = `(${repository}/(actions|environments/[^/]+)|/orgs/[^/]+/actions)`;
const secrets = `${place}/secrets`;
const variables = `${place}/variables`;

const named = (name: string, kind: RequestKind, method: string, path: string): RequestName => ({
  name,
  kind,
  method,
  path: `^${path}$`,
});

/** Each request of a flow has exactly one of these names; a request without a name fails the test. */
export function requestNames(adminEnvironmentId: string): readonly RequestName[] {
  return [
    named('sign in', 'token', 'POST', `/${adminEnvironmentId}/as/token`),
    named('prove', 'prove', 'POST', `/(?!${adminEnvironmentId})[^/]+/as/token`),
    named('find the environment', 'read', 'GET', '/v1/environments'),
    named('list', 'read', 'GET', `${environment}/applications`),
    named('roles', 'read', 'GET', '/v1/roles'),
    named('create', 'create', 'POST', `${environment}/applications`),
    named('read', 'read', 'GET', application),
    named('replace', 'write', 'PUT', application),
    named('assignments', 'read', 'GET', `${application}/roleAssignments`),
    named('grant', 'write', 'POST', `${application}/roleAssignments`),
    named('read the record', 'read', 'GET', `${application}/metadata`),
    named('record', 'write', 'PUT', `${application}/metadata`),
    named('secret', 'read', 'GET', `${application}/secret`),
    named('rotate', 'rotate', 'POST', `${application}/secret`),
    named('delete', 'write', 'DELETE', application),
    named('populations', 'read', 'GET', `${environment}/populations`),
    named('upload', 'upload', 'POST', `${environment}/images`),
    named('image', 'read', 'GET', `${environment}/images/[^/]+`),
    named('delete image', 'write', 'DELETE', `${environment}/images/[^/]+`),
    named('repository', 'github-read', 'GET', repository),
    named('public key', 'github-read', 'GET', `${secrets}/public-key`),
    named('list secrets', 'github-read', 'GET', secrets),
    named('organization secret', 'github-read', 'GET', `${secrets}/(?!public-key)[^/]+`),
    named('who sees it', 'github-read', 'GET', `${secrets}/[^/]+/repositories`),
    named('GitHub environment', 'github-read', 'GET', `${repository}/environments/[^/]+`),
    named('list GitHub environments', 'github-read', 'GET', `${repository}/environments`),
    named('create GitHub environment', 'github-write', 'PUT', `${repository}/environments/[^/]+`),
    named('forget', 'github-write', 'DELETE', `${secrets}/[^/]+`),
    named('store', 'github-write', 'PUT', `${secrets}/[^/]+`),
    named('variable', 'github-read', 'GET', `${variables}/[^/]+`),
    named('count variables', 'github-read', 'GET', variables),
    named('create variable', 'github-write', 'POST', variables),
    named('store variable', 'github-write', 'PATCH', `${variables}/[^/]+`),
  ];
}

/** A request of a flow: its name, and how many of the name it is, from 1. */
export interface Target {
  readonly request: RequestName;
  readonly n: number;
}

/** The requests that a clean run made, each as something that a fault can be aimed at. */
export function targetsOf(log: readonly SeenRequest[], names: readonly RequestName[]): Target[] {
  const counts = new Map<string, number>();
  const late = new Set<string>();
  return log.flatMap(({ method, path, status }) => {
    const [pathname = ''] = path.split('?');
    const request = names.find((one) => one.method === method && new RegExp(one.path).test(pathname));
    if (!request) throw new Error(`a request without a name in request-kinds.ts: ${method} ${pathname}`);
    const n = (counts.get(request.name) ?? 0) + 1;
    counts.set(request.name, n);
    // How often a part of a new application is not there yet depends on the time, so only the first is aimed at.
    if (late.has(request.name)) return [];
    if (status === 404 && request.name === 'secret') late.add(request.name);
    return [{ request, n }];
  });
}
