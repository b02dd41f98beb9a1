import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An action that runs a shell script, so that a `run:` step goes through the same masks and command files as a `uses:`
 * step. Only `shell: bash` sets pipefail. Source: actions/runner, src/Runner.Worker/Handlers/ScriptHandlerHelpers.cs.
 *
 * @param shell the step's `shell`, undefined for the runner's default
 * @returns its directory, made inside the one given
 */
export function scriptAction(directory: string, script: string, shell?: 'bash'): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'script.sh');
  writeFileSync(file, script);
  writeFileSync(join(directory, 'action.yml'), 'name: Script\nruns:\n  using: node24\n  main: main.mjs\n');
  const options = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
  const args = JSON.stringify([...options, file]);
  writeFileSync(
    join(directory, 'main.mjs'),
    "import { spawnSync } from 'node:child_process';\n" +
      `const { status } = spawnSync('bash', ${args}, { stdio: 'inherit' });\n` +
      'process.exitCode = status ?? 1;\n',
  );
  return directory;
}
