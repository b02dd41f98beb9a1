import type { Application, ApplicationRef } from '../pingone/applications.ts';
import { readApplication, replaceApplication } from '../pingone/applications.ts';
import type { ActionError } from '../errors.ts';
import { explained } from '../errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { grantRole } from '../pingone/roles.ts';
import type { Change, FieldChange } from '../worker/changes.ts';
import { describeChange } from '../worker/changes.ts';
import type { RecordState, Stored } from '../worker/record.ts';
import type { Attributes } from '../worker/target.ts';
import { replacementBody } from '../worker/target.ts';
import { createWorker } from './create.ts';
import type { ObserveContext } from './observe.ts';
import { writeRecord } from './record.ts';
import { cannotGrant, refusedAttributes } from './refusals.ts';

/** The worker after the changes were made. */
export interface AppliedWorker {
  readonly ref: ApplicationRef;
  readonly application: Application;
}

/** What `applyPlan` starts from. */
export interface ApplyInput {
  readonly environmentId: string;
  /** Undefined: the plan creates it. */
  readonly application: Application | undefined;
  readonly record: RecordState;
  /** The places that will be written to: noted before the first write. */
  readonly stored: readonly Stored[];
}

/**
 * Makes the changes of a plan, one after the other.
 *
 * @returns the worker, or `superseded` where another run turned out to have created one of this name first: then
 *   everything is to be observed again
 * @throws ActionError for the first change that fails, saying what is done and what is not
 */
export async function applyPlan(
  context: ObserveContext,
  plan: readonly Change[],
  input: ApplyInput,
): Promise<AppliedWorker | 'superseded'> {
  let worker = input.application && existing(input.environmentId, input.application);
  // The record of a worker that is there already; a new one's is written by its creation.
  if (worker) await note(context, worker.ref, input, false);

  for (const [index, change] of plan.entries()) {
    try {
      if (change.kind === 'create-application') {
        const created = await createWorker(context, input.environmentId, attributes(change.fields));
        if (created === 'superseded') return created;
        worker = created;
        await note(context, worker.ref, input, true);
      } else if (worker) {
        worker = await applyToExisting(context, change, worker);
      }
      context.session.runner.info(`Done: ${describeChange(change)}`);
    } catch (error) {
      throw withProgress(error, plan, index);
    }
  }
  if (!worker) throw new Error('a plan neither found nor created an application');
  return worker;
}

function existing(environmentId: string, application: Application): AppliedWorker {
  return { ref: { environmentId, applicationId: application.id, isNew: false }, application };
}

function note(context: ObserveContext, ref: ApplicationRef, input: ApplyInput, created: boolean): Promise<void> {
  const state: RecordState = created ? { kind: 'none', metadata: {} } : input.record;
  return writeRecord(context.session, context.pingone, ref, state, { created, stored: input.stored });
}

async function applyToExisting(
  { pingone }: ObserveContext,
  change: Exclude<Change, { kind: 'create-application' }>,
  worker: AppliedWorker,
): Promise<AppliedWorker> {
  if (change.kind === 'grant-role') {
    await grantRole(pingone, worker.ref, change.grant.roleId, change.grant.scope).catch((error: unknown) => {
      throw explainPingOne(error, `granting ${change.grant.label}`, (refusal) => cannotGrant(change.grant, refusal));
    });
    return worker;
  }
  try {
    // Read right before it is replaced: what somebody else changed meanwhile is carried back, not overwritten.
    const fresh = await readApplication(pingone, worker.ref);
    const application = await replaceApplication(
      pingone,
      worker.ref,
      replacementBody(fresh, attributes(change.fields)),
    );
    return { ...worker, application };
  } catch (error) {
    throw explainPingOne(error, `to ${describeChange(change)}`, refusedAttributes);
  }
}

function attributes(fields: readonly FieldChange[]): Attributes {
  return Object.fromEntries(fields.map(({ field, to }) => [field, to]));
}

function withProgress(error: unknown, plan: readonly Change[], failed: number): ActionError {
  const list = (changes: readonly Change[]): string => changes.map(describeChange).join('; ') || 'nothing';
  return explained(error).withAdvice(
    `Done before: ${list(plan.slice(0, failed))}. Not done: ${list(plan.slice(failed))}. The next run goes on from there.`,
  );
}
