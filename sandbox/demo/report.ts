import type { Ready } from '../ready.ts';
import type { RequestCounts } from './control.ts';
import type { RunReport } from './run.ts';
import { alignColumns, paint, print, printBlock, renderLog } from './terminal.ts';

const LONGEST_OUTPUT = 100;

export interface ReportOptions {
  readonly ready: Ready;
  /** Leaves the step's inputs out of the log. */
  readonly hideInputs: boolean;
}

/** Prints a run without secrets: values that GitHub masks are masked here, too. */
export function printReport(
  { step, stored, requests, problems }: RunReport,
  { ready, hideInputs }: ReportOptions,
): void {
  printBlock('Workflow log', renderLog(step.log, hideInputs ? 'Run ./' : undefined));
  const outputs = [...step.outputs].map(([name, value]) => [name, shorten(step.masker.mask(value))] as const);
  printBlock('Outputs, masked', alignColumns(outputs));
  const secrets = stored.map(({ target, repository, name }) => [`${repository ?? target}: ${name}`, '***'] as const);
  printBlock('Secrets in GitHub', secrets.length > 0 ? alignColumns(secrets) : ['none']);
  printBlock('Requests', alignColumns([describe('PingOne', requests.pingone), describe('GitHub', requests.github)]));
  for (const problem of problems) print(`  ${paint('red', `✗ ${problem}`)}`);
  if (problems.length === 0) {
    const seconds = (step.durationMs / 1000).toFixed(1);
    const text = `✓ ${step.outputs.get('result') ?? ''} in ${seconds} s; the secrets of ${ready.github.repository} get a token`;
    print(`  ${paint('green', text)} (Client Secret Post)`);
  }
  print();
}

function describe(name: string, { all, writes }: RequestCounts['pingone']): readonly [string, string] {
  const of = `${writes} ${writes === 1 ? 'write' : 'writes'}`;
  return [name, `${all} ${all === 1 ? 'request' : 'requests'}, ${of}`];
}

function shorten(text: string): string {
  return text.length <= LONGEST_OUTPUT ? text : `${text.slice(0, LONGEST_OUTPUT)}… (${text.length} characters)`;
}
