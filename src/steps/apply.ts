import type { Application, ApplicationRef } from '../pingone/applications.ts';
import { clientIdOf, readApplication, replaceApplication, wasJustCreated } from '../pingone/applications.ts';
import { explainPingOne } from '../pingone/explain.ts';
import { grantRole } from '../pingone/roles.ts';
import type { Change, FieldChange } from '../worker/changes.ts';
import { describeChange } from '../worker/changes.ts';
import { normalizedBy } from '../worker/normalized.ts';
import type { RecordState, Stored } from '../worker/record.ts';
import type { Attributes } from '../worker/target.ts';
import { replacementBody } from '../worker/target.ts';
import type { AppliedWorker, StepContext } from './context.ts';
import { createWorker, settleRace } from './create.ts';
import { readSecretAhead } from './credentials.ts';
import type { UploadedIcon } from './icon.ts';
import { removeObsoleteImage, uploadIcon } from './icon.ts';
import { writeRecord } from './record.ts';
import { cannotGrant, refusedAttributes } from './refusals.ts';

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
 * Makes the changes of a plan to the application and its roles, one after the other; the attributes in one request.
 *
 * @returns the worker, or `superseded` where another run turned out to have created one of this name first: then
 *   everything is to be observed again
 * @throws ActionError for the first change that fails
 */
export async function applyPlan(
  context: StepContext,
  plan: readonly Change[],
  input: ApplyInput,
): Promise<AppliedWorker | 'superseded'> {
  const { runner, progress } = context.session;
  const finish = (change: Change): void => {
    progress.finish(describeChange(change));
    runner.info(`Done: ${describeChange(change)}`);
  };
    const upload = plan.find((change) => change.kind === 'upload-icon');
    const icon = upload && (await uploadIcon(context, input.environmentId));
    const attributes = plan.filter((change) => change.kind !== 'grant-role' && change.kind !== 'rotate-secret');
    const worker = await applyAttributes(context, attributes, input, icon);
    if (worker === 'superseded') return worker;
    attributes.forEach(finish);
    const isCreated = input.application === undefined;
    if (isCreated && (await settleRace(context, worker)) === 'superseded') {
      attributes.map(describeChange).forEach(progress.drop);
      return 'superseded';
    }

    const noted = {
      created: isCreated,
      stored: input.stored,
      icon: icon ?? (clearsIcon(plan) ? null : undefined),
      normalized: normalizedBy(plan, worker.application),
    };
    await writeRecord(context, worker.ref, isCreated ? { kind: 'none', metadata: {} } : input.record, noted);
    if (input.application && (icon || clearsIcon(plan))) {
      await removeObsoleteImage(context, input.environmentId, input.record);
    }
    // PingOne makes a new application's secret by itself, and roles that the admin credentials may grant never hide it.
    const ahead = isCreated
      ? readSecretAhead(context.session, context.pingone, worker.ref, clientIdOf(worker.application))
      : undefined;
    for (const change of plan) {
      if (change.kind !== 'grant-role') continue;
      await applyGrant(context, worker.ref, change);
      finish(change);
    }
    return { ...worker, secret: await ahead };
}

function clearsIcon(plan: readonly Change[]): boolean {
  return plan.some(({ kind }) => kind === 'remove-icon');
}

async function applyAttributes(
  context: StepContext,
  changes: readonly Change[],
  { environmentId, application }: ApplyInput,
  icon: UploadedIcon | undefined,
): Promise<AppliedWorker | 'superseded'> {
  const image = icon ? { icon: { id: icon.imageId, href: icon.href } } : {};
  const attributes: Attributes = Object.fromEntries(
    [image, ...changes.map(attributesOf)].flatMap((part) => Object.entries(part)),
  );
  if (!application) return createWorker(context, environmentId, attributes);

  const isNew = wasJustCreated(application, context.pingone.now());
  const ref = { environmentId, applicationId: application.id, isNew };
  if (changes.length === 0) return { ref, application };
  try {
    // Read right before it is replaced: what somebody else changed meanwhile is carried back, not overwritten.
    const fresh = await readApplication(context.pingone, ref);
    return { ref, application: await replaceApplication(context.pingone, ref, replacementBody(fresh, attributes)) };
  } catch (error) {
    throw explainPingOne(error, `to ${changes.map(describeChange).join(', ')}`, refusedAttributes);
  }
}

function attributesOf(change: Change): Attributes {
  switch (change.kind) {
    case 'create-application':
    case 'update-application':
      return Object.fromEntries(change.fields.map(({ field, to }: FieldChange) => [field, to]));
    case 'rename-application':
      return { name: change.to };
    case 'remove-icon':
      return { icon: null };
    case 'upload-icon':
    case 'grant-role':
    case 'rotate-secret':
    case 'delete-application':
      return {};
  }
}

async function applyGrant(
  { pingone }: StepContext,
  ref: ApplicationRef,
  { grant }: Extract<Change, { kind: 'grant-role' }>,
): Promise<void> {
  await grantRole(pingone, ref, grant.roleId, grant.scope).catch((error: unknown) => {
    throw explainPingOne(error, `granting ${grant.label}`, (refusal) => cannotGrant(grant, refusal));
  });
}
