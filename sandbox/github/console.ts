/** `POST /__sandbox/console` for GitHub: what somebody does in the settings of a repository or an organization. */
import { z } from 'zod';
import type { GitHubState, Owner, Repository } from './state.ts';
import { environmentKey, fullNameOf, targetKey } from './state.ts';

const fullName = z.string().regex(/^[^/]+\/[^/]+$/);

export const gitHubConsoleSchema = z.union([
  /** To another owner as well: a transfer. */
  z.strictObject({ repository: fullName, rename: fullName }),
  z.strictObject({ repository: fullName, delete: z.literal(true) }),
  z.strictObject({ organization: z.string(), rename: z.string() }),
]);

export type GitHubConsoleAction = z.output<typeof gitHubConsoleSchema>;

/** The action names something that is not there, or a name that is taken. */
export class GitHubConsoleError extends Error {}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function ownerOf(state: GitHubState, login: string): Owner {
  const owner = state.owners.find((candidate) => same(candidate.login, login));
  if (!owner) throw new GitHubConsoleError(`There is no owner "${login}".`);
  return owner;
}

/** The old name leads to the repository from now on, until another one takes it. */
function renameRepository(state: GitHubState, repository: Repository, to: string): void {
  if (state.repositories.some((other) => same(fullNameOf(other), to)))
    throw new GitHubConsoleError(`There is a repository "${to}" already.`);
  const [login = '', name = ''] = to.split('/');
  const owner = ownerOf(state, login);
  repository.formerNames.push(fullNameOf(repository));
  Object.assign(repository, { owner, name });
  for (const other of state.repositories) {
    other.formerNames.splice(0, Infinity, ...other.formerNames.filter((former) => !same(former, to)));
  }
}

function deleteRepository(state: GitHubState, repository: Repository): void {
  state.repositories.splice(state.repositories.indexOf(repository), 1);
  const isOf = (other: { readonly repository: Repository }): boolean => other.repository.id === repository.id;
  for (const environment of state.environments.all().filter(isOf)) {
    state.environments.delete(environmentKey(repository, environment.name));
  }
  for (const table of [state.secrets, state.variables]) {
    for (const { target, name } of table.all()) {
      if ('repository' in target && isOf(target)) table.delete(`${targetKey(target)}: ${name}`);
    }
  }
}

function renameOrganization(state: GitHubState, organization: Owner, login: string): void {
  for (const repository of state.repositories.filter(({ owner }) => owner === organization)) {
    repository.formerNames.push(fullNameOf(repository));
  }
  organization.login = login;
}

export function actOnGitHub(state: GitHubState, action: GitHubConsoleAction): void {
  if ('organization' in action) {
    renameOrganization(state, ownerOf(state, action.organization), action.rename);
    return;
  }
  const repository = state.repositories.find((candidate) => same(fullNameOf(candidate), action.repository));
  if (!repository) throw new GitHubConsoleError(`There is no repository "${action.repository}".`);
  if ('delete' in action) deleteRepository(state, repository);
  else renameRepository(state, repository, action.rename);
}
