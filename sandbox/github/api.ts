/** GitHub's REST API, as far as secrets go, as a function from Request to Response. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { environmentRoutes } from './environments.ts';
import { GitHubError, notFound } from './errors.ts';
import { presentOrganization, presentRepository, presentUser } from './present.ts';
import { pathParameter, requireOrganization, requireRepository } from './request.ts';
import { secretRoutes } from './secrets.ts';
import { selectedRepositoryRoutes } from './selected-repositories.ts';
import { authorize, checkHeaders } from './tokens.ts';
import { fullNameOf } from './state.ts';
import { variableRoutes } from './variables.ts';
import type { GitHubWorld } from './world.ts';

const errorAnswer = (c: Context, error: GitHubError): Response => c.json(error.toBody(), error.status, error.headers);

function ownerRoutes(world: GitHubWorld): Hono {
  const routes = new Hono();
  routes.get('/users/:login', (c) => {
    authorize(c, 'metadata', 'read');
    const login = pathParameter(c, 'login').toLowerCase();
    const owner = world.state.owners.find((candidate) => candidate.login === login);
    if (!owner) throw notFound();
    return c.json(presentUser(c, owner));
  });
  routes.get('/orgs/:org', (c) => {
    authorize(c, 'metadata', 'read');
    return c.json(presentOrganization(c, requireOrganization(c, world)));
  });
  routes.get('/repos/:owner/:repo', (c) => {
    authorize(c, 'metadata', 'read');
    return c.json(presentRepository(c, requireRepository(c, world)));
  });
  return routes;
}

/** Everything of a repository is also found by its id: there redirects from an old name lead. */
function byId(c: Context, { state }: GitHubWorld, api: Hono): Response | Promise<Response> {
  const repository = state.repositories.find(({ id }) => String(id) === pathParameter(c, 'id'));
  if (!repository) throw notFound();
  const url = c.req.url.replace(/\/repositories\/[0-9]+/, `/repos/${fullNameOf(repository)}`);
  return api.fetch(new Request(url, c.req.raw));
}

export function gitHubApi(world: GitHubWorld): Hono {
  const api = new Hono();
  api.use(async (c, next) => {
    c.header('X-GitHub-Request-Id', randomUUID());
    c.header('X-GitHub-Media-Type', 'github.v3; format=json');
    checkHeaders(c);
    authorize(c, 'metadata', 'read');
    await next();
  });
  for (const routes of [ownerRoutes, secretRoutes, variableRoutes, selectedRepositoryRoutes, environmentRoutes]) {
    api.route('/', routes(world));
  }
  for (const path of ['/repositories/:id{[0-9]+}', '/repositories/:id{[0-9]+}/*'])
    api.all(path, (c) => byId(c, world, api));
  api.notFound((c) => errorAnswer(c, notFound()));
  api.onError((error, c) => {
    if (error instanceof GitHubError) return errorAnswer(c, error);
    throw error;
  });
  return api;
}
