import type { Delivered } from './delivered.ts';
import { deliveredRows, nextSteps } from './delivered.ts';
import { table, text } from './markdown.ts';

/** What the job summary tells. Nothing in it is secret. */
export interface SummaryFacts {
  readonly name: string;
  readonly environment: string;
  readonly result: 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent';
  /** Whether nothing was done, and `result` and `changes` are what would be. */
  readonly isPlan: boolean;
  readonly changes: readonly { kind: string; field?: string; from?: unknown; to?: unknown; warning?: string }[];
  readonly roles: readonly string[];
  /** Those of them that the inputs do not ask for; empty where the inputs do not list any. */
  readonly rolesBeyond: readonly string[];
  /** Whether the credentials were proven; if not, why not; undefined where there was nothing to prove. */
  readonly verification: 'verified' | { readonly notVerified: string } | undefined;
  readonly delivered: Delivered;
  /** Until when a previous secret works, as PingOne writes it; undefined where there is none. */
  readonly previousSecretExpiresAt: string | undefined;
  /** Where the worker is in PingOne's console; undefined where ids are masked. */
  readonly consoleUrl: string | undefined;
  /** The id of the job that the step runs in. */
  readonly job: string;
}

const signs = { created: '✅', updated: '✅', unchanged: '☑️', deleted: '🗑️', absent: '☑️' } as const;

/** The job summary as GitHub's Markdown. */
export function summaryOf(facts: SummaryFacts): string {
  const { changes, delivered, roles, isPlan } = facts;
  const rows = isPlan ? [] : deliveredRows(delivered);
  const lines = [
    `### ${isPlan ? '📝' : signs[facts.result]} PingOne worker ${text(facts.name)}`,
    '',
    sentence(facts),
    '',
    ...(changes.length > 0 ? [heading(isPlan ? 'Plan' : 'Changes'), '', ...changesTable(changes)] : []),
    ...(rows.length > 0
      ? [heading('Where the credentials are'), '', ...table(['Where', 'What', 'Readable'], rows)]
      : []),
    ...about(roles, facts),
    ...(rows.length > 0 ? [heading('Next'), '', ...nextSteps(delivered, facts.job)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function heading(title: string): string {
  return `#### ${title}`;
}

function sentence({ name, environment, result, isPlan, verification }: SummaryFacts): string {
  const worker = `the worker **${text(name)}** in the PingOne environment **${text(environment)}**`;
  if (result === 'unchanged') {
    const proof = verification === 'verified' ? ', and its credentials work' : '';
    return `Nothing ${isPlan ? 'would change' : 'had to change'}: ${worker} is as the inputs ask for${proof}.`;
  }
  if (result === 'absent') return `Nothing to delete: ${worker} does not exist.`;
  const verb = { created: 'create', updated: 'update', deleted: 'delete' }[result];
  if (isPlan) return `A run without \`dry-run\` would ${verb} ${worker}. **Nothing was changed.**`;
  const proof = verification === 'verified' ? ', and proved its credentials by getting an access token' : '';
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1)}d ${worker}${proof}.`;
}

function changesTable(changes: SummaryFacts['changes']): string[] {
  return table(['Change', 'Field', 'Old', 'New'], changes.map(changeCells));
}

function changeCells({ kind, field, from, to, warning }: SummaryFacts['changes'][number]): readonly string[] {
  const note = warning === undefined ? '' : `<br>⚠️ ${text(warning)}`;
  return [`${text(kind.replaceAll('-', ' '))}${note}`, field === undefined ? '' : text(field), json(from), json(to)];
}

function json(value: unknown): string {
  if (value === undefined || value === null) return '';
  return text(typeof value === 'string' ? value : JSON.stringify(value), 120);
}

/** What is worth knowing beside the tables, one a line of a list. */
function about(
  roles: readonly string[],
  { isPlan, result, rolesBeyond, verification, previousSecretExpiresAt, consoleUrl }: SummaryFacts,
): string[] {
  const isGone = result === 'deleted' || result === 'absent';
  const notVerified = verification === undefined || verification === 'verified' ? undefined : verification.notVerified;
  const items = [
    ...(isGone || isPlan
      ? []
      : [`**Roles:** ${roles.length > 0 ? roles.map((role) => text(role)).join(', ') : 'none'}`]),
    ...(isGone || rolesBeyond.length === 0
      ? []
      : [
          `**Roles that the inputs do not ask for**, left as they are: ${rolesBeyond.map((role) => text(role)).join(', ')}`,
        ]),
    ...(notVerified === undefined ? [] : [`⚠️ **Not verified:** ${text(notVerified)}`]),
    ...(previousSecretExpiresAt === undefined
      ? []
      : [`**The previous secret** works until ${text(previousSecretExpiresAt)}`]),
    ...(consoleUrl === undefined ? [] : [`[Open the environment in the PingOne console](${consoleUrl})`]),
  ];
  return items.length === 0 ? [] : [...items.map((item) => `- ${item}`), ''];
}
