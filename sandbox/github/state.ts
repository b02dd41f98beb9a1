/** What GitHub holds: owners, repositories, environments, and the secrets and variables of each. */
import { seededNumber } from '../seed.ts';
import { Table } from '../table.ts';

export interface Owner {
  login: string;
  readonly id: number;
  readonly type: 'User' | 'Organization';
}

export interface Repository {
  readonly id: number;
  owner: Owner;
  name: string;
  /** Full names that lead to it since it was renamed or moved. */
  readonly formerNames: string[];
}

export const fullNameOf = ({ owner, name }: Repository): string => `${owner.login}/${name}`;

export interface Environment {
  readonly repository: Repository;
  readonly name: string;
  readonly protectionRules: readonly object[];
  readonly branchPolicy: object | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Where secrets and variables can be stored: each has names and, for secrets, a key pair of its own. */
export type Target =
  | { readonly kind: 'repository'; readonly repository: Repository }
  | { readonly kind: 'environment'; readonly repository: Repository; readonly environment: string }
  | { readonly kind: 'organization'; readonly organization: Owner };

export type Visibility = 'all' | 'private' | 'selected';

/** A secret or a variable. Visibility and selection are an organization's only. */
export interface Entry {
  readonly target: Target;
  readonly name: string;
  readonly value: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly visibility?: Visibility;
  readonly selectedRepositoryIds?: readonly number[];
}

export interface GitHubState {
  readonly owners: readonly Owner[];
  readonly repositories: Repository[];
  readonly environments: Table<Environment>;
  readonly secrets: Table<Entry>;
  readonly variables: Table<Entry>;
}

export const environmentKey = (repository: Repository, name: string): string =>
  `${repository.id}/${name.toLowerCase()}`;

/** Names the target: the key of its key pair, and the first part of the keys of its entries. */
export function targetKey(target: Target): string {
  if (target.kind === 'organization') return `organization ${target.organization.id}`;
  if (target.kind === 'repository') return `repository ${target.repository.id}`;
  return `environment ${environmentKey(target.repository, target.environment)}`;
}

/** Names are stored in upper case and compared without regard to case. */
export const entryKey = (target: Target, name: string): string => `${targetKey(target)}: ${name.toUpperCase()}`;

/** The entries of one target as a list shows them, by name. */
export const entriesOf = (table: Table<Entry>, target: Target): Entry[] =>
  table
    .listed()
    .filter((entry) => targetKey(entry.target) === targetKey(target))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const OCTO: Owner = { login: 'octo', id: 501, type: 'Organization' };
const MONA: Owner = { login: 'mona', id: 502, type: 'User' };

/** The repository that workflows run in, and that outside observers look at first. */
export const MAIN_REPOSITORY: Repository = { id: 1001, owner: OCTO, name: 'sync', formerNames: [] };
export const USER_REPOSITORY: Repository = { id: 2001, owner: MONA, name: 'sync', formerNames: [] };

const OWNERS = [OCTO, MONA];
const REPOSITORIES = [
  MAIN_REPOSITORY,
  { id: 1002, owner: OCTO, name: 'website', formerNames: [] },
  { id: 1003, owner: OCTO, name: 'tools', formerNames: [] },
  USER_REPOSITORY,
];

const CREATED_AT = '2025-01-15T12:00:00Z';

/** One environment that must be waited for; no secret and no variable anywhere. */
export function startState(): GitHubState {
  const environments = new Table<Environment>();
  // Copies, each owner once: names change.
  const { owners, repositories } = structuredClone({ owners: OWNERS, repositories: REPOSITORIES });
  const main = repositories.find(({ id }) => id === MAIN_REPOSITORY.id) ?? MAIN_REPOSITORY;
  const rule = {
    id: Number(seededNumber('wait timer').slice(0, 7)),
    node_id: 'GA_sandbox',
    type: 'wait_timer',
    wait_timer: 5,
  };
  environments.set(environmentKey(main, 'staging'), {
    repository: main,
    name: 'staging',
    protectionRules: [rule],
    branchPolicy: null,
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
  });
  return {
    owners,
    repositories,
    environments,
    secrets: new Table(),
    variables: new Table(),
  };
}
