import * as z from 'zod/mini';
import { NetworkError } from '../http/errors.ts';
import type { GitHub } from './api.ts';
import { readList } from './api.ts';
import { unlessMissing } from './errors.ts';
import type { TargetCalls } from './secrets.ts';
import { toListedSecret } from './secrets.ts';

const visibilitySchema = z.enum(['all', 'private', 'selected']);
type Visibility = z.infer<typeof visibilitySchema>;

/** Which repositories can read an organization's secret or variable, as in the body of a PUT or POST. */
interface Sharing {
  readonly visibility: Visibility;
  /** With `selected` only. */
  readonly selected_repository_ids?: number[];
}

/**
 * The calls for an organization's secrets and variables. A PUT of a secret also replaces its visibility, so the action
 * reads the visibility first and sends it again. New secrets are visible to one repository.
 * Source: GitHub REST API docs, "Create or update an organization secret".
 *
 * @param repositoryId the repository that can read new secrets and variables
 */
export function organizationCalls(gitHub: GitHub, org: string, repositoryId: number): TargetCalls {
  const { actions } = gitHub.rest;
  const forOne: Sharing = { visibility: 'selected', selected_repository_ids: [repositoryId] };
  // A listed secret is not new, even if a later read returns 404: treating it as new would change its visibility.
  const listed = new Map<string, Visibility>();
  const sharingOf = async (name: string): Promise<Sharing> => {
    const secret = await unlessMissing(() => actions.getOrgSecret({ org, secret_name: name }));
    const visibility = secret?.data.visibility ?? listed.get(name);
    if (visibility === undefined) return forOne;
    if (visibility !== 'selected') return { visibility };
    return { visibility, selected_repository_ids: [...(await selectedRepositories(gitHub, org, name))] };
  };
  return {
    limits: { secrets: 1000, variables: 1000 },
    publicKey: async () => (await actions.getOrgPublicKey({ org })).data,
    listSecrets: () =>
      readList(gitHub, actions.listOrgSecrets.endpoint({ org }), 'secrets', (item) => {
        const secret = toListedSecret(item);
        const visibility = visibilitySchema.safeParse(item['visibility']).data;
        if (secret && visibility) listed.set(secret.name, visibility);
        return secret;
      }),
    putSecret: async (name, sealed) => {
      const secret = { org, secret_name: name, ...sealed, ...(await sharingOf(name)) };
      return (await actions.createOrUpdateOrgSecret(secret)).headers.date;
    },
    deleteSecret: (name) => actions.deleteOrgSecret({ org, secret_name: name }),
    countVariables: async () => (await actions.listOrgVariables({ org, per_page: 1 })).data.total_count,
    readVariable: async (name) => (await actions.getOrgVariable({ org, name })).data.value,
    createVariable: (name, value) => actions.createOrgVariable({ org, name, value, ...forOne }),
    // A PATCH does not change the fields that it omits.
    updateVariable: (name, value) => actions.updateOrgVariable({ org, name, value }),
    deleteVariable: (name) => actions.deleteOrgVariable({ org, name }),
  };
}

/** All of them: a repository that the next PUT omits could no longer read the secret. */
async function selectedRepositories(gitHub: GitHub, org: string, name: string): Promise<ReadonlySet<number>> {
  const request = gitHub.rest.actions.listSelectedReposForOrgSecret.endpoint({ org, secret_name: name });
  const { items } = await readList(gitHub, request, 'repositories', ({ id }) => {
    if (typeof id !== 'number') throw new NetworkError('garbled', 'a list of repositories with one without an ID');
    return { id };
  });
  return new Set(items.map(({ id }) => id));
}
