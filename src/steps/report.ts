import { relative } from 'node:path';
import type { Runner } from '../github/runner.ts';
import { consoleUrl } from '../pingone/console.ts';
import type { Session } from './session.ts';
import { inline } from '../text.ts';
import type { Change, ReportedChange } from '../worker/changes.ts';
import { reportedChanges, resultOf } from '../worker/changes.ts';
import type { Notes } from '../worker/notes.ts';
import type { Delivery } from './outputs.ts';
import type { Verification } from './verify.ts';
import { summaryOf } from '../github/summary.ts';

/** Says in the log what will be done, before it is done. */
export function logPlan(runner: Runner, name: string, plan: readonly Change[], notes: Notes): void {
  const shown = inline(name, 100);
  const intent = { created: 'does not exist yet', updated: 'differs', unchanged: 'is as desired' }[resultOf(plan)];
  runner.info(`Worker "${shown}" ${intent}${plan.length > 0 ? '; to do:' : ''}`);
  for (const change of reportedChanges(plan)) {
    runner.info(`  ${changeLine(change)}`);
    if (change.warning !== undefined) runner.warning(`${change.field ?? change.kind}: ${change.warning}.`);
  }
  for (const warning of notes.warnings) runner.warning(warning);
  for (const notice of notes.notices) runner.notice(notice);
}

/** One change on one line: `update enabled: false -> true`. */
function changeLine(change: ReportedChange): string {
  const verb = change.kind.replaceAll('-', ' ');
  if (change.field === undefined) return `${verb}: ${inline(String(change.to), 100)}`;
  const to = jsonText(change.to);
  return `${verb}, ${change.field}: ${change.from === null ? to : `${jsonText(change.from)} -> ${to}`}`;
}

function jsonText(value: unknown): string {
  return value === null ? 'none' : inline(JSON.stringify(value), 200);
}

/** The last word: one line in the log, and the job summary. */
export async function report(session: Session, delivery: Delivery, verification: Verification): Promise<void> {
  const { runner, settings } = session;
  const { worker, stored, dataSyncFiles } = delivery;
  runner.info(
    `Worker "${inline(settings.desired.name, 100)}" in "${inline(worker.environment.name, 100)}": ${worker.result}`,
  );
  const workspace = settings.dataSync?.workspace ?? '';
  await runner.summarize(
    summaryOf({
      name: settings.desired.name,
      environment: worker.environment.name,
      result: worker.result,
      isPlan: false,
      changes: reportedChanges(worker.plan),
      roles: worker.roles,
      verification,
      delivered: {
        stored,
        files: dataSyncFiles.map((path) => relative(workspace, path)),
        outputs: settings.outputSecret ? 'all' : 'without-secret',
      },
      previousSecretExpiresAt: undefined,
      consoleUrl: settings.maskIds ? undefined : consoleUrl(settings.apiUrl, worker.environment.id),
      job: settings.run.job,
    }),
  );
}
