/** The addresses and credentials of the sandbox. The command line prints them as one line of JSON. */
import type { Repository } from './github/state.ts';
import { MAIN_REPOSITORY, USER_REPOSITORY } from './github/state.ts';
import { TOKENS } from './github/tokens.ts';
import { ADMIN_KEY } from './pingone/key-pair.ts';
import type { AdminName } from './pingone/start-state.ts';
import { adminId, adminSecret, ENVIRONMENT_IDS, ENVIRONMENTS } from './pingone/start-state.ts';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly environmentId: string;
}

/** For `private_key_jwt`. */
export interface KeyPairCredentials extends Omit<Credentials, 'clientSecret'> {
  /** PKCS#8, as PEM. */
  readonly privateKey: string;
  readonly keyId: string;
}

export interface Ready {
  /** The process that runs the sandbox: a signal to it stops the sandbox. */
  readonly pid: number;
  readonly pingone: { readonly apiUrl: string; readonly authUrl: string };
  /** Has all permissions. */
  readonly admin: Credentials;
  /** Have the permissions that their names say. */
  readonly admins: Readonly<Record<'applicationsOnly' | 'readOnly' | 'noRoles', Credentials>> & {
    /** Has all permissions, and a key instead of a secret. */
    readonly keyPair: KeyPairCredentials;
  };
  readonly environments: readonly { readonly id: string; readonly name: string; readonly type: string }[];
  readonly github: {
    readonly apiUrl: string;
    readonly token: string;
    readonly readOnlyToken: string;
    /** Has the permissions of GITHUB_TOKEN. */
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

const keyPairCredentials = (): KeyPairCredentials => ({
  clientId: adminId('keyPair'),
  environmentId: ENVIRONMENT_IDS.production,
  privateKey: ADMIN_KEY.privateKey,
  keyId: ADMIN_KEY.keyId,
});

const fullName = ({ owner, name }: Repository): string => `${owner.login}/${name}`;

interface Origins {
  readonly api: string;
  /** The same as `api` unless the sign-in has an origin of its own. */
  readonly auth: string;
  readonly github: string;
}

export const describeReady = ({ api, auth, github }: Origins): Ready => ({
  pid: process.pid,
  pingone: { apiUrl: `${api}/v1`, authUrl: auth },
  admin: credentials('admin'),
  admins: {
    applicationsOnly: credentials('applicationsOnly'),
    readOnly: credentials('readOnly'),
    noRoles: credentials('noRoles'),
    keyPair: keyPairCredentials(),
  },
  environments: ENVIRONMENTS.map(({ id, name, type }) => ({ id, name, type })),
  github: {
    apiUrl: github,
    ...TOKENS,
    repository: fullName(MAIN_REPOSITORY),
    repositoryId: String(MAIN_REPOSITORY.id),
    organization: MAIN_REPOSITORY.owner.login,
    userRepository: fullName(USER_REPOSITORY),
    environments: ['staging'],
  },
});
