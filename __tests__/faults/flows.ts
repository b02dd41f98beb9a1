/** The kinds of runs. Each flow has its own start state and ends with the same worker. */
import type { ApplicationState } from '../bundle/control.ts';
import type { World } from './world.ts';
import { callGitHub, inputs, runInProcess, storing } from './world.ts';

export interface Flow {
  readonly name: string;
  /** What the faulted run reports when it gets through. */
  readonly result: 'created' | 'updated' | 'unchanged' | 'deleted';
  /** Puts the sandbox, which is in its start state, where the flow begins. */
  prepare(world: World): Promise<void>;
  /** The inputs, of the faulted run and of the clean one after it. */
  with(world: World): Record<string, string>;
  /** Where in GitHub the credentials are in the end, as the record lists it. */
  readonly target: string;
  /** Whether the ids are secrets there; without it, they are. */
  readonly ids?: 'variables';
  /** Which image the worker shows in the end. */
  readonly icon?: 'old' | 'new';
  /** GitHub environments that are there in the end, and were not before. */
  readonly newEnvironments?: readonly string[];
  /** Whether the secret may be another one in the end. */
  readonly rotates?: true;
  /** Roles that the worker holds in the end. */
  readonly roles: readonly string[];
  /** Fields that the worker has in the end, beside those that every worker has. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Metadata of others that has to survive. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const workerName = 'Fault matrix';

const description = 'Synchronises the directory';

const desired = (world: World): Record<string, string> =>
  inputs(world, { name: workerName, description, ...storing(world) });

const plain = { target: 'repository', roles: ['Identity Data Admin'], fields: { description }, metadata: {} } as const;

const create: Flow = {
  ...plain,
  name: 'create',
  result: 'created',
  prepare: () => Promise.resolve(),
  with: desired,
};

/** Somebody made the worker by hand: disabled, by Basic, without a role, with fields and metadata of their own. */
const repair: Flow = {
  name: 'repair',
  result: 'updated',
  prepare: async (world) => {
    await world.console({
      create: {
        name: workerName,
        createdAt: '2026-01-05T08:00:00.000Z',
        enabled: false,
        tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
        grantTypes: ['CLIENT_CREDENTIALS'],
        tags: ['PING_FED_CONNECTION_INTEGRATION'],
        metadata: { team: { name: 'directory' } },
      },
    });
  },
  with: desired,
  target: 'repository',
  roles: ['Identity Data Admin'],
  fields: { description, tags: ['PING_FED_CONNECTION_INTEGRATION'] },
  metadata: { team: { name: 'directory' } },
};

async function runOnce(world: World, given: Record<string, string>): Promise<void> {
  const { conclusion, log } = await runInProcess(world, given);
  if (conclusion !== 'success') throw new Error(`the run that the flow begins with failed:\n${log}`);
  // An application that is no longer new: its parts are there, and 404 is an answer.
  await world.advance(3600);
}

const unchanged: Flow = {
  ...plain,
  name: 'unchanged',
  result: 'unchanged',
  prepare: (world) => runOnce(world, desired(world)),
  with: desired,
};

const rotate: Flow = {
  ...unchanged,
  name: 'rotate',
  result: 'updated',
  rotates: true,
  with: (world) => ({ ...desired(world), 'rotate-secret': 'true' }),
};

const inEnvironment = (world: World): Record<string, string> => ({
  ...desired(world),
  'store-in': 'github-environment:staging',
});

const gitHubEnvironment: Flow = {
  ...plain,
  name: 'environment',
  result: 'unchanged',
  target: 'github-environment:staging',
  prepare: (world) => runOnce(world, inEnvironment(world)),
  with: inEnvironment,
};

const withIcon =
  (which: 'old' | 'new') =>
  (world: World): Record<string, string> => ({ ...desired(world), icon: world.icons[which].path });

const createWithIcon: Flow = { ...create, name: 'icon', icon: 'new', with: withIcon('new') };

/** The old image is to go once nothing points to it. */
const replaceIcon: Flow = {
  ...plain,
  name: 'new icon',
  result: 'updated',
  icon: 'new',
  prepare: (world) => runOnce(world, withIcon('old')(world)),
  with: withIcon('new'),
};

const inOrganization = (world: World): Record<string, string> => ({ ...desired(world), 'store-in': 'organization' });

/** The organization's owners have widened who sees one of the secrets, and its pages have to be read for that. */
const organization: Flow = {
  ...plain,
  name: 'organization',
  result: 'unchanged',
  target: 'organization',
  prepare: async (world) => {
    await runOnce(world, inOrganization(world));
    const shared = `/orgs/${world.ready.github.organization}/actions/secrets/PINGONE_WORKER_CLIENT_SECRET`;
    await callGitHub(world, 'PUT', `${shared}/repositories/1003`);
  },
  with: inOrganization,
};

const asVariables = (world: World): Record<string, string> => ({ ...desired(world), 'store-ids-as': 'variables' });

const variables: Flow = {
  ...plain,
  name: 'variables',
  result: 'unchanged',
  ids: 'variables',
  prepare: (world) => runOnce(world, asVariables(world)),
  with: asVariables,
};

/** A worker that is stored nowhere yet, and a GitHub environment that is not there. */
const newEnvironment: Flow = {
  ...plain,
  name: 'new environment',
  result: 'unchanged',
  target: 'github-environment:qa',
  newEnvironments: ['qa'],
  prepare: (world) => runOnce(world, inputs(world, { name: workerName, description })),
  with: (world) => ({
    ...desired(world),
    'store-in': 'github-environment:qa',
    'create-github-environment': 'true',
  }),
};

const tearDown: Flow = {
  ...unchanged,
  name: 'teardown',
  result: 'deleted',
  prepare: (world) => runOnce(world, withIcon('old')(world)),
  with: (world) => ({ ...desired(world), state: 'absent' }),
};

/** Every flow that the matrix and the kills go through. */
export const flows: readonly Flow[] = [
  create,
  repair,
  unchanged,
  rotate,
  gitHubEnvironment,
  createWithIcon,
  replaceIcon,
  organization,
  variables,
  newEnvironment,
  tearDown,
];

/** The workers that carry the name of the flows. */
export const workersIn = (applications: readonly ApplicationState[]): ApplicationState[] =>
  applications.filter(({ name }) => name === workerName);
