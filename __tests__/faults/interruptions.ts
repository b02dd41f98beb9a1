/** Runs that are killed or cancelled during a request. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { Flow } from './flows.ts';
import type { Target } from './request-kinds.ts';
import type { SeenRequest } from '../bundle/control.ts';
import type { World } from './world.ts';
import { startAction } from './world.ts';

interface Interruption {
  readonly signal: 'SIGKILL' | 'SIGINT' | 'SIGTERM';
  /** What holds the request until the signal is there. */
  readonly effect: Readonly<Record<string, unknown>>;
}

// An answer that never comes: the request was or was not carried out when the run dies.
const interruptions = {
  'killed before': { signal: 'SIGKILL', effect: { stall: 'headers' } },
  'killed after': { signal: 'SIGKILL', effect: { stall: 'headers', when: 'after' } },
  cancelled: { signal: 'SIGINT', effect: { delay: 400 } },
  terminated: { signal: 'SIGTERM', effect: { delay: 400 } },
} as const satisfies Record<string, Interruption>;

export type InterruptionName = keyof typeof interruptions;

export const interruptionNames = Object.keys(interruptions) as readonly InterruptionName[];

export const isInterruption = (name: string): name is InterruptionName => name in interruptions;

const pollMs = 10;

/** What GitHub's runner allows before it gets rougher, less half a second. */
const mostMs = 7_000;

/** How many writes there are. An intent, once it is written to the record, is removed again. */
const writes = (log: readonly SeenRequest[], flow: Flow): number => {
  const announces = flow.rotates === true || flow.result === 'deleted';
  return log.filter(({ write, path }) => write && !(announces && path.endsWith('/metadata'))).length;
};

/**
 * Interrupts a run of the flow while this request is under way, and waits for its end.
 *
 * @param others faults of the same run
 * @returns how it ended, and what is wrong with that
 */
export async function interrupt(
  world: World,
  flow: Flow,
  target: Target,
  name: InterruptionName,
  others: readonly object[] = [],
): Promise<{ step: StepResult; problems: string[] }> {
  const { signal, effect } = interruptions[name];
  const { request, n } = target;
  const path = new RegExp(request.path);
  const earlier = (await world.requests()).length;
  await world.faults([{ match: { method: request.method, path: `re:${request.path}`, n }, do: effect }, ...others]);
  const running = startAction(world, flow.with(world));
  const ended = { is: false };
  const end = (): unknown => (ended.is = true);
  void running.result.then(end, end);

  let log: readonly SeenRequest[] = [];
  const isHit = ({ method, path: sent }: SeenRequest): boolean =>
    method === request.method && path.test(sent.split('?')[0] ?? '');
  while (!ended.is && log.filter(isHit).length < n) {
    await sleep(pollMs);
    log = (await world.requests()).slice(earlier);
  }
  running.send(signal);
  const sentAt = performance.now();
  const step = await running.result;
  const tookMs = performance.now() - sentAt;
  await world.faults([]);
  const late = writes((await world.requests()).slice(earlier), flow) - writes(log, flow);
  const problems = signal === 'SIGKILL' ? killedBadly(step) : cancelledBadly(step, tookMs, late, flow, target);
  return { step, problems };
}

const killedBadly = ({ signal }: StepResult): string[] =>
  signal === 'SIGKILL' ? [] : ['the run was over before it could be killed'];

function cancelledBadly(step: StepResult, tookMs: number, late: number, flow: Flow, { request, n }: Target): string[] {
  const message = step.annotations.findLast(({ level }) => level === 'error')?.message ?? '';
  // From a rotation to its last store is one section: the three stores are still made.
  const inSection = flow.rotates === true && (request.kind === 'rotate' || (request.name === 'store' && n > 3));
  const isProving = flow.rotates === true && ['prove', 'populations'].includes(request.name);
  // Nothing but reads was left when the last store was made, or nothing at all.
  const isLast = ['store', 'store variable', 'secret', 'delete image', 'delete'].includes(request.name);
  const mayEndWell = isLast || inSection || isProving;
  const endedWell = step.conclusion === 'success';
  return [
    ...(tookMs < mostMs ? [] : [`it took ${Math.round(tookMs)} ms to stop`]),
    ...(late > 0 && !inSection && !isProving ? [`${late} writes were started after the signal`] : []),
    ...(endedWell && !mayEndWell ? ['the run went on to its end'] : []),
    ...(endedWell || /^The step was cancelled: \S.*\nLikely cause: .+\nWhat to do: .+$/.test(message)
      ? []
      : [`the message is: ${message || step.log}`]),
    ...(endedWell || step.exitCode === 1 ? [] : [`the exit code is ${step.exitCode}, the signal ${step.signal}`]),
    ...wrongProgress(message, endedWell, flow, request.name),
  ];
}

/** A message that says what was done must not forget what was. */
function wrongProgress(message: string, endedWell: boolean, flow: Flow, name: string): string[] {
  if (endedWell || flow.result !== 'created' || !['create', 'record'].includes(name)) return [];
  return /Done before: (upload the icon; )?create the application[.;]/.test(message)
    ? []
    : [`it forgets what was done: ${message}`];
}
