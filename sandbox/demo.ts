// Runs the built action three times against the sandbox, the way GitHub's runner would, and checks what came of it.
// usage: npm run demo
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxControl } from './demo/control.ts';
import { printReport } from './demo/report.ts';
import type { Expectation, RunReport } from './demo/run.ts';
import { runOnce } from './demo/run.ts';
import { paint, print } from './demo/terminal.ts';
import type { Ready } from './ready.ts';
import { startSandbox } from './sandbox.ts';

const ACTION = join(import.meta.dirname, '..');

async function main(): Promise<readonly string[]> {
  const missing = ['action.yml', 'dist/index.js'].filter((file) => !existsSync(join(ACTION, file)));
  if (missing.length > 0) return [`there is no ${missing.join(' and no ')}: run \`npm run build\` first`];
  const sandbox = await startSandbox();
  try {
    print(paint('bold', 'The action, three times over. PingOne and GitHub are played by servers on this machine:'));
    print(`PingOne at ${sandbox.ready.pingone.apiUrl}, GitHub at ${sandbox.ready.github.apiUrl}. Nothing leaves it.\n`);
    return await runThreeTimes(sandbox.ready);
  } finally {
    await sandbox.close();
  }
}

/** Stops at the first run that is not as expected: those after it build on it. */
async function runThreeTimes(ready: Ready): Promise<string[]> {
  const control = new SandboxControl(ready.pingone.apiUrl);
  const run = async (number: number, title: string, expected: Expectation): Promise<RunReport> => {
    print(paint('bold', `━━ Run ${number}: ${title} ━━\n`));
    const outcome = await runOnce(ACTION, ready, control, expected);
    printReport(outcome, { ready, hideInputs: number > 1 });
    return { ...outcome, problems: outcome.problems.map((problem) => `run ${number}: ${problem}`) };
  };

  const first = await run(1, 'there is nothing yet', { result: 'created', writesToPingOne: true });
  if (first.problems.length > 0) return [...first.problems];

  const second = await run(2, 'the same again', { result: 'unchanged', writesToPingOne: false });
  if (second.problems.length > 0) return [...second.problems];

  const application = first.step.outputs.get('application-id') ?? '';
  await control.editApplication(application, { enabled: false, tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' });
  const title = 'somebody has disabled the application and changed its authentication method';
  const third = await run(3, title, { result: 'updated', writesToPingOne: true });
  return [...third.problems];
}

const started = performance.now();
const problems = await main();
const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
if (problems.length > 0) {
  process.stderr.write(`The demo failed after ${took}:\n${problems.map((problem) => `- ${problem}\n`).join('')}`);
  process.exitCode = 1;
} else {
  print(paint('green', `All good: created, unchanged, updated, and a token after each of them, in ${took}.`));
}
