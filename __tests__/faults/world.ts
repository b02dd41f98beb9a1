/** A sandbox with its control interface, and the action as a process, as the runner starts it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RunningStep } from '../../sandbox/runner/step.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { StepOptions } from '../../sandbox/runner/step-options.ts';
import type { Ready, SandboxOptions } from '../../sandbox/sandbox.ts';
import { startStep } from '../../sandbox/runner/step.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { startInProcess } from '../in-process/start.ts';
import type { ApplicationState, SandboxState, SeenRequest } from '../bundle/control.ts';
import { Control } from '../bundle/control.ts';
import type { Secret } from '../bundle/leaks.ts';
import { insistOnDiscretion } from '../bundle/leaks.ts';
import { Witness } from '../bundle/witness.ts';
import { png, sha256 } from '../lifecycle/images.ts';
import { root } from '../../scripts/child.mjs';

/** The folder that holds action.yml and dist/. */
export const actionFolder = root;

/** Short enough that a stall costs 1.5 s, long enough for a busy machine: every limit is a share of it. */
export const timeoutSeconds = 15;

/** An image file for the input `icon`. */
export interface Icon {
  readonly path: string;
  readonly sha256: string;
}

/** How the steps are started: as processes with the bundle, unless it says otherwise. */
export type HowToStart = Pick<StepOptions, 'startProcess'>;

/** One sandbox. `close` ends it. */
export interface World {
  readonly ready: Ready;
  /** Two files, as the icon was and as it is now. */
  readonly icons: { readonly old: Icon; readonly new: Icon };
  state(): Promise<SandboxState>;
  requests(): Promise<readonly SeenRequest[]>;
  faults(list: readonly object[]): Promise<void>;
  console(action: object): Promise<ApplicationState>;
  /** Moves the sandbox's clock. */
  advance(seconds: number): Promise<void>;
  reset(): Promise<void>;
  /** Every secret that there is, or that was sent since the last reset: no run may show any. */
  secrets(): Promise<readonly Secret[]>;
  close(): Promise<void>;
}

export async function openWorld(options: SandboxOptions = {}): Promise<World> {
  const witnesses: Witness[] = [];
  const sandbox = await startSandbox({
    ...options,
    onExchange: (exchange) => {
      options.onExchange?.(exchange);
      witnesses[0]?.observe(exchange);
    },
  });
  const { ready } = sandbox;
  const witness = new Witness(ready);
  witnesses.push(witness);
  const folder = mkdtempSync(join(tmpdir(), 'icons-'));
  const icon = (name: string, bytes: Buffer): Icon => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return { path, sha256: sha256(bytes) };
  };
  const control = new Control(ready.pingone.apiUrl);
  return {
    ready,
    icons: { old: icon('old.png', png(16)), new: icon('new.png', png(32)) },
    state: () => control.state(),
    secrets: async () => witness.all((await control.state()).applications),
    requests: () => control.requests(),
    faults: (list) => control.faults(...list),
    console: (action) => control.console(action),
    advance: (seconds) => control.advance(seconds),
    reset: async () => {
      await control.reset();
      witness.forget();
    },
    close: () => {
      rmSync(folder, { recursive: true });
      return sandbox.close();
    },
  };
}

/** The inputs that every test needs to reach the sandbox; `more` on top. */
export function inputs(
  { ready }: Pick<World, 'ready'>,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    environment: 'Sandbox',
    'admin-client-id': ready.admin.clientId,
    'admin-client-secret': ready.admin.clientSecret,
    'admin-environment-id': ready.admin.environmentId,
    'api-url': ready.pingone.apiUrl,
    'auth-url': ready.pingone.authUrl,
    timeout: String(timeoutSeconds),
    ...more,
  };
}

/** The inputs that store the credentials in the sandbox's repository. */
export const storing = ({ ready }: Pick<World, 'ready'>): Record<string, string> => ({
  'store-in': 'repository',
  'github-token': ready.github.token,
});

/**
 * Starts the bundle as a step of a workflow in the sandbox's repository. Whatever the test is about, a run that shows a
 * secret rejects.
 */
export function startAction(
  world: World,
  given: Readonly<Record<string, string>>,
  options: Partial<StepOptions> = {},
): RunningStep {
  const running = startUnwatched(world, given, options);
  const result = running.result.then(async (step) => {
    insistOnDiscretion(step, await world.secrets());
    return step;
  });
  return { ...running, result };
}

/** The same in this process, for what comes before and after the run that a test is about. */
export const runInProcess = (world: World, given: Readonly<Record<string, string>>): Promise<StepResult> =>
  startAction(world, given, { startProcess: startInProcess }).result;

/** The same, for a test that looks for secrets in a way of its own. */
export function startUnwatched(
  { ready }: Pick<World, 'ready'>,
  given: Readonly<Record<string, string>>,
  options: Partial<StepOptions> = {},
): RunningStep {
  return startStep({
    action: actionFolder,
    with: given,
    secrets: [ready.admin.clientSecret, ready.github.token],
    // An icon has to be in the workspace.
    ...(given['icon'] === undefined ? {} : { workspace: dirname(given['icon']) }),
    ...options,
    env: {
      GITHUB_API_URL: ready.github.apiUrl,
      GITHUB_REPOSITORY: ready.github.repository,
      GITHUB_REPOSITORY_ID: ready.github.repositoryId,
      ...options.env,
    },
  });
}

/** Somebody calls GitHub with all rights, as its settings pages do. */
export async function callGitHub({ ready }: World, method: string, path: string): Promise<void> {
  const { ok, status } = await fetch(ready.github.apiUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${ready.github.token}`,
      accept: 'application/vnd.github+json',
      'user-agent': 'somebody',
    },
  });
  if (!ok) throw new Error(`${method} ${path}: ${status}`);
}
