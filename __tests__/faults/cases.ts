/** The matrix: every request of every flow, times every fault. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { problemsWith } from './end-state.ts';
import { expectedOf } from './expected.ts';
import type { FaultName } from './fault-list.ts';
import { faultNames, faultOn } from './fault-list.ts';
import type { Flow } from './flows.ts';
import { flows, workersIn } from './flows.ts';
import type { InterruptionName } from './interruptions.ts';
import { interrupt, interruptionNames, isInterruption } from './interruptions.ts';
import type { Target } from './request-kinds.ts';
import { requestNames, targetsOf } from './request-kinds.ts';
import type { HowToStart, World } from './world.ts';
import { openWorld, runInProcess, startAction } from './world.ts';

export interface Case {
  readonly flow: Flow;
  readonly target: Target;
  readonly fault: FaultName | InterruptionName;
}

/** `create: secret #1, reset before` */
export const titleOf = ({ flow, target, fault }: Case): string =>
  `${flow.name}: ${target.request.name} #${target.n}, ${fault}`;

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
  for (const flow of flows) {
    await world.reset();
    await flow.prepare(world);
    const before = (await world.requests()).length;
    const { conclusion, log } = await runInProcess(world, flow.with(world));
    if (conclusion !== 'success') throw new Error(`${flow.name} fails without any fault:\n${log}`);
    const requests = (await world.requests()).slice(before);
    found.set(flow, targetsOf(requests, requestNames(world.ready.admin.environmentId)));
  }
  await world.close();
  return found;
}

export async function allCases(): Promise<Case[]> {
  return [...(await targetsByFlow())].flatMap(([flow, targets]) =>
    targets.flatMap((target) => [...faultNames, ...interruptionNames].map((fault) => ({ flow, target, fault }))),
  );
}

/** Runs one case: the flow with the fault, then once more without. What is wrong afterwards; empty when it survived. */
export async function survive(world: World, one: Case, elsewhere: string, how: HowToStart): Promise<string[]> {
  const { flow, target, fault } = one;
  await world.reset();
  await flow.prepare(world);
  const before = await world.state();
  const broken = isInterruption(fault)
    ? await interrupt(world, flow, target, fault)
    : await breakBy(fault, world, one, { elsewhere, ...how });
  const problems = [...broken.problems, ...(await untouchedWhenStopped(world, broken.step))];
  const clean = await runInProcess(world, flow.with(world));
  return [...problems, ...(await problemsWith(world, flow, before, clean))];
}

async function breakBy(
  fault: FaultName,
  world: World,
  { flow, target }: Case,
  { elsewhere, ...how }: HowToStart & { readonly elsewhere: string },
): Promise<{ step: StepResult; problems: string[] }> {
  await world.faults([faultOn(target, fault, elsewhere)]);
  // With debug logging: nothing of what it shows may be a secret either.
  const step = await startAction(world, flow.with(world), { env: { RUNNER_DEBUG: '1' }, ...how }).result;
  await world.faults([]);
  return { step, problems: unexpected(step, flow, target, fault) };
}

/** The first line of the message that ended a step. */
export const firstLine = (step: StepResult): string =>
  step.annotations.findLast(({ level }) => level === 'error')?.message.split('\n')[0] ?? '';

function unexpected(step: StepResult, flow: Flow, target: Target, fault: FaultName): string[] {
  const expected = expectedOf(flow.name, target, fault);
  if (expected === 'recovers') {
    const result = step.outputs.get('result') ?? '';
    // What a lost answer made already is found, not made again.
    const results = { created: /^(created|updated|unchanged)$/, deleted: /^(deleted|absent)$/ };
    const wanted = flow.result in results ? results[flow.result as 'created'] : new RegExp(`^${flow.result}$`);
    const isThrough = step.conclusion === 'success' && wanted.test(result);
    return isThrough ? [] : [`the run should recover, but: ${firstLine(step) || step.log}`];
  }
  if (step.conclusion === 'success') return ['the run should stop, but got through'];
  const message = step.annotations.findLast(({ level }) => level === 'error')?.message ?? '';
  return [
    ...(expected.test(message) ? [] : [`the run should stop with ${expected.source}, but says: ${message}`]),
    ...(/^.+\nLikely cause: .+\nWhat to do: .+$/.test(message) ? [] : [`the message is not three lines: ${message}`]),
    ...(step.exitCode === 1 ? [] : [`the exit code is ${step.exitCode}`]),
  ];
}

/** A step that failed hands on no secret, and leaves no second worker. */
async function untouchedWhenStopped(world: World, step: StepResult): Promise<string[]> {
  const workers = workersIn((await world.state()).applications).length;
  return [
    ...(workers > 1 ? [`the faulted run left ${workers} workers`] : []),
    ...(step.conclusion !== 'success' && step.outputs.has('client-secret') ? ['a failed run put out the secret'] : []),
  ];
}
