import type { Ready } from '../ready.ts';
import type { StepResult } from '../runner/step-result.ts';
import { runStep } from '../runner/step.ts';
import type { RequestCounts, SandboxControl, StoredSecret } from './control.ts';
import { fetchToken, findStoredCredentials } from './stored-credentials.ts';

/** The expected result of a run. */
export interface Expectation {
  readonly result: 'created' | 'unchanged' | 'updated';
  readonly writesToPingOne: boolean;
}

/** One run of the action with its effects. */
export interface RunReport {
  readonly step: StepResult;
  readonly requests: RequestCounts;
  readonly stored: readonly StoredSecret[];
  /** Empty if all is as expected. */
  readonly problems: readonly string[];
}

/** Runs the action once, as a step of a workflow in the sandbox's repository, and checks the result. */
export async function runOnce(
  action: string,
  ready: Ready,
  control: SandboxControl,
  expected: Expectation,
): Promise<RunReport> {
  const before = await control.requestCount();
  const step = await runStep({
    action,
    with: {
      name: 'PingDataSync',
      environment: 'Sandbox',
      description: 'Synchronizes the directory with PingOne',
      'store-in': 'repository',
      'github-token': ready.github.token,
      'admin-client-id': ready.admin.clientId,
      'admin-client-secret': ready.admin.clientSecret,
      'admin-environment-id': ready.admin.environmentId,
      'api-url': ready.pingone.apiUrl,
      'auth-url': ready.pingone.authUrl,
    },
    env: {
      GITHUB_API_URL: ready.github.apiUrl,
      GITHUB_REPOSITORY: ready.github.repository,
      GITHUB_REPOSITORY_ID: ready.github.repositoryId,
    },
    // In a workflow, these two come from `secrets`.
    secrets: [ready.admin.clientSecret, ready.github.token],
  });
  // Before the check below: its requests are not the action's.
  const requests = await control.countRequestsSince(before);
  const stored = await control.storedSecrets();
  const problems = [...checkStep(step, requests, stored, expected), ...(await checkStored(ready, stored))];
  return { step, requests, stored, problems };
}

function checkStep(
  step: StepResult,
  requests: RequestCounts,
  stored: readonly StoredSecret[],
  expected: Expectation,
): string[] {
  const problems: string[] = [];
  const result = step.outputs.get('result') ?? '(none)';
  if (step.conclusion !== 'success') problems.push(`the step ended as ${step.conclusion}, exit code ${step.exitCode}`);
  if (result !== expected.result) problems.push(`the result is ${result}, not ${expected.result}`);
  if (requests.pingone.writes > 0 !== expected.writesToPingOne) {
    problems.push(`${requests.pingone.writes || 'no'} requests wrote to PingOne`);
  }
  const shown = stored.filter(({ value }) => step.log.includes(value)).map(({ name }) => name);
  if (shown.length > 0) problems.push(`the log shows ${shown.join(', ')}`);
  return problems;
}

async function checkStored(ready: Ready, stored: readonly StoredSecret[]): Promise<string[]> {
  try {
    await fetchToken(ready.pingone.authUrl, findStoredCredentials(stored, ready.github.repository));
    return [];
  } catch (error) {
    return [`the stored credentials get no token: ${Error.isError(error) ? error.message : String(error)}`];
  }
}
