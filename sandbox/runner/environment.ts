import { delimiter } from 'node:path';

export type Environment = Record<string, string>;

/** Added to the defaults; undefined removes a variable. */
export type EnvironmentOverrides = Readonly<Record<string, string | undefined>>;

/** What a process needs to run at all. The rest of the caller's environment stays out: a step must not depend on it. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'SHELL', 'SystemRoot', 'USERPROFILE', 'COMSPEC', 'PATHEXT'];

export interface Directories {
  readonly workspace: string;
  readonly temp: string;
  readonly eventPath: string;
}

/** A step in a workflow on `push` in the repository octo/sync. */
const GITHUB_DEFAULTS: Readonly<Environment> = {
  CI: 'true',
  GITHUB_ACTION: '__run',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'octocat',
  GITHUB_ACTOR_ID: '583231',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_BASE_REF: '',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
  GITHUB_HEAD_REF: '',
  GITHUB_JOB: 'set-up',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
  GITHUB_REF_PROTECTED: 'false',
  GITHUB_REF_TYPE: 'branch',
  GITHUB_REPOSITORY: 'octo/sync',
  GITHUB_REPOSITORY_ID: '1001',
  GITHUB_REPOSITORY_OWNER: 'octo',
  GITHUB_REPOSITORY_OWNER_ID: '2001',
  GITHUB_RETENTION_DAYS: '90',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '1658821493',
  GITHUB_RUN_NUMBER: '3',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  GITHUB_TRIGGERING_ACTOR: 'octocat',
  GITHUB_WORKFLOW: 'Set up',
  GITHUB_WORKFLOW_REF: 'octo/sync/.github/workflows/set-up.yml@refs/heads/main',
  GITHUB_WORKFLOW_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  RUNNER_ENVIRONMENT: 'github-hosted',
  RUNNER_NAME: 'Sandbox runner',
};

/** The variables that every step gets. Source: GitHub Docs, "Variables reference", "Default environment variables". */
export function defaultEnvironment({ workspace, temp, eventPath }: Directories): Environment {
  return {
    ...inheritedEnvironment(),
    ...GITHUB_DEFAULTS,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_OS: process.platform === 'win32' ? 'Windows' : process.platform === 'darwin' ? 'macOS' : 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: temp,
  };
}

/** Merges layers; later ones take precedence. */
export function mergeEnvironment(...layers: readonly EnvironmentOverrides[]): Environment {
  const merged: Environment = {};
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer))) {
    if (value === undefined) delete merged[name];
    else merged[name] = value;
  }
  return merged;
}

/** Puts the directories that steps added before those on the path; the one added last is searched first. */
export function prependPath(directories: readonly string[], path: string): string {
  return [...directories.toReversed(), ...(path === '' ? [] : [path])].join(delimiter);
}

function inheritedEnvironment(): Environment {
  return Object.fromEntries(
    INHERITED.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
