/** What must be true right after the run with the fault, before another run corrects something. */
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { SandboxState } from '../bundle/control.ts';
import { wrongSecrets } from '../races/aftermath.ts';
import type { Case, Hit } from './case.ts';
import type { Flow } from './flows.ts';
import { workersIn } from './flows.ts';

/** A step that failed puts out no secret; there is no second worker, no secret that does not work, no lost origin. */
export function wrongAfterFault(before: SandboxState, after: SandboxState, one: Case, step: StepResult): string[] {
  const { flow } = one;
  const workers = workersIn(after.applications).length;
  return [
    ...(workers > 1 ? [`the faulted run left ${workers} workers`] : []),
    ...(step.conclusion !== 'success' && step.outputs.has('client-secret') ? ['a failed run put out the secret'] : []),
    ...wrongSecrets(after),
    ...wrongIntent(after, step, one),
    ...wrongOrigin(before, after, flow, step),
  ];
}

/** Only a run that may not write any more leaves its intent behind: others wait for that until it is void. */
function wrongIntent({ applications }: SandboxState, { signal }: StepResult, { hits }: Case): string[] {
  const intents = workersIn(applications).map(({ metadata }) => metadata?.['pingone-worker-app']?.intent as unknown);
  // Neither is asked for again.
  const isFinal = ({ target, fault }: Hit): boolean =>
    ['record', 'read the record'].includes(target.request.name) && ['redirect', 'other json'].includes(fault);
  // A worker that PingOne answers 404 for counts as deleted (SECURITY.md).
  const seemsDeleted = ({ target, fault }: Hit): boolean => target.request.name === 'delete' && fault === '404 a while';
  if (signal === 'SIGKILL' || hits.some(isFinal) || hits.some(seemsDeleted)) return [];
  return intents.flatMap((intent) => (intent ? [`an intent is left: ${JSON.stringify(intent)}`] : []));
}

/** What the record says of who made the worker; undefined without a record. */
export const originIn = ({ applications }: SandboxState): string | undefined =>
  (workersIn(applications)[0]?.metadata?.['pingone-worker-app'] as { origin?: string } | undefined)?.origin;

/** The run whose POST made the worker says so, unless it was stopped before it could write a record. */
function wrongOrigin(before: SandboxState, after: SandboxState, flow: Flow, step: StepResult): string[] {
  if (workersIn(after.applications).length === 0) return [];
  const earlier = workersIn(before.applications).length === 0 ? 'created' : (originIn(before) ?? 'adopted');
  const origin = originIn(after);
  const mayLack = step.conclusion !== 'success' && originIn(before) === undefined;
  if (origin === undefined && mayLack) return [];
  return origin === earlier ? [] : [`the record of the flow "${flow.name}" says ${origin}, not ${earlier}`];
}
