/** What has to be true in the end, whatever went wrong before. */
import { isDeepStrictEqual } from 'node:util';
import { fetchToken, findStoredCredentials } from '../../sandbox/demo/stored-credentials.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { workersIn, type Flow } from './flows.ts';
import type { SandboxState, StateApplication, World } from './world.ts';

const names = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'];

/** Everything but the worker and its secrets, to be compared with what it was before. */
export function rest(state: SandboxState): unknown {
  const workers = workersIn(state.applications);
  return {
    environments: state.environments,
    applications: state.applications.filter((application) => !workers.includes(application)),
    images: state.images,
    secrets: state.github.secrets.filter(({ target, name }) => target === 'organization' || !names.includes(name)),
    variables: state.github.variables,
    gitHubEnvironments: state.github.environments,
  };
}

/**
 * What is wrong after the clean run that follows a broken one; empty when all is well: exactly one worker, as desired,
 * credentials in the outputs and in GitHub that get a token, and nothing else touched.
 */
export async function problemsWith(
  world: World,
  flow: Flow,
  before: SandboxState,
  clean: StepResult,
): Promise<string[]> {
  if (clean.conclusion !== 'success')
    return [`the clean run failed: ${clean.annotations.at(-1)?.message ?? clean.log}`];
  const state = await world.state();
  const problems: string[] = [];
  if (!isDeepStrictEqual(rest(state), rest(before))) problems.push('something else was touched');
  if (flow.result === 'deleted') return [...problems, ...wrongRemains(state)];
  const [worker, ...others] = workersIn(state.applications);
  if (!worker) return [...problems, 'there is no worker'];
  if (others.length > 0) problems.push(`there are ${others.length + 1} workers`);
  problems.push(...wrongFields(worker, flow), ...wrongRecord(worker, flow, world), ...wrongOutputs(worker, clean));
  // The reader below knows the repository's own secrets only.
  const secrets = state.github.secrets.filter(({ target }) => target === flow.target);
  const stored = secrets.find(({ name }) => name === 'PINGONE_WORKER_CLIENT_SECRET')?.value;
  if (stored !== worker.secret) problems.push("the stored secret is not the worker's");
  try {
    const asRepository = secrets.map((secret) => ({ ...secret, target: 'repository' }));
    const credentials = findStoredCredentials(asRepository, world.ready.github.repository);
    await fetchToken(world.ready.pingone.authUrl, credentials);
  } catch (error) {
    problems.push(`the stored credentials get no token: ${String(error)}`);
  }
  return problems;
}

/** After a teardown: neither the worker nor its secrets. */
function wrongRemains({ applications, github }: SandboxState): string[] {
  const secrets = github.secrets.filter(({ name }) => names.includes(name)).map(({ name }) => name);
  return [
    ...(workersIn(applications).length > 0 ? ['the worker is still there'] : []),
    ...(secrets.length > 0 ? [`${secrets.join(', ')} are still there`] : []),
  ];
}

function wrongFields(worker: StateApplication, flow: Flow): string[] {
  const wanted: Readonly<Record<string, unknown>> = {
    type: 'WORKER',
    enabled: true,
    tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
    grantTypes: ['CLIENT_CREDENTIALS'],
    ...flow.fields,
  };
  const wrong = Object.keys(wanted).filter((field) => !isDeepStrictEqual(worker[field], wanted[field]));
  const roles = worker.roleAssignments.map(({ role }) => role);
  return [
    ...wrong.map((field) => `${field} is ${JSON.stringify(worker[field])}`),
    ...(isDeepStrictEqual(roles, flow.roles) ? [] : [`the roles are ${roles.join(', ') || 'none'}`]),
    ...(worker.previous && !flow.rotates ? ['the secret was rotated'] : []),
  ];
}

/** One entry for the repository, however often it was written; `origin` is no matter here. */
function wrongRecord(worker: StateApplication, flow: Flow, { ready }: World): string[] {
  const { 'pingone-worker-app': record, ...others } = worker.metadata ?? {};
  if (!record) return ['there is no record'];
  const stored = [
    { target: flow.target, repository: ready.github.repository, prefix: 'PINGONE_WORKER_', ids: 'secrets' },
  ];
  return [
    ...(isDeepStrictEqual(record.stored, stored) ? [] : [`the record lists ${JSON.stringify(record.stored)}`]),
    ...(record.owner?.repositoryId === ready.github.repositoryId ? [] : ['the record belongs to nobody']),
    ...(isDeepStrictEqual(others, flow.metadata) ? [] : [`the other metadata is ${JSON.stringify(others)}`]),
  ];
}

function wrongOutputs(worker: StateApplication, { outputs }: StepResult): string[] {
  const isRight = outputs.get('client-id') === worker.id && outputs.get('client-secret') === worker.secret;
  return isRight ? [] : ["the outputs are not the worker's credentials"];
}
