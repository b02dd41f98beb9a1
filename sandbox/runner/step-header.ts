import type { Phase } from './events.ts';
import type { StepLog } from './log.ts';
import type { StepOptions } from './step-options.ts';

/**
 * What the runner prints before a step: its inputs that are not empty, and its `env:`. A secret is hidden here only if
 * the runner knows it already, as it does what comes from `secrets`.
 * Source: actions/runner, src/Runner.Worker/Handlers/Handler.cs, PrintActionDetails.
 */
export function writeStepHeader(
  phase: Phase,
  { env = {} }: StepOptions,
  inputs: ReadonlyMap<string, string>,
  log: StepLog,
): void {
  if (phase === 'post') {
    log.write('Post job cleanup.');
    return;
  }
  // Default variables, which only tests replace, are not in the `env` context and so are not printed.
  const variables = Object.entries(env).filter(([name]) => !/^(GITHUB|RUNNER)_/.test(name));
  const given = [...inputs].filter(([, value]) => value !== '');
  log.write('##[group]Run ./');
  if (given.length > 0) log.write('with:');
  for (const [name, value] of given) log.write(`  ${name}: ${value}`);
  if (variables.length > 0) log.write('env:');
  for (const [name, value] of variables) if (value !== undefined) log.write(`  ${name}: ${value}`);
  log.write('##[endgroup]');
}
