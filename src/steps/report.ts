import { relative } from 'node:path';
import type { SummaryFacts } from '../github/summary.ts';
import { summaryOf } from '../github/summary.ts';
import { consoleUrl } from '../pingone/console.ts';
import type { Settings } from '../settings.ts';
import { inline, sentenceList } from '../text.ts';
import type { Change, ReportedChange } from '../worker/changes.ts';
import { reportedChanges, resultOf } from '../worker/changes.ts';
import type { Notes } from '../worker/notes.ts';
import type { Outcome } from './outputs.ts';
import type { Session } from './session.ts';
import { shownName } from './session.ts';

/** Says in the log what will be done, before it is done. */
export function logPlan({ runner, settings }: Session, plan: readonly Change[], notes: Notes): void {
  const found = plan.length === 0 ? 'is as desired' : isNew(plan) ? 'does not exist yet; to do:' : 'differs; to do:';
  runner.info(`Worker "${shownName(settings)}" ${found}`);
  for (const change of reportedChanges(plan)) {
    runner.info(`  ${changeLine(change)}`);
    if (change.warning !== undefined) runner.warning(`${change.field ?? change.kind}: ${change.warning}.`);
  }
  // The credentials of a dry run need only read, so what they may not do is worth knowing, and no more.
  for (const warning of notes.warnings) (settings.dryRun ? runner.notice : runner.warning)(warning);
  for (const notice of notes.notices) runner.notice(notice);
  if (settings.desired.roles.kind === 'listed' && notes.rolesBeyond.length > 0) {
    runner.info(`Roles beyond \`roles\`, left as they are: ${sentenceList(notes.rolesBeyond)}`);
  }
}

function isNew(plan: readonly Change[]): boolean {
  return resultOf(plan) === 'created';
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

/** The last word: one line in the log, and the job summary. */
export async function report(session: Session, outcome: Outcome): Promise<void> {
  const { runner, settings } = session;
  const name = shownName(settings);
  const place = outcome.environment ? ` in "${inline(outcome.environment.name, 100)}"` : '';
  runner.info(`Worker "${name}"${place}: ${settings.dryRun ? 'would be ' : ''}${outcome.result}`);
  await runner.summarize(summaryFacts(settings, outcome), summaryOf);
}

function summaryFacts(settings: Settings, outcome: Outcome): SummaryFacts {
  const { environment, handedOver, application } = outcome;
  const workspace = settings.dataSync?.workspace ?? '';
  return {
    name: settings.desired.name ?? application?.name ?? settings.desired.applicationId ?? '',
    environment: environment?.name ?? ('name' in settings.environment ? settings.environment.name : ''),
    result: outcome.result,
    isPlan: settings.dryRun,
    changes: reportedChanges(outcome.plan),
    roles: outcome.roles ?? [],
    rolesBeyond: settings.desired.roles.kind === 'listed' ? (outcome.rolesBeyond ?? []) : [],
    verification: handedOver?.verification,
    delivered: {
      stored: handedOver?.stored ?? [],
      files: (handedOver?.dataSyncFiles ?? []).map((path) => relative(workspace, path)),
      outputs: !handedOver ? 'none' : settings.outputSecret && handedOver.credentials ? 'all' : 'without-secret',
    },
    previousSecretExpiresAt: handedOver?.credentials?.previousExpiresAt,
    consoleUrl: settings.maskIds || !environment ? undefined : consoleUrl(settings.apiUrl, environment.id),
    job: settings.run.job,
  };
}
