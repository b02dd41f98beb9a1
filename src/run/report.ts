// The results for the user: the plan and the result in the log, the job summary, the outputs.
import { relative } from 'node:path';
import type { ActionError } from '../errors.ts';
import { namesFor, targetLabel } from '../github/names.ts';
import type { Runner } from '../github/runner.ts';
import { createRedactor } from '../github/runner.ts';
import type { ChangeRow, FailureFacts, SecretsRow, SummaryFacts, SummaryOutcome } from '../github/summary.ts';
import { failureSummaryOf, summaryOf } from '../github/summary.ts';
import { consoleLabel, consoleUrl, consoleValue, deliveredAddresses } from '../pingone/addresses.ts';
import type { Application } from '../pingone/applications.ts';
import { clientIdOf } from '../pingone/applications.ts';
import type { Environment } from '../pingone/environments.ts';
import type { Change, Notes, ReportedChange, Result } from '../reconcile/diff.ts';
import { reportedChanges, resultOf } from '../reconcile/diff.ts';
import type { HeldRole } from '../reconcile/roles.ts';
import type { Settings } from '../settings.ts';
import { inline, sentenceList, toMinute } from '../text.ts';
import type { ProcessDependencies, RunContext } from './context.ts';
import { shownName } from './context.ts';
import type { DeliveredCredentials } from './deliver-credentials.ts';
import type { ReachedEnvironment } from './progress.ts';
import type { NamedEntry } from './targets.ts';
import { describeEntryTarget, namesOf } from './targets.ts';

/** The result of a successful run. */
export interface RunOutcome {
  /** Undefined if the environment was deleted. */
  readonly environment: Environment | undefined;
  /** Undefined if the worker does not exist. */
  readonly application: Application | undefined;
  readonly result: Result;
  /** The changes that were made, or would be in a dry run. */
  readonly plan: readonly Change[];
  /** Undefined in a dry run and in a teardown. */
  readonly delivered?: DeliveredCredentials;
  /** How old the secret is and when it will be rotated, if `rotate-secret` is an age. */
  readonly secretAge?: string | undefined;
  /** The secrets in GitHub that were deleted, or would be in a dry run. */
  readonly deleted?: readonly NamedEntry[];
  /** The roles that the worker holds. */
  readonly roles?: readonly HeldRole[];
}

/** The step's outputs by name, in the order in which they are set. */
export function outputsOf({ settings, runner }: RunContext, outcome: RunOutcome): Record<string, string> {
  const { environment, application, plan, result } = outcome;
  const addresses = environment && deliveredAddresses(settings, environment.id);
  const isPresent = application !== undefined && (settings.dryRun || result !== 'deleted');
  return {
    ...(isPresent ? { 'client-id': clientIdOf(application) } : {}),
    ...secretOutputs(settings.outputSecret, outcome.delivered),
    ...(environment ? { 'environment-id': environment.id } : {}),
    ...(isPresent ? { 'application-id': application.id } : {}),
    result,
    changed: String(plan.length > 0),
    changes: JSON.stringify(withoutIds(runner.redactAll(reportedChanges(plan)), outcome)),
    'api-url': settings.apiUrl,
    'auth-url': addresses?.authUrl ?? settings.authUrl,
    ...(addresses ? { 'token-endpoint': addresses.tokenEndpoint } : {}),
    stored: JSON.stringify(outcome.delivered?.stored ?? []),
    'datasync-files': JSON.stringify(outcome.delivered?.dataSyncFiles ?? []),
  };
}

/**
 * Job outputs with masked values are dropped by the runner, so `changes` must not contain one. A description or a
 * redirect URI may contain an ID.
 */
function withoutIds<T>(changes: T, { environment, application }: RunOutcome): T {
  const ids = createRedactor();
  for (const id of [environment?.id, application?.id, application && clientIdOf(application)]) ids.add(id ?? '');
  return ids.redactAll(changes);
}

function secretOutputs(outputSecret: boolean, delivered: DeliveredCredentials | undefined): Record<string, string> {
  const { credentials, rotated = false } = delivered ?? {};
  return {
    ...(outputSecret && credentials ? { 'client-secret': credentials.clientSecret } : {}),
    'credentials-version': credentials?.version ?? '',
    'secret-rotated': String(rotated),
    'previous-secret-expires-at': credentials?.previous?.expiresAt ?? '',
    'previous-secret-last-used': credentials?.previous?.lastUsed ?? '',
  };
}

/** Logs the plan. */
export function logPlan({ runner, settings }: RunContext, plan: readonly Change[], notes: Notes): void {
  const found =
    plan.length === 0 ? 'matches the inputs: no changes' : `${isNew(plan) ? 'does not exist' : 'differs'}; changes:`;
  runner.section('Plan');
  runner.info(`Worker "${shownName(settings)}" ${found}`);
  if (notes.secretAge !== undefined) runner.info(notes.secretAge);
  for (const change of reportedChanges(plan)) {
    runner.info(`  ${changeLine(change)}`);
    if (change.warning !== undefined) runner.warning(`${subjectOf(change)}: ${change.warning}.`);
  }
  // The admin application of a dry run may have fewer permissions than that of the real run.
  if (notes.unreadableSecret !== undefined) {
    (settings.dryRun ? runner.notice : runner.warning)(notes.unreadableSecret);
  }
  notes.warnings.forEach(runner.warning);
  notes.notices.forEach(runner.notice);
  const beyond = notes.heldRoles.filter(({ isBeyond }) => isBeyond).map(({ label }) => label);
  if (beyond.length > 0) runner.info(`Roles that \`roles\` does not list (not changed): ${sentenceList(beyond)}`);
  runner.section('Apply');
}

function isNew(plan: readonly Change[]): boolean {
  return resultOf(plan) === 'created';
}

/** `Token endpoint authentication method`, as PingOne's console labels it, or the kind of the change. */
function subjectOf({ kind, field, to }: ReportedChange): string {
  if (kind === 'grant-role') return `Role ${inline(String(to), 100)}`;
  if (field !== undefined) return consoleLabel(field) ?? field;
  const words = kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One change on one line: `update application, enabled: false -> true`. */
function changeLine(change: ReportedChange): string {
  const verb = change.kind.replaceAll('-', ' ');
  const what = change.field === undefined ? verb : `${verb}, ${change.field}`;
  if (!('to' in change)) return what;
  const before = change.from === undefined || (change.from === null && change.kind === 'create-application');
  return `${what}: ${before ? '' : `${shownValue(change.from)} -> `}${shownValue(change.to)}`;
}

function shownValue(value: unknown): string {
  if (value === null) return 'none';
  return inline(JSON.stringify(value), 200);
}

/** Writes the result to the log and the job summary. */
export function report(run: RunContext, outcome: RunOutcome): void {
  const { runner, settings } = run;
  const name = shownName(settings);
  if (outcome.delivered?.previousUse !== undefined) runner.info(outcome.delivered.previousUse);
  const where = outcome.environment ? ` in "${inline(outcome.environment.name, 100)}"` : '';
  runner.section(undefined);
  const rotated = outcome.delivered?.rotated ? ', client secret rotated' : '';
  runner.info(`Worker "${name}"${where}: ${settings.dryRun ? 'would be ' : ''}${outcome.result}${rotated}`);
  runner.summarize(summaryFacts(run, outcome), summaryOf);
}

/**
 * Writes the job summary of a failed run.
 *
 * @param run undefined if the inputs are not valid
 */
export function reportFailure(
  { runner, env }: { readonly runner: Runner; readonly env: ProcessDependencies['env'] },
  { explanation }: ActionError,
  run: RunContext | undefined,
): void {
  const { settings, progress } = run ?? {};
  const { id, name = '' }: Partial<ReachedEnvironment> = { ...settings?.environment, ...progress?.environment() };
  const facts: FailureFacts = {
    ...explanation,
    name: settings ? (settings.desired.name ?? settings.desired.applicationId ?? '') : '',
    environment: name,
    done: progress?.done() ?? [],
    left: progress?.left() ?? [],
    warnings: progress?.warnings ?? [],
    delivered: { stored: progress?.stored() ?? [], files: [], outputs: 'none' },
    consoleUrl: settings && id !== undefined ? consoleLink(settings, id) : undefined,
    troubleshootingUrl: troubleshootingUrl(env),
  };
  runner.summarize(facts, failureSummaryOf);
}

/**
 * This action's page on messages, at the version that the workflow uses; undefined for a local action.
 * Source: GitHub docs, "Default environment variables".
 */
function troubleshootingUrl(env: ProcessDependencies['env']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = env;
  const path = `${repository ?? ''}/blob/${ref ?? ''}`;
  if (!server || !/^[\w.-]+\/[\w.-]+\/blob\/[\w./-]+$/.test(path)) return undefined;
  return URL.parse(`${path}/docs/troubleshooting.md`, server)?.href;
}

function summaryFacts({ settings, progress }: RunContext, outcome: RunOutcome): SummaryFacts {
  const { environment, delivered, application } = outcome;
  const workspace = settings.dataSync?.workspace ?? '';
  const expiry = delivered?.credentials?.previous?.expiresAt;
  return {
    name: settings.desired.name ?? application?.name ?? settings.desired.applicationId ?? '',
    environment: environment?.name ?? ('name' in settings.environment ? settings.environment.name : ''),
    outcome: summaryOutcome(outcome),
    isPlan: settings.dryRun,
    changes: reportedChanges(outcome.plan).flatMap(changeRow),
    warnings: progress.warnings,
    roles: outcome.roles ?? [],
    verification: delivered?.verification,
    delivered: {
      stored: delivered?.stored ?? [],
      files: (delivered?.dataSyncFiles ?? []).map((path) => relative(workspace, path)),
      outputs: !delivered ? 'none' : settings.outputSecret && delivered.credentials ? 'all' : 'without-secret',
    },
    secrets: outcome.deleted ? outcome.deleted.map(deletedRow) : plannedSecrets(settings),
    secretAge: outcome.secretAge,
    previousSecretExpiresAt: expiry === undefined ? undefined : toMinute(expiry),
    previousSecretUse: delivered?.previousUse,
    consoleUrl: environment && consoleLink(settings, environment.id),
    job: settings.run.job,
  };
}

function summaryOutcome({ result, plan, delivered }: RunOutcome): SummaryOutcome {
  if (result === 'unchanged' && delivered?.notRotated !== undefined) return 'not-rotated';
  return result === 'updated' && plan.every(({ kind }) => kind === 'rotate-secret') ? 'rotated' : result;
}

/** A change with the console's labels; none for attributes that the console does not show. */
function changeRow({ kind, field = '', from, to }: ReportedChange): readonly ChangeRow[] {
  const setting = consoleLabel(kind === 'rename-application' ? 'name' : field);
  switch (kind) {
    case 'create-application':
    case 'update-application':
    case 'rename-application':
      if (setting === undefined) return [];
      return [{ setting, before: consoleValue(field, from), after: consoleValue(field, to) }];
    case 'upload-icon':
      return [{ setting: 'Icon', before: 'old image, if any', after: 'new image' }];
    case 'remove-icon':
      return [{ setting: 'Icon', before: 'image', after: undefined }];
    case 'grant-role':
      return [{ setting: 'Role', before: undefined, after: String(to) }];
    case 'rotate-secret':
      return [{ setting: 'Client secret', before: 'old secret', after: 'new secret' }];
    case 'delete-application':
      return [];
  }
}

function deletedRow(entry: NamedEntry): SecretsRow {
  const { secrets, variables } = namesOf(entry);
  return { target: describeEntryTarget(entry), names: [...new Set([...secrets, ...variables])] };
}

/** The secrets that a run without `dry-run` would write to GitHub. */
function plannedSecrets({ dryRun, state, store }: Settings): readonly SecretsRow[] {
  if (!dryRun || state === 'absent' || !store) return [];
  const { secrets, variables } = namesFor(store.prefix, store.idsAs);
  return store.targets.map((target) => ({
    target: targetLabel(target, store.repository),
    names: [...secrets, ...variables],
  }));
}

function consoleLink({ maskIds, apiUrl }: Settings, environmentId: string): string | undefined {
  return maskIds ? undefined : consoleUrl(apiUrl, environmentId);
}
