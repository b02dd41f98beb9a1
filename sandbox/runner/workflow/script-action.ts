import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An action that runs a shell script, so that a `run:` step goes through the same masks and command files as a `uses:`
 * step. The options are the runner's for `shell: bash`. Source: actions/runner, src/Runner.Worker/Handlers/ScriptHandlerHelpers.cs.
 *
 * @returns its directory, made inside the one given
 */
export function scriptAction(directory: string, script: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'script.sh');
  writeFileSync(file, script);
  writeFileSync(join(directory, 'action.yml'), 'name: Script\nruns:\n  using: node24\n  main: main.mjs\n');
  const args = JSON.stringify(['--noprofile', '--norc', '-eo', 'pipefail', file]);
  writeFileSync(
    join(directory, 'main.mjs'),
    "import { spawnSync } from 'node:child_process';\n" +
      `const { status } = spawnSync('bash', ${args}, { stdio: 'inherit' });\n` +
      'process.exitCode = status ?? 1;\n',
  );
  return directory;
}
