import type { StartProcess } from '../../sandbox/runner/process.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { Exchange } from '../../sandbox/sandbox.ts';
import { createInterruption } from '../../src/http/send.ts';
import type { Dependencies } from '../../src/run/context.ts';
import { inSandbox } from '../bundle/harness.ts';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { startBy } from './start.ts';

/** What a step said, by the function of the toolkit that said it, in order. */
export interface Said {
  readonly outputs: Readonly<Record<string, string>>;
  readonly of: (name: 'setFailed' | 'warning' | 'notice' | 'info') => readonly string[];
}

/** The step in this process, by a clock that stands still but for the step's own waiting, and skips that. */
export interface StepLab extends Omit<Lab, 'run'> {
  /** Milliseconds that the step slept, one after the other. */
  readonly slept: number[];
  /** What happens while the step sleeps, and right after an exchange with the sandbox. */
  readonly hooks: {
    asleep: (ms: number) => Promise<unknown> | undefined;
    exchanged: (exchange: Exchange) => void;
  };
  cancel(): void;
  /** @param other what takes the place of a part of the world of `main`, to tamper with it */
  run(inputs?: Inputs, other?: Partial<Dependencies>): Promise<Said>;
}

/** For what takes too long to be waited for, and what has to happen at one moment of a run. */
export async function inProcess(body: (lab: StepLab) => Promise<void>): Promise<void> {
  const hooks: StepLab['hooks'] = { asleep: () => undefined, exchanged: () => undefined };
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
  const world = { clock, random: () => 0.5, interruption: createInterruption(stop.signal, abandon.signal) };
  await inSandbox(
    async (lab) => {
      const outside = lab.run;
      const run = async (inputs?: Inputs, other?: Partial<Dependencies>): Promise<Said> => {
        const startProcess: StartProcess = (options) => startBy(options, { ...world, ...other });
        const isTamperedWith = other !== undefined;
        return saidIn(await outside({ timeout: undefined, ...inputs }, { startProcess, isTamperedWith }));
      };
      await body(Object.assign(lab as Omit<Lab, 'run'>, { slept, hooks, cancel: () => stop.abort(), run }));
    },
    { onExchange: (exchange) => hooks.exchanged(exchange) },
  );
}

const levels = { setFailed: 'error', warning: 'warning', notice: 'notice' } as const;

function saidIn({ annotations, events, outputs }: StepResult): Said {
  return {
    outputs: Object.fromEntries(outputs),
    of: (name) =>
      name === 'info'
        ? events.flatMap((event) => (event.kind === 'line' && !event.text.startsWith('::') ? [event.text] : []))
        : annotations.filter(({ level }) => level === levels[name]).map(({ message }) => message),
  };
}
