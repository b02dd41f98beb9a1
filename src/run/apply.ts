// Applies the changes of a plan, in order.
import type { Application } from '../pingone/applications.ts';
import { clientIdOf, readApplication, replaceApplication, wasJustCreated } from '../pingone/applications.ts';
import { explainPingOne } from '../pingone/errors.ts';
import type { Attributes } from '../reconcile/attributes.ts';
import { replacementBody } from '../reconcile/attributes.ts';
import type { Change, FieldChange } from '../reconcile/diff.ts';
import { describeChange } from '../reconcile/diff.ts';
import type { OwnerFacts, RecordEdit, RecordState, Stored } from '../reconcile/ownership.ts';
import { allEdits, noteOwner, noteSecret, noteWriting } from '../reconcile/ownership.ts';
import { inline } from '../text.ts';
import type { AppliedWorker, NotedWorker, StepContext } from './context.ts';
import { createWorker, refusedAttributes, resolveDuplicate } from './create.ts';
import { credentialsVersion, readNewSecret } from './credentials.ts';
import type { UploadedIcon } from './icon.ts';
import { discardUpload, pointsTo, removeObsoleteImage, uploadIcon } from './icon.ts';
import { normalizedBy } from './plan.ts';
import type { RecordUpdate } from './record.ts';
import { refuseIfTearingDown, updateRecord } from './record.ts';
import { applyGrants } from './roles.ts';

/** The input of `applyPlan`. */
export interface ApplyInput {
  readonly environmentId: string;
  /** Undefined if the plan creates it. */
  readonly application: Application | undefined;
  readonly record: RecordState;
  /** The targets that the run will write to. They are recorded before the first write. */
  readonly stored: readonly Stored[];
}

/**
 * Applies a plan to the application and its roles: the attributes in one request, then each role.
 *
 * @returns the worker, or `superseded` if another run created a worker of this name first: then observe again
 * @throws ActionError for the first change that fails
 */
export async function applyPlan(
  context: StepContext,
  plan: readonly Change[],
  input: ApplyInput,
): Promise<NotedWorker | 'superseded'> {
  const { runner, progress } = context.run;
  const finish = (change: Change): void => {
    progress.finish(describeChange(change));
    runner.info(`Done: ${describeChange(change)}`);
  };
  const upload = plan.find((change) => change.kind === 'upload-icon');
  const icon = upload && (await uploadIcon(context, input.environmentId));
  const attributes = plan.filter((change) => change.kind !== 'grant-role' && change.kind !== 'rotate-secret');
  const worker = await applyAttributes(context, attributes, input, icon, () => attributes.forEach(finish));
  if (worker === 'superseded') {
    attributes.map(describeChange).forEach(progress.drop);
    return worker;
  }

  const ownerFacts = {
    created: worker.isCreated,
    icon: icon ?? (clearsIcon(plan) ? null : undefined),
    normalized: normalizedBy(plan, worker.application),
  };
  const noting = startNoting(context, worker, input, ownerFacts);
  await noting.written;
  const ahead = worker.isCreated ? (worker.secret ?? readNewSecret(context, worker)) : undefined;
  const rest = [applyGrants(context, worker.ref, plan, finish), noting.update] as const;
  await Promise.allSettled(rest);
  const [, { state, refused }] = await Promise.all(rest);
  if (input.application && (icon || clearsIcon(plan))) {
    await removeObsoleteImage(context, input.environmentId, input.record);
  }
  return { ...worker, seen: input.record, record: state, recordRefused: refused, ownerFacts, secret: await ahead };
}

function clearsIcon(plan: readonly Change[]): boolean {
  return plan.some(({ kind }) => kind === 'remove-icon');
}

/** A running update of the record: `written` resolves before the record is read back. */
interface Noting {
  readonly written: Promise<unknown>;
  readonly update: Promise<RecordUpdate>;
}

function startNoting(
  context: StepContext,
  worker: AppliedWorker,
  { record, stored }: ApplyInput,
  facts: OwnerFacts,
): Noting {
  const { ref, isCreated } = worker;
  const { run, pingone } = context;
  const { owner } = run.settings.run;
  if (!owner) {
    run.runner.notice(
      'The runner does not provide the ID of the repository (GITHUB_REPOSITORY_ID), so there is no record.',
    );
    const state = Promise.resolve({ state: record });
    return { written: state, update: state };
  }
  const belongsTo = belongsToNotice(record);
  if (belongsTo !== undefined && !isCreated) run.runner.notice(belongsTo);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const seen: RecordState = isCreated ? { kind: 'none', metadata: {} } : record;
  const edit = allEdits(
    noteOwner(owner, facts),
    noteWriting(owner, stored, run.instanceId),
    notePresentSecret(context, worker),
  );
  const update = updateRecord(context, ref, seen, edit, { isNew: isCreated, onWritten: () => resolve(undefined) }).then(
    (updated) => {
      if (stored.length > 0) refuseIfTearingDown(updated.state, pingone.now());
      if (updated.refused !== undefined) run.runner.notice(refusedNotice(updated));
      return updated;
    },
  );
  return { written: Promise.race([promise, update]), update };
}

/** A new worker's secret, as far as it is known by now, is noted with the rest: later that is one more write. */
function notePresentSecret({ pingone }: StepContext, { application, secret }: AppliedWorker): RecordEdit {
  if (!secret) return (record) => record;
  const version = credentialsVersion(clientIdOf(application), secret.secret);
  return noteSecret(version, new Date(pingone.now()).toISOString(), undefined);
}

function belongsToNotice(record: RecordState): string | undefined {
  if (record.kind === 'unreadable') {
    return "The worker's record was written by a later version of this action, or is damaged. It is not changed.";
  }
  if (record.kind !== 'foreign') return undefined;
  const owner = inline(record.record.owner.repository, 100);
  return `The worker's record belongs to ${owner}. This run only records where it stores the credentials.`;
}

function refusedNotice({ state, refused = '' }: RecordUpdate): string {
  return 'metadata' in state && state.kind !== 'none'
    ? `PingOne refused to change the worker's record: ${refused}`
    : `PingOne does not store application metadata here, so there is no record: ${refused}`;
}

async function applyAttributes(
  context: StepContext,
  changes: readonly Change[],
  { environmentId, application }: ApplyInput,
  icon: UploadedIcon | undefined,
  finish: () => void,
): Promise<AppliedWorker | 'superseded'> {
  const image = icon ? { icon: { id: icon.imageId, href: icon.href } } : {};
  const attributes: Attributes = Object.fromEntries(
    [image, ...changes.map(attributesOf)].flatMap((part) => Object.entries(part)),
  );
  let isUsed = false;
  try {
    if (!application) {
      const worker = await createWorker(context, environmentId, attributes);
      if (worker === 'superseded') return worker;
      isUsed = true;
      finish();
      const ahead = readNewSecret(context, worker, true);
      isUsed = (await resolveDuplicate(context, worker)) === 'resolved';
      // The record does not wait for the secret.
      return isUsed ? { ...worker, secret: await Promise.race([ahead, Promise.resolve(undefined)]) } : 'superseded';
    }
    const worker = await replaceAttributes(context, environmentId, application, changes, attributes);
    isUsed = true;
    finish();
    return worker;
  } finally {
    const isUnused = icon && !isUsed && !(await pointsTo(context, environmentId, application, icon));
    if (isUnused) await discardUpload(context, environmentId, icon);
  }
}

async function replaceAttributes(
  context: StepContext,
  environmentId: string,
  application: Application,
  changes: readonly Change[],
  attributes: Attributes,
): Promise<AppliedWorker> {
  const isNew = wasJustCreated(application, context.pingone.now());
  const ref = { environmentId, applicationId: application.id, isNew };
  if (changes.length === 0) return { ref, application, isCreated: false };
  try {
    // Read again right before the PUT, so that changes by others are not overwritten.
    const fresh = await readApplication(context.pingone, ref);
    const body = replacementBody(fresh, attributes);
    return { ref, application: await replaceApplication(context.pingone, ref, body), isCreated: false };
  } catch (error) {
    throw explainPingOne(
      error,
      `updating the application (${changes.map(describeChange).join(', ')})`,
      refusedAttributes,
    );
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
