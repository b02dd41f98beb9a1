/** What a client of the sandbox has to know. The command line prints it as one line of JSON. */
import type { Repository } from './github/state.ts';
import { MAIN_REPOSITORY, USER_REPOSITORY } from './github/state.ts';
import { TOKENS } from './github/tokens.ts';
import type { AdminName } from './pingone/start-state.ts';
import { adminId, adminSecret, ENVIRONMENT_IDS, ENVIRONMENTS } from './pingone/start-state.ts';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly environmentId: string;
}

export interface Ready {
  readonly pingone: { readonly apiUrl: string; readonly authUrl: string };
  /** May do everything. */
  readonly admin: Credentials;
  /** May do what their names say. */
  readonly admins: Readonly<Record<'applicationsOnly' | 'readOnly' | 'noRoles', Credentials>>;
  readonly environments: readonly { readonly id: string; readonly name: string; readonly type: string }[];
  readonly github: {
    readonly apiUrl: string;
    readonly token: string;
    readonly readOnlyToken: string;
    /** Gets what a job's own token gets. */
    readonly jobToken: string;
    readonly repository: string;
    readonly repositoryId: string;
    readonly organization: string;
    readonly userRepository: string;
    readonly environments: readonly string[];
  };
}

const credentials = (name: AdminName): Credentials => ({
  clientId: adminId(name),
  clientSecret: adminSecret(name),
  environmentId: ENVIRONMENT_IDS.production,
});

const fullName = ({ owner, name }: Repository): string => `${owner.login}/${name}`;

export const describeReady = (pingoneOrigin: string, githubOrigin: string): Ready => ({
  pingone: { apiUrl: `${pingoneOrigin}/v1`, authUrl: pingoneOrigin },
  admin: credentials('admin'),
  admins: {
    applicationsOnly: credentials('applicationsOnly'),
    readOnly: credentials('readOnly'),
    noRoles: credentials('noRoles'),
  },
  environments: ENVIRONMENTS.map(({ id, name, type }) => ({ id, name, type })),
  github: {
    apiUrl: githubOrigin,
    ...TOKENS,
    repository: fullName(MAIN_REPOSITORY),
    repositoryId: String(MAIN_REPOSITORY.id),
    organization: MAIN_REPOSITORY.owner.login,
    userRepository: fullName(USER_REPOSITORY),
    environments: ['staging'],
  },
});
