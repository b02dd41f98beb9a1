import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { sandboxValues } from '../../sandbox/runner/workflow/stored-values.ts';
import type { WorkflowResult } from '../../sandbox/runner/workflow/workflow.ts';
import { runWorkflow } from '../../sandbox/runner/workflow/workflow.ts';
import type { WorkflowOptions } from '../../sandbox/runner/workflow/workflow-options.ts';
import { seal } from '../../src/github/seal.ts';
import type { PublicKey } from '../../src/github/seal.ts';
import { insistOnDiscretion } from '../bundle/leaks.ts';
import type { DeliveryHarness } from '../delivery/harness.ts';
import { action } from '../delivery/harness.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';

/** As the recipes name it. */
const actionName = 'OWNER/pingone-worker-app';

type Values = Readonly<Record<string, string>>;

/** Puts secrets into the repository, or into one of its GitHub environments, as a person would by hand. */
export async function putSecrets(harness: DeliveryHarness, secrets: Values, environment?: string): Promise<void> {
  const repository = `/repos/${harness.ready.github.repository}`;
  const base = repository + (environment === undefined ? '/actions/secrets' : `/environments/${environment}/secrets`);
  const key = (await harness.gitHub('GET', `${base}/public-key`)) as unknown as PublicKey;
  for (const [name, value] of Object.entries(secrets)) {
    const body = { encrypted_value: await seal(value, key), key_id: key.key_id };
    await harness.gitHub('PUT', `${base}/${name}`, body);
  }
}

/** The GitHub environments whose protection the recipes ask for. */
const protectedEnvironments = [
  'pingone-admin',
  'pingone-branches',
  'pingone-admin-staging',
  'pingone-admin-production',
];

/** Only jobs that name a protected GitHub environment can read the admin credentials and the token that writes. */
export async function setUpRepository(harness: DeliveryHarness): Promise<void> {
  const { admin, github } = harness.ready;
  const secrets = {
    PINGONE_ADMIN_CLIENT_ID: admin.clientId,
    PINGONE_ADMIN_CLIENT_SECRET: admin.clientSecret,
    PINGONE_ADMIN_ENVIRONMENT_ID: admin.environmentId,
    SECRETS_TOKEN: github.token,
  };
  for (const environment of protectedEnvironments) {
    await createEnvironment(harness, environment);
    await putSecrets(harness, secrets, environment);
  }
}

/** Creates a GitHub environment, as a person would by hand. */
export async function createEnvironment(harness: DeliveryHarness, name: string): Promise<void> {
  await harness.gitHub('PUT', `/repos/octo/sync/environments/${encodeURIComponent(name)}`, {});
}

/** What every step of a run gets from its environment, with folders of stand-ins before the PATH. */
export function stepEnvironment({ ready: { github } }: DeliveryHarness, ...folders: string[]): Record<string, string> {
  return {
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REPOSITORY_ID: github.repositoryId,
    PATH: [...folders, process.env['PATH'] ?? ''].join(delimiter),
  };
}

/** A folder for the PATH with a stand-in for a command of that name. */
export function standIn(command: string, script: string): string {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, command), script, { mode: 0o755 });
  return folder;
}

/** Runs a recipe of `examples/workflows` from the moment its run is queued; rejects where a step shows a secret. */
export async function runRecipe(
  harness: DeliveryHarness,
  recipe: string,
  options: Partial<WorkflowOptions> = {},
): Promise<WorkflowResult> {
  const { github, pingone } = harness.ready;
  const run = await runWorkflow({
    file: join(action, 'examples/workflows', recipe),
    root: action,
    action,
    actionName,
    // In earnest, the region decides on both.
    extraInputs: { 'api-url': pingone.apiUrl, 'auth-url': pingone.authUrl },
    env: stepEnvironment(harness),
    stubs: {},
    values: sandboxValues(github.apiUrl, { name: github.repository, id: Number(github.repositoryId) }),
    github: { repository: github.repository, token: github.jobToken },
    ...options,
  });
  const secrets = await harness.secrets();
  for (const { steps } of Object.values(run.jobs)) {
    for (const step of Object.values(steps)) insistOnDiscretion(step, secrets);
  }
  return run;
}
