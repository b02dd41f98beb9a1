import { shown } from '../text.ts';
import type { DeliveryFacts } from './stored-values.ts';
import { code, deliveredRows, nextSteps, plainText, table } from './stored-values.ts';

/** The facts in the job summary of a successful run. They contain no secret. */
export interface SummaryFacts {
  readonly name: string;
  readonly environment: string;
  readonly outcome: SummaryOutcome;
  /** True for a dry run: `outcome`, `changes` and `secrets` are planned, not done. */
  readonly isPlan: boolean;
  readonly changes: readonly ChangeRow[];
  readonly warnings: readonly string[];
  readonly roles: readonly RoleRow[];
  /** Whether the credentials were verified, or why not; undefined if there are no credentials. */
  readonly verification: 'verified' | { readonly notVerified: string } | undefined;
  readonly delivered: DeliveryFacts;
  /** The secrets in GitHub that were deleted, or that would be written or deleted. */
  readonly secrets: readonly SecretsRow[];
  /** How old the secret is and when it will be rotated, if `rotate-secret` is an age. */
  readonly secretAge: string | undefined;
  /** When the previous secret expires, to the minute; undefined if there is none. */
  readonly previousSecretExpiresAt: string | undefined;
  /** When the previous secret was last used; undefined if PingOne does not say. */
  readonly previousSecretUse: string | undefined;
  /** The worker's environment in PingOne's console; undefined if IDs are masked. */
  readonly consoleUrl: string | undefined;
  /** The ID of the job that the step runs in. */
  readonly job: string;
}

/** The outcome in one word. `not-rotated`: a rotation was the only change, and it did not happen. */
export type SummaryOutcome = 'created' | 'updated' | 'rotated' | 'not-rotated' | 'unchanged' | 'deleted' | 'absent';

/** One setting of the worker by the console's label, with its values; undefined for none. */
export interface ChangeRow {
  readonly setting: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A role that the worker holds. */
export interface RoleRow {
  readonly label: string;
  readonly isAdministrators?: boolean;
  readonly isBeyond?: boolean;
}

/** Secrets and variables of a target in GitHub. */
export interface SecretsRow {
  readonly target: string;
  readonly names: readonly string[];
}

/** The facts in the job summary of a failed run. */
export interface FailureFacts {
  readonly name: string;
  readonly environment: string;
  readonly what: string;
  readonly cause: string;
  readonly fix: string;
  readonly done: readonly string[];
  readonly left: readonly string[];
  readonly warnings: readonly string[];
  readonly delivered: DeliveryFacts;
  readonly consoleUrl: string | undefined;
  readonly troubleshootingUrl: string | undefined;
}

const words: Readonly<Record<SummaryOutcome, { readonly did: string; readonly would: string }>> = {
  created: { did: 'Created', would: 'Would create' },
  updated: { did: 'Updated', would: 'Would update' },
  rotated: { did: 'Rotated', would: 'Would rotate' },
  'not-rotated': { did: 'Not rotated', would: 'Would not rotate' },
  unchanged: { did: 'Unchanged', would: 'Would not change' },
  deleted: { did: 'Deleted', would: 'Would delete' },
  absent: { did: 'Already absent', would: 'Already absent' },
};

/** The job summary as GitHub's Markdown. */
export function summaryOf(facts: SummaryFacts): string {
  const { outcome, isPlan, warnings } = facts;
  const details = [
    ...changesSection(facts),
    ...rolesSection(facts),
    ...secretsSection(facts),
    ...credentialsSection(facts),
    ...links(facts.consoleUrl),
  ];
  // An unchanged worker needs one line.
  const isFolded = outcome === 'unchanged' && details.length > 0;
  const { did, would } = words[outcome];
  return markdown([
    heading(sign(facts), isPlan ? would : did, facts.name),
    sentence(facts),
    '',
    ...warningsSection(warnings),
    ...(isFolded ? ['<details><summary>Details</summary>', '', ...details, '</details>'] : details),
  ]);
}

/** The job summary of a failed run. */
export function failureSummaryOf(facts: FailureFacts): string {
  const { name, environment, what, cause, fix, done, left, delivered } = facts;
  const rows = deliveredRows(delivered);
  return markdown([
    heading('❌', 'Failed', name),
    lines(what),
    '',
    `**Likely cause:** ${lines(cause)}`,
    '',
    `**What to do:** ${lines(fix)}`,
    '',
    ...(environment === '' ? [] : [`PingOne environment: **${plainText(environment)}**`, '']),
    ...warningsSection(facts.warnings),
    ...listSection('Done before the failure', done),
    ...listSection('Not done', left),
    ...(rows.length > 0 ? credentialsTable(rows) : []),
    ...(rows.length === 0 && done.length > 0 ? ['This run did not store the credentials anywhere.', ''] : []),
    ...links(facts.consoleUrl, facts.troubleshootingUrl),
  ]);
}

function markdown(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

function heading(mark: string, outcome: string, name: string): string {
  return `### ${mark} ${outcome}: PingOne worker${name === '' ? '' : ` ${plainText(name)}`}\n`;
}

/** The check mark is only for verified credentials. */
function sign({ outcome, isPlan, verification }: SummaryFacts): string {
  if (isPlan) return '📝';
  if (outcome === 'deleted') return '🗑️';
  if (outcome === 'not-rotated') return '⚠️';
  const isProven = verification === 'verified' && outcome !== 'unchanged' && outcome !== 'absent';
  return isProven ? '✅' : '☑️';
}

function sentence(facts: SummaryFacts): string {
  const { name, environment, outcome, isPlan, verification } = facts;
  const where = environment === '' ? '' : ` in the PingOne environment **${plainText(environment)}**`;
  const worker = `the worker **${plainText(name)}**${where}`;
  const isProven = verification === 'verified';
  if (outcome === 'absent') return `Nothing to delete in PingOne: ${worker} does not exist.`;
  if (outcome === 'unchanged') {
    const proof = isProven ? ' Its credentials work.' : notVerified(facts);
    return `${isPlan ? 'No changes planned' : 'No changes needed'}: ${worker} matches the inputs.${proof}`;
  }
  if (outcome === 'not-rotated') return `The client secret of ${worker} was **not rotated**.${notVerified(facts)}`;
  const [verb, did] = (
    {
      created: ['create', 'Created'],
      updated: ['update', 'Updated'],
      rotated: ['rotate the client secret of', 'Rotated the client secret of'],
      deleted: ['delete', 'Deleted'],
    } as const
  )[outcome];
  if (isPlan) return `A run without \`dry-run\` would ${verb} ${worker}. **Nothing was changed.**`;
  const proof = isProven ? ' Its credentials work: PingOne issued an access token for them.' : notVerified(facts);
  return `${did} ${worker}.${proof}`;
}

function notVerified({ verification }: SummaryFacts): string {
  if (verification === undefined || verification === 'verified') return '';
  return ` Its credentials were **not verified**: ${plainText(verification.notVerified)}.`;
}

function warningsSection(warnings: readonly string[]): readonly string[] {
  if (warnings.length === 0) return [];
  return ['#### Warnings', '', ...warnings.map((warning) => `- ⚠️ ${lines(warning)}`), ''];
}

function listSection(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`#### ${title}`, '', ...items.map((item) => `- ${lines(item)}`), ''];
}

function changesSection({ changes, isPlan, outcome }: SummaryFacts): readonly string[] {
  if (changes.length === 0) return [];
  const value = (cell: string | undefined): string => (cell === undefined ? 'none' : plainText(cell, 120));
  const rows = changes.map(({ setting, before, after }) => [plainText(setting), value(before), value(after)]);
  const [columns, cells] =
    outcome === 'created'
      ? [['Setting', 'Value'], rows.map(([setting = '', , after = '']) => [setting, after])]
      : [['Setting', 'Before', 'After'], rows];
  return [isPlan ? '#### Planned changes' : '#### Changes', '', ...table(columns, cells)];
}

function rolesSection({ roles, isPlan, outcome }: SummaryFacts): readonly string[] {
  if (isPlan || outcome === 'deleted' || outcome === 'absent') return [];
  const items = roles.map(({ label, isAdministrators, isBeyond }) => {
    const marks = [...(isAdministrators ? ['for administrators'] : []), ...(isBeyond ? ['not in `roles`'] : [])];
    const mark = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
    return `- ${isAdministrators ? '⚠️ ' : ''}${plainText(label)}${mark}`;
  });
  return ['#### Roles', '', ...(items.length > 0 ? items : ['- none (PingOne may not issue a token)']), ''];
}

function secretsSection({ secrets, isPlan, outcome }: SummaryFacts): readonly string[] {
  if (secrets.length === 0) return [];
  const isDeletion = outcome === 'deleted' || outcome === 'absent';
  const verb = isDeletion ? 'deleted' : 'written';
  const rows = secrets.map(({ target, names }) => [plainText(target), names.map(code).join('<br>')]);
  return [
    isPlan ? `#### Would be ${verb} in GitHub` : `#### ${isDeletion ? 'Deleted' : 'Written'} in GitHub`,
    '',
    ...table(['Where', 'What'], rows),
  ];
}

function credentialsSection(facts: SummaryFacts): readonly string[] {
  const { delivered, job, isPlan } = facts;
  const rows = isPlan ? [] : deliveredRows(delivered);
  const secret = secretLines(facts);
  if (rows.length === 0) return secret;
  return [...credentialsTable(rows), ...secret, '#### Next', '', ...nextSteps(delivered, job)];
}

/** The age of the secret, and the facts about the previous one. */
function secretLines(facts: SummaryFacts): readonly string[] {
  const { secretAge, previousSecretExpiresAt: expiry, previousSecretUse } = facts;
  const works = expiry === undefined ? undefined : `The previous client secret works until **${plainText(expiry)}**.`;
  const texts = [secretAge && plainText(secretAge), works, previousSecretUse && plainText(previousSecretUse)];
  return texts.flatMap((line) => (line === undefined ? [] : [line, '']));
}

function credentialsTable(rows: readonly (readonly string[])[]): readonly string[] {
  return ['#### Where the credentials are', '', ...table(['Where', 'What', 'Readable'], rows)];
}

function links(consoleUrl: string | undefined, troubleshootingUrl?: string): readonly string[] {
  return [
    ...(consoleUrl === undefined ? [] : [`[Open the environment in the PingOne console](${consoleUrl})`, '']),
    ...(troubleshootingUrl === undefined
      ? []
      : [`[Look up the message in Troubleshooting](${troubleshootingUrl})`, '']),
  ];
}

/** Text of several lines, with line breaks kept and times to the minute. */
function lines(message: string): string {
  return shown(message)
    .replace(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(\.\d+)?Z/g, '$1 $2 UTC')
    .split('\n')
    .map((line) => plainText(line, 2_000))
    .join('<br>');
}
