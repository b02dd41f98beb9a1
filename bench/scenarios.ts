import { join } from 'node:path';
import { type RequestCounts, SandboxControl } from '../sandbox/demo/control.ts';
import { inputVariable, resolveInputs } from '../sandbox/runner/inputs.ts';
import { readActionMetadata } from '../sandbox/runner/metadata.ts';
import { runStep } from '../sandbox/runner/step.ts';
import type { Ready } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { timeNode } from './process-time.ts';

const action = join(import.meta.dirname, '..');

/** One round of a scenario. */
export interface Sample {
  readonly ms: number;
  /** Sent to the sandbox, both vendors together. */
  readonly requests?: number;
}

/** One row of the report: something to be timed again and again. */
export interface Scenario {
  readonly name: string;
  run(): Promise<Sample>;
  close(): Promise<void>;
}

/** What all others are compared with: Node itself, doing nothing. */
export function nothing(): Scenario {
  return {
    name: 'node -e 0',
    run: async () => ({ ms: await timeNode(['-e', '0'], process.env) }),
    close: () => Promise.resolve(),
  };
}

/** The bundle without any input, until it says so. */
export function coldStart(): Scenario {
  const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'] };
  for (const [name, value] of resolveInputs(readActionMetadata(action), {}).values) env[inputVariable(name)] = value;
  return {
    name: 'cold start, until inputs are missed',
    run: async () => ({ ms: await timeNode([join(action, 'dist', 'index.js')], env, '`name` is missing') }),
    close: () => Promise.resolve(),
  };
}

/** A run that finds everything in order. */
export async function unchangedRun(latencyMs: number): Promise<Scenario> {
  const sandbox = await startSandbox({ latencyMs });
  await runAction(sandbox.ready, 'created');
  return {
    name: `unchanged, ${latencyMs} ms latency`,
    run: () => runAction(sandbox.ready, 'unchanged'),
    close: () => sandbox.close(),
  };
}

/** A run that finds nothing. */
export async function creatingRun(latencyMs: number): Promise<Scenario> {
  const sandbox = await startSandbox({ latencyMs });
  return {
    name: `creating, ${latencyMs} ms latency`,
    run: async () => {
      await fetch(new URL('/__sandbox/reset', sandbox.ready.pingone.apiUrl), { method: 'POST' });
      return runAction(sandbox.ready, 'created');
    },
    close: () => sandbox.close(),
  };
}

/** Runs the bundle as GitHub's runner does. A run that comes to something else is no measurement. */
async function runAction(ready: Ready, expected: string): Promise<Sample> {
  const control = new SandboxControl(ready.pingone.apiUrl);
  const before = await control.requestCount();
  const step = await runStep({
    action,
    with: {
      name: 'Bench',
      environment: 'Sandbox',
      'admin-client-id': ready.admin.clientId,
      'admin-client-secret': ready.admin.clientSecret,
      'admin-environment-id': ready.admin.environmentId,
      'api-url': ready.pingone.apiUrl,
      'auth-url': ready.pingone.authUrl,
    },
  });
  const result = step.outputs.get('result');
  if (result !== expected) throw new Error(`The run was to be ${expected}, and is ${result ?? 'failed'}:\n${step.log}`);
  return { ms: step.durationMs, requests: total(await control.countRequestsSince(before)) };
}

const total = ({ pingone, github }: RequestCounts): number => pingone.all + github.all;
