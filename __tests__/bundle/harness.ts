import { expect } from '@jest/globals';
import type { StepOptions } from '../../sandbox/runner/step-options.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { RunningStep } from '../../sandbox/runner/step.ts';
import type { Credentials, Ready, SandboxOptions } from '../../sandbox/sandbox.ts';
import { contractGuard } from '../contract/guard.ts';
import { signIn } from '../contract/sandbox-client.ts';
import { readActionMetadata } from '../../sandbox/runner/metadata.ts';
import { startStep } from '../../sandbox/runner/step.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { adminInputs, Control } from './control.ts';
import type { Secret } from './leaks.ts';
import { findLeaks, findUnmasked } from './leaks.ts';
import { Witness } from './witness.ts';
import { root } from '../../scripts/child.mjs';

/** The repository's root, which is the action's directory. `ACTION_UNDER_TEST` names another one. */
export const action = process.env['ACTION_UNDER_TEST'] ?? root;

/** The names of the action's outputs. */
export const outputNames = Object.keys(readActionMetadata(action).outputs);

/** Inputs of the step, laid over the usual ones; undefined takes one away. */
export type Inputs = Readonly<Record<string, string | undefined>>;

/** How a step is run, beside its inputs. */
export interface RunOptions extends Pick<
  StepOptions,
  'env' | 'event' | 'oneStream' | 'onLine' | 'workspace' | 'startProcess'
> {
  /** Told about the step once it runs, to cancel it or to send it a signal. */
  readonly onStart?: (step: RunningStep) => void;
  /** A fault takes a secret out of an answer, so that the step cannot mask it. */
  readonly answersAreLost?: boolean;
  /** The step is given another toolkit or network, so that what it said and masked is the test's to look at. */
  readonly isTamperedWith?: boolean;
}

/** A sandbox, and the built action to be tried on it. */
export interface Lab extends Control {
  readonly ready: Ready;
  /** An access token, by the method Basic. */
  token(credentials: Credentials): Promise<string>;
  /** The inputs with which the credentials are stored in the repository. */
  readonly storing: Readonly<Record<string, string>>;
  /**
   * Runs the bundle as a step that asks for the worker *PingDataSync* in *Sandbox*. Whatever the test is about, no run
   * may show a secret, or leave one unmasked that it came by.
   */
  readonly run: (inputs?: Inputs, options?: RunOptions) => Promise<StepResult>;
}

export const workerName = 'PingDataSync';

/** How a test's sandbox is started, and the steps in it. */
export type LabOptions = SandboxOptions & Pick<StepOptions, 'startProcess'>;

/**
 * Starts a sandbox of its own for a test, so that tests can run side by side, and ends it. Every exchange with it is
 * held against the vendors' contracts.
 */
export async function inSandbox(
  body: (lab: Lab) => Promise<void>,
  { startProcess, ...options }: LabOptions = {},
): Promise<void> {
  const guard = contractGuard();
  const witnesses: Witness[] = [];
  const sandbox = await startSandbox({
    ...options,
    onExchange: (exchange) => {
      guard.onExchange(exchange);
      witnesses[0]?.observe(exchange);
      options.onExchange?.(exchange);
    },
  });
  const witness = new Witness(sandbox.ready);
  witnesses.push(witness);
  try {
    await body(createLab(sandbox.ready, witness, startProcess === undefined ? {} : { startProcess }));
    guard.assertClean();
  } finally {
    await sandbox.close();
  }
}

function createLab(ready: Ready, witness: Witness, usual: Pick<RunOptions, 'startProcess'>): Lab {
  const control = new Control(ready.pingone.apiUrl);
  let underWay = 0;
  let sideBySide = false;
  const run = async (
    inputs: Inputs = {},
    { onStart, answersAreLost = false, isTamperedWith = false, ...options }: RunOptions = {},
  ): Promise<StepResult> => {
    const given = definedOnly({ ...usualInputs(ready), ...inputs });
    const mark = witness.mark;
    underWay += 1;
    sideBySide ||= underWay > 1;
    const step = startStep({
      action,
      with: given,
      ...usual,
      ...options,
      env: { ...usualEnvironment(ready), ...options.env },
    });
    onStart?.(step);
    const result = await step.result;
    // Of runs side by side it is not known which of them was sent what, and of answers that are lost nothing arrived.
    const isUnknown = sideBySide || answersAreLost;
    underWay -= 1;
    sideBySide &&= underWay > 0;
    if (isTamperedWith) return result;
    const { applications } = await control.state();
    const sent = isUnknown ? [] : witness.sentSince(mark, applications);
    assertDiscretion(result, witness.all(applications), [...givenSecrets(given, options.env ?? {}), ...sent]);
    return result;
  };
  const storing = { 'store-in': 'repository', 'github-token': ready.github.token };
  const token = (credentials: Credentials): Promise<string> => signIn(ready.pingone.authUrl, credentials);
  return Object.assign(control, { ready, storing, run, token });
}

function assertDiscretion(result: StepResult, all: readonly Secret[], received: readonly Secret[]): void {
  expect(findLeaks(result, [...all, ...received])).toEqual([]);
  expect(findUnmasked(result, received)).toEqual([]);
  expect([...result.env, ...result.state, ...result.path]).toEqual([]);
}

/** The credentials that the step was started with. */
function givenSecrets(inputs: Readonly<Record<string, string>>, env: NonNullable<RunOptions['env']>): Secret[] {
  const values = [
    { label: '`admin-client-secret`', value: inputs['admin-client-secret'], clientId: inputs['admin-client-id'] ?? '' },
    { label: '`admin-client-assertion`', value: inputs['admin-client-assertion'] },
    { label: '`admin-private-key`', value: inputs['admin-private-key'] },
    { label: '`access-token`', value: inputs['access-token'] },
    { label: '`github-token`', value: inputs['github-token'] },
    { label: 'PINGONE_CLIENT_SECRET', value: env['PINGONE_CLIENT_SECRET'] },
    { label: 'PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET', value: env['PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET'] },
    { label: 'PINGONE_API_ACCESS_TOKEN', value: env['PINGONE_API_ACCESS_TOKEN'] },
  ];
  return values.flatMap(({ value = '', ...secret }) =>
    value.trim() === '' ? [] : [{ ...secret, value: value.trim() }],
  );
}

function usualInputs({ pingone, admin }: Ready): Record<string, string> {
  return {
    name: workerName,
    environment: 'Sandbox',
    ...adminInputs(admin),
    'api-url': pingone.apiUrl,
    'auth-url': pingone.authUrl,
    timeout: '60',
  };
}

function usualEnvironment({ github }: Ready): Record<string, string> {
  return {
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REPOSITORY_ID: github.repositoryId,
  };
}

function definedOnly(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
