// Runs the built action against the sandbox on this system: created, unchanged, bad input. For systems on which CI does
// not run `npm test`.
// usage: npm run smoke
import { join } from 'node:path';
import { SandboxControl } from './demo/control.ts';
import { runOnce } from './demo/run.ts';
import type { Ready } from './ready.ts';
import { runStep } from './runner/step.ts';
import { startSandbox } from './sandbox.ts';

const ACTION = join(import.meta.dirname, '..');

/** Runs the cases in order; returns the problems. */
async function smoke(ready: Ready): Promise<string[]> {
  const control = new SandboxControl(ready.pingone.apiUrl);
  const cases = [
    { result: 'created', writesToPingOne: true },
    { result: 'unchanged', writesToPingOne: false },
  ] as const;
  for (const expected of cases) {
    const { step, problems } = await runOnce(ACTION, ready, control, expected);
    say(expected.result, problems);
    if (problems.length > 0) return [...problems, step.log, step.stderr];
  }
  const problems = await badInput();
  say('bad input', problems);
  return problems;
}

/** Wrong inputs give one message with three parts, and no other output. */
async function badInput(): Promise<string[]> {
  const step = await runStep({ action: ACTION, with: { environment: 'Sandbox', enabled: 'perhaps' } });
  const message = step.annotations.at(-1)?.message ?? '';
  const wanted = [/^(- )?`enabled` must be .*got `perhaps`/m, /^Likely cause: ./m, /^What to do: ./m];
  return [
    ...(step.exitCode === 1 ? [] : [`the exit code is ${String(step.exitCode)}, not 1`]),
    ...wanted.filter((pattern) => !pattern.test(message)).map((pattern) => `the message lacks ${String(pattern)}`),
    ...(step.outputs.size === 0 ? [] : ['there are outputs']),
    ...(step.stderr === '' ? [] : [step.stderr]),
  ];
}

function say(name: string, problems: readonly string[]): void {
  process.stdout.write(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
}

const sandbox = await startSandbox();
try {
  const problems = await smoke(sandbox.ready);
  if (problems.length > 0) {
    process.stderr.write(`${problems.join('\n')}\n`);
    process.exitCode = 1;
  }
} finally {
  await sandbox.close();
}
