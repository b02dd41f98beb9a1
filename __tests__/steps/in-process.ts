import type { Exchange, Ready } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { createInterruption } from '../../src/http/send.ts';
import { createTransport } from '../../src/http/transport.ts';
import { main } from '../../src/main.ts';
import type { World } from '../../src/steps/session.ts';
import { adminInputs, Control } from '../bundle/control.ts';
import { recordingCore } from '../github/core.ts';
import { acceptErrorsOfNode } from '../http/realm.ts';

acceptErrorsOfNode();

/** What a step in this process said: calls of the toolkit by name, in order. */
export interface Said {
  readonly calls: readonly [string, ...unknown[]][];
  readonly outputs: Readonly<Record<string, string>>;
  /** The first argument of each call of this function of the toolkit. */
  readonly of: (name: string) => string[];
}

/** The step in this process, by a clock that stands still but for the step's own waiting, and skips that. */
export interface StepLab extends Control {
  readonly ready: Ready;
  /** The inputs with which the credentials are stored in the repository. */
  readonly storing: Readonly<Record<string, string>>;
  /** Milliseconds that the step slept, one after the other. */
  readonly slept: number[];
  /** What happens while the step sleeps, and right after an exchange with the sandbox. */
  readonly hooks: {
    asleep: (ms: number) => Promise<unknown> | undefined;
    exchanged: (exchange: Exchange) => void;
  };
  cancel(): void;
  /** @param other what takes the place of a part of the world of `main` */
  run(inputs?: Readonly<Record<string, string>>, other?: Partial<World>): Promise<Said>;
}

/**
 * For what takes too long to be waited for: `main` itself, against a sandbox, with a clock that jumps over every wait.
 * What needs no waiting is tested from outside, in `__tests__/bundle`.
 */
export async function inProcess(body: (lab: StepLab) => Promise<void>): Promise<void> {
  const hooks: StepLab['hooks'] = { asleep: () => undefined, exchanged: () => undefined };
  const sandbox = await startSandbox({ onExchange: (exchange) => hooks.exchanged(exchange) });
  const [stop, abandon] = [new AbortController(), new AbortController()];
  const slept: number[] = [];
  let time = Date.now();
  const clock = {
    now: () => time,
    sleep: async (ms: number) => {
      slept.push(ms);
      time += ms;
      await hooks.asleep(ms);
    },
  };
  const { ready } = sandbox;
  const run: StepLab['run'] = async (inputs = {}, other = {}) => {
    const { core, calls } = recordingCore();
    await main({
      env: environmentFor(ready, inputs),
      event: () => undefined,
      readFile: () => ({ unreadable: 'missing' }),
      core,
      transport: createTransport('test/1'),
      clock,
      random: () => 0.5,
      interruption: createInterruption(stop.signal, abandon.signal),
      giveUp: () => undefined,
      ...other,
    });
    const of = (name: string) => calls.flatMap(([called, value]) => (called === name ? [String(value)] : []));
    const outputs = calls.flatMap(([called, name, value]) => (called === 'setOutput' ? [[name, value]] : []));
    return { calls, outputs: Object.fromEntries(outputs), of };
  };
  try {
    const control = new Control(ready.pingone.apiUrl);
    const storing = { 'store-in': 'repository', 'github-token': ready.github.token };
    await body(Object.assign(control, { ready, storing, slept, hooks, cancel: () => stop.abort(), run }));
  } finally {
    await sandbox.close();
  }
}

function environmentFor({ admin, pingone, github }: Ready, inputs: Readonly<Record<string, string>>) {
  const given = {
    name: 'PingDataSync',
    environment: 'Sandbox',
    ...adminInputs(admin),
    'api-url': pingone.apiUrl,
    'auth-url': pingone.authUrl,
    ...inputs,
  };
  return {
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    GITHUB_OUTPUT: 'the toolkit is not the real one',
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REPOSITORY_ID: github.repositoryId,
  };
}
