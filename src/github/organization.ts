import type { Calls } from './calls.ts';
import { among } from './calls.ts';
import { unlessMissing } from './errors.ts';
import type { GitHub } from './octokit.ts';

type Visibility = 'all' | 'private' | 'selected';

/** Which repositories see an organization's secret or variable, as a PUT or POST says it. */
interface Sharing {
  readonly visibility: Visibility;
  /** With `selected` only. */
  readonly selected_repository_ids?: number[];
}

const pageSize = 100;

/**
 * The calls for an organization's secrets and variables. A PUT of a secret replaces who sees it along with the value:
 * so that is read first, and sent again. What is new is for one repository alone.
 * Source: GitHub REST API docs, "Create or update an organization secret".
 *
 * @param repositoryId the repository that sees what is new
 */
export function organizationCalls({ rest: { actions }, paginate }: GitHub, org: string, repositoryId: number): Calls {
  const forOne: Sharing = { visibility: 'selected', selected_repository_ids: [repositoryId] };
  // A secret that was listed is not new, whatever a later 404 says: taking it for new would change who sees it.
  const listed = new Map<string, Visibility>();
  const sharingOf = async (name: string): Promise<Sharing> => {
    const secret = await unlessMissing(() => actions.getOrgSecret({ org, secret_name: name }));
    const visibility = secret?.data.visibility ?? listed.get(name);
    if (visibility === undefined) return forOne;
    if (visibility !== 'selected') return { visibility };
    const repositories = await paginate(actions.listSelectedReposForOrgSecret, {
      org,
      secret_name: name,
      per_page: pageSize,
    });
    return { visibility, selected_repository_ids: repositories.map(({ id }) => id) };
  };
  return {
    publicKey: async () => (await actions.getOrgPublicKey({ org })).data,
    heldSecrets: async (names) => {
      const secrets = await paginate(actions.listOrgSecrets, { org, per_page: pageSize });
      for (const { name, visibility } of secrets) listed.set(name.toUpperCase(), visibility);
      return among(names, secrets);
    },
    putSecret: async (name, sealed) => {
      await actions.createOrUpdateOrgSecret({ org, secret_name: name, ...sealed, ...(await sharingOf(name)) });
    },
    deleteSecret: (name) => actions.deleteOrgSecret({ org, secret_name: name }),
    readVariable: (name) => actions.getOrgVariable({ org, name }),
    createVariable: (name, value) => actions.createOrgVariable({ org, name, value, ...forOne }),
    // What a PATCH leaves out stays as it is.
    updateVariable: (name, value) => actions.updateOrgVariable({ org, name, value }),
    deleteVariable: (name) => actions.deleteOrgVariable({ org, name }),
  };
}
