/** What a run may have to do. Each flow begins somewhere and ends with the same worker; new ones are new entries. */
import { inputs, startAction, storing, type StateApplication, type World } from './world.ts';

export interface Flow {
  readonly name: string;
  /** What the faulted run reports when it gets through. */
  readonly result: 'created' | 'updated' | 'unchanged';
  /** Puts the sandbox, which is in its start state, where the flow begins. */
  prepare(world: World): Promise<void>;
  /** The inputs, of the faulted run and of the clean one after it. */
  with(world: World): Record<string, string>;
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

const plain = { roles: ['Identity Data Admin'], fields: { description }, metadata: {} } as const;

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
        enabled: false,
        tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
        grantTypes: ['CLIENT_CREDENTIALS'],
        tags: ['PING_FED_CONNECTION_INTEGRATION'],
        metadata: { team: { name: 'directory' } },
      },
    });
  },
  with: desired,
  roles: ['Identity Data Admin'],
  fields: { description, tags: ['PING_FED_CONNECTION_INTEGRATION'] },
  metadata: { team: { name: 'directory' } },
};

const unchanged: Flow = {
  ...plain,
  name: 'unchanged',
  result: 'unchanged',
  prepare: async (world) => {
    const { conclusion, log } = await startAction(world, desired(world)).result;
    if (conclusion !== 'success') throw new Error(`the run that the flow begins with failed:\n${log}`);
  },
  with: desired,
};

/** Every flow that the matrix and the kills go through. */
export const flows: readonly Flow[] = [create, repair, unchanged];

/** The workers that carry the name of the flows. */
export const workersIn = (applications: readonly StateApplication[]): StateApplication[] =>
  applications.filter(({ name }) => name === workerName);
