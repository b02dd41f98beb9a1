import { inline } from '../text.ts';

/** What the job summary tells. Nothing in it is secret. */
export interface SummaryFacts {
  readonly name: string;
  readonly environment: string;
  readonly result: string;
  readonly changes: readonly { kind: string; field?: string; from?: unknown; to?: unknown; warning?: string }[];
  readonly roles: readonly string[];
  readonly verification: string;
  readonly stored: readonly { target: string; secrets: readonly string[]; variables: readonly string[] }[];
  readonly outputsSecret: boolean;
}

/** The job summary as GitHub's Markdown. */
export function summaryOf(facts: SummaryFacts): string {
  const { changes, roles, stored } = facts;
  const lines = [
    `### PingOne worker ${text(facts.name)}: ${facts.result}`,
    '',
    `In the environment ${text(facts.environment)}; credentials ${text(facts.verification)}.`,
    '',
    ...(changes.length > 0
      ? table(['Change', 'Before', 'Now'], changes.map(changeCells))
      : ['Nothing had to change.', '']),
    `**Roles:** ${roles.length > 0 ? roles.map(text).join(', ') : 'none'}`,
    '',
    ...table(['Where the credentials are', 'Readable'], [...stored.map(storedCells), outputCells(facts.outputsSecret)]),
  ];
  return `${lines.join('\n')}\n`;
}

function changeCells({ kind, field, from, to, warning }: SummaryFacts['changes'][number]): readonly string[] {
  const what = `${kind.replaceAll('-', ' ')}${field === undefined ? '' : `: ${field}`}`;
  return [`${text(what)}${warning === undefined ? '' : ` :warning: ${text(warning)}`}`, json(from), json(to)];
}

function storedCells({ secrets, variables, target }: SummaryFacts['stored'][number]): readonly string[] {
  return [`${target}: ${[...secrets, ...variables].map(text).join(', ')}`, 'by runs that are queued from now on'];
}

function outputCells(outputsSecret: boolean): readonly string[] {
  return [`outputs of this step${outputsSecret ? '' : ' (without the secret)'}`, 'by later steps of this job'];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}

function json(value: unknown): string {
  if (value === undefined || value === null) return '';
  return text(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Text from outside as Markdown shows it literally: every character that Markdown or HTML gives a meaning to, escaped. */
function text(value: string): string {
  return inline(value).replace(/[&<>"'`*_~|[\](){}#+\-.!\\:@/$]/g, (character) => `&#${character.charCodeAt(0)};`);
}
