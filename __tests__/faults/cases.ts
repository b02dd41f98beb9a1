/** The matrix: every fault for every request of every flow. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { Case } from './case.ts';
import { wrongAfterFault } from './after-fault.ts';
import { problemsWith } from './end-state.ts';
import { expectedOf } from './expected.ts';
import type { FaultName } from './fault-list.ts';
import { faultNames, faultOn } from './fault-list.ts';
import type { Flow } from './flows.ts';
import { flows } from './flows.ts';
import { interrupt, interruptionNames, isInterruption } from './interruptions.ts';
import type { Target } from './request-kinds.ts';
import { requestNames, targetsOf } from './request-kinds.ts';
import type { HowToStart, World } from './world.ts';
import { openWorld, runInProcess, startAction, timeoutSeconds } from './world.ts';

/** A host that must never hear from the action: where redirects lead. */
export async function openElsewhere(): Promise<{ origin: string; hits: () => number; close: () => void }> {
  let hits = 0;
  const server = createServer((_, response) => {
    hits += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, hits: () => hits, close: () => void server.close() };
}

/** The requests of each flow, found by running it once without faults. */
export async function targetsByFlow(): Promise<ReadonlyMap<Flow, readonly Target[]>> {
  const world = await openWorld();
  const found = new Map<Flow, readonly Target[]>();
  try {
    for (const flow of flows) found.set(flow, await targetsIn(world, flow));
  } finally {
    await world.close();
  }
  return found;
}

async function targetsIn(world: World, flow: Flow): Promise<readonly Target[]> {
  await world.reset();
  await flow.prepare(world);
  const before = (await world.requests()).length;
  const { conclusion, log } = await runInProcess(world, flow.with(world));
  if (conclusion !== 'success') throw new Error(`${flow.name} fails without any fault:\n${log}`);
  const requests = (await world.requests()).slice(before);
  return targetsOf(requests, requestNames(world.ready.admin.environmentId));
}

export async function allCases(): Promise<Case[]> {
  return [...(await targetsByFlow())].flatMap(([flow, targets]) =>
    targets.flatMap((target) =>
      [...faultNames, ...interruptionNames].map((fault) => ({ flow, hits: [{ target, fault }] })),
    ),
  );
}

/** What a run may take beyond `timeout`: what is under way comes to its end. */
const graceMs = 7_000;

/** Runs one case: the flow with the faults, then once more without. What is wrong afterwards; empty when it survived. */
export async function survive(world: World, one: Case, elsewhere: string, how: HowToStart): Promise<string[]> {
  const { flow } = one;
  await world.reset();
  await flow.prepare(world);
  const before = await world.state();
  const broken = await breakRun(world, one, elsewhere, how);
  const { durationMs } = broken.step;
  const problems = [
    ...broken.problems,
    ...(durationMs < 1000 * timeoutSeconds + graceMs ? [] : [`the faulted run took ${Math.round(durationMs)} ms`]),
    ...wrongAfterFault(before, await world.state(), one, broken.step),
  ];
  const clean = await runInProcess(world, flow.with(world));
  return [...problems, ...(await problemsWith(world, one, before, clean))];
}

async function breakRun(
  world: World,
  { flow, hits }: Case,
  elsewhere: string,
  how: HowToStart,
): Promise<{ step: StepResult; problems: string[] }> {
  const faults = hits.flatMap(({ target, fault }) =>
    isInterruption(fault) ? [] : [faultOn(target, fault, elsewhere)],
  );
  const [last] = hits.slice(-1);
  const [only] = hits.length === 1 ? hits : [];
  if (last && isInterruption(last.fault)) {
    const { step, problems } = await interrupt(world, flow, last.target, last.fault, faults);
    // Beside other faults the run may end before, and needs longer for what is under way.
    return { step, problems: only ? problems : [] };
  }
  await world.faults(faults);
  // With debug logging: nothing of what it shows may be a secret either.
  const step = await startAction(world, flow.with(world), { env: { RUNNER_DEBUG: '1' }, ...how }).result;
  await world.faults([]);
  return { step, problems: only ? unexpected(step, flow, only.target, only.fault as FaultName) : badEnd(step) };
}

/** The first line of the message that ended a step. */
export const firstLine = (step: StepResult): string => lastMessage(step).split('\n')[0] ?? '';

function unexpected(step: StepResult, flow: Flow, target: Target, fault: FaultName): string[] {
  const expected = expectedOf(flow.name, target, fault);
  if (expected === 'recovers') return notRecovered(step, flow);
  const isThrough = step.conclusion === 'success';
  if ('either' in expected) return isThrough ? notRecovered(step, flow) : notStopped(step, expected.either);
  return isThrough ? ['the run should stop, but got through'] : notStopped(step, expected);
}

/** What a lost answer made already is found, not made again. */
function notRecovered(step: StepResult, flow: Flow): string[] {
  const result = step.outputs.get('result') ?? '';
  const results = { created: /^(created|updated|unchanged)$/, deleted: /^(deleted|absent)$/ };
  const wanted = flow.result in results ? results[flow.result as 'created'] : new RegExp(`^${flow.result}$`);
  const isThrough = step.conclusion === 'success' && wanted.test(result);
  return isThrough ? [] : [`the run should recover, but: ${firstLine(step) || step.log}`];
}

function notStopped(step: StepResult, expected: RegExp): string[] {
  const message = lastMessage(step);
  const isExpected = expected.test(message);
  return [
    ...(isExpected ? [] : [`the run should stop with ${expected.source}, but says: ${message}`]),
    ...badEnd(step),
  ];
}

const lastMessage = (step: StepResult): string =>
  step.annotations.findLast(({ level }) => level === 'error')?.message ?? '';

/** A run that fails says so in three lines, and by its exit code. */
export function badEnd(step: StepResult): string[] {
  if (step.conclusion === 'success') return [];
  const message = lastMessage(step);
  return [
    ...(/^.+\nLikely cause: .+\nWhat to do: .+$/.test(message) ? [] : [`the message is not three lines: ${message}`]),
    ...(step.exitCode === 1 ? [] : [`the exit code is ${step.exitCode}`]),
  ];
}
