/** What must be true at the end, after any fault. */
import { isDeepStrictEqual } from 'node:util';
import { fetchToken, findStoredCredentials } from '../../sandbox/demo/stored-credentials.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { Case } from './case.ts';
import type { Flow } from './flows.ts';
import { workersIn } from './flows.ts';
import type { SandboxState, ApplicationState, StoredValue } from '../bundle/control.ts';
import type { World } from './world.ts';
import { wrongSecrets } from '../races/aftermath.ts';

const names = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'];

const isOf = (flow: Flow, { target, name }: StoredValue): boolean => target === flow.target && names.includes(name);

/** Everything but the worker, its image, and what is stored of it, to be compared with what it was before. */
function rest({ environments, applications, github }: SandboxState, flow: Flow): unknown {
  const { newEnvironments = [] } = flow;
  return {
    environments,
    applications: applications.filter(({ id }) => workersIn(applications).every((worker) => worker.id !== id)),
    secrets: github.secrets.filter((secret) => !isOf(flow, secret)),
    variables: github.variables.filter((variable) => !isOf(flow, variable)),
    gitHubEnvironments: github.environments.filter(({ name }) => !newEnvironments.includes(name)),
  };
}

/** Who sees what is stored, where that was settled before. */
const sharing = ({ github }: SandboxState, flow: Flow): unknown =>
  github.secrets
    .filter((secret) => isOf(flow, secret))
    .map(({ name, visibility, selectedRepositoryIds }) => ({ name, visibility, selectedRepositoryIds }));

/**
 * What is wrong after the clean run that follows a broken one; empty when all is well: exactly one worker, as desired,
 * credentials in the outputs and in GitHub that get a token, and nothing else touched but for one image a fault
 * that nobody points to.
 */
export async function problemsWith(
  world: World,
  { flow, hits }: Case,
  before: SandboxState,
  clean: StepResult,
): Promise<string[]> {
  if (clean.conclusion !== 'success')
    return [`the clean run failed: ${clean.annotations.at(-1)?.message ?? clean.log}`];
  const state = await world.state();
  const problems = [...wrongRest(before, state, flow), ...wrongImages(before, state, hits.length)];
  if (flow.result === 'deleted') return [...problems, ...wrongRemains(state, flow), ...wrongSecrets(state)];
  const [worker, ...others] = workersIn(state.applications);
  if (!worker) return [...problems, 'there is no worker'];
  return [
    ...problems,
    ...(others.length > 0 ? [`there are ${others.length + 1} workers`] : []),
    ...wrongFields(worker, flow),
    ...wrongIcon(worker, state, flow, world),
    ...wrongRecord(worker, flow, world),
    ...wrongSecrets(state),
    ...wrongOutputs(worker, clean),
    ...(await wrongStored(world, state, worker, flow)),
  ];
}

function wrongRest(before: SandboxState, after: SandboxState, flow: Flow): string[] {
  const isKept = isDeepStrictEqual(rest(after, flow), rest(before, flow));
  const isNew = !before.github.secrets.some((secret) => isOf(flow, secret)) || flow.result === 'deleted';
  const { newEnvironments = [] } = flow;
  const missing = newEnvironments.filter((wanted) => !after.github.environments.some(({ name }) => name === wanted));
  return [
    ...(isKept ? [] : ['something else was touched']),
    ...(isNew || isDeepStrictEqual(sharing(after, flow), sharing(before, flow)) ? [] : ['others see the secrets now']),
    ...missing.map((name) => `the GitHub environment ${name} is missing`),
  ];
}

/** An upload whose answer was lost, or a run that was killed right after it, leaves one image behind. */
function wrongImages(before: SandboxState, after: SandboxState, faults: number): string[] {
  const iconIds = ({ applications }: SandboxState): unknown[] =>
    applications.map(({ icon }) => (icon as { id?: string } | undefined)?.id);
  const theirs = before.images.filter(({ id }) => !iconIds(before).includes(id));
  const orphans = after.images.filter(({ id }) => !iconIds(after).includes(id));
  return orphans.length <= theirs.length + faults ? [] : [`${orphans.length} images are left that nobody points to`];
}

/** After a teardown: neither the worker nor what was stored of it. */
function wrongRemains({ applications, github }: SandboxState, flow: Flow): string[] {
  const stored = [...github.secrets, ...github.variables].filter((value) => isOf(flow, value)).map(({ name }) => name);
  return [
    ...(workersIn(applications).length > 0 ? ['the worker is still there'] : []),
    ...(stored.length > 0 ? [`${stored.join(', ')} are still there`] : []),
  ];
}

function wrongFields(worker: ApplicationState, flow: Flow): string[] {
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

/** The worker points to an image that is there, and the record knows of which file it was made. */
function wrongIcon(worker: ApplicationState, { images }: SandboxState, flow: Flow, { icons }: World): string[] {
  const shown = (worker['icon'] as { id?: string } | undefined)?.id;
  if (flow.icon === undefined) return shown === undefined ? [] : ['there is an icon'];
  const wanted = { sha256: icons[flow.icon].sha256, imageId: shown };
  const noted: unknown = worker.metadata?.['pingone-worker-app']?.icon;
  return [
    ...(images.some(({ id }) => id === shown) ? [] : ['the icon is an image that is not there']),
    ...(isDeepStrictEqual(noted, wanted) ? [] : [`the record says of the icon: ${JSON.stringify(noted)}`]),
  ];
}

/** One entry for the place, however often it was written, and no run that is still writing or rotating. */
function wrongRecord(worker: ApplicationState, flow: Flow, { ready }: World): string[] {
  const { 'pingone-worker-app': record, ...others } = worker.metadata ?? {};
  if (!record) return ['there is no record'];
  const { target, ids = 'secrets' } = flow;
  const { repository } = ready.github;
  const repositoryId = target === 'organization' ? '501' : ready.github.repositoryId;
  const server = 'https://github.com';
  const wanted = [{ target, server, repositoryId, repository, prefix: 'PINGONE_WORKER_', ids }];
  const stored = (record.stored as readonly Readonly<Record<string, unknown>>[]).map(
    ({ version, at, ...entry }) => entry,
  );
  return [
    ...(isDeepStrictEqual(stored, wanted) ? [] : [`the record lists ${JSON.stringify(record.stored)}`]),
    ...(record.owner?.repositoryId === ready.github.repositoryId ? [] : ['the record belongs to nobody']),
    ...(isDeepStrictEqual(others, flow.metadata) ? [] : [`the other metadata is ${JSON.stringify(others)}`]),
  ];
}

function wrongOutputs(worker: ApplicationState, { outputs }: StepResult): string[] {
  const isRight = outputs.get('client-id') === worker.id && outputs.get('client-secret') === worker.secret;
  return isRight ? [] : ["the outputs are not the worker's credentials"];
}

/** What a later job reads there gets a token, and the secret is the current one. */
async function wrongStored(
  { ready }: World,
  { github }: SandboxState,
  worker: ApplicationState,
  flow: Flow,
): Promise<string[]> {
  const isSecret = (value: StoredValue): boolean => isOf(flow, value) && value.name === names[1];
  const isId = (value: StoredValue): boolean => isOf(flow, value) && value.name !== names[1];
  const stored = [...github.secrets.filter(isSecret), ...github[flow.ids ?? 'secrets'].filter(isId)];
  const isCurrent = stored.some((value) => isSecret(value) && value.value === worker.secret);
  // The reader below knows the repository's own secrets only.
  const asRepository = stored.map(({ name, value }) => ({ name, value, target: 'repository' }));
  try {
    await fetchToken(ready.pingone.authUrl, findStoredCredentials(asRepository, ready.github.repository));
    return isCurrent ? [] : ["the stored secret is not the worker's"];
  } catch (error) {
    return [`the stored credentials get no token: ${String(error)}`];
  }
}
