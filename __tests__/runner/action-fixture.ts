import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directories: string[] = [];

process.once('exit', () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** An empty directory that is removed when the process ends, which may run several files of tests. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'runner-test-'));
  directories.push(directory);
  return directory;
}

/** A JavaScript action whose scripts are given as text; `metadata` is more YAML for its action.yml. */
export function createAction(scripts: { main: string; pre?: string; post?: string }, metadata = ''): string {
  const directory = temporaryDirectory();
  const runs = Object.keys(scripts).map((phase) => `  ${phase}: ${phase}.mjs\n`);
  writeFileSync(join(directory, 'action.yml'), `name: Fixture\nruns:\n  using: node24\n${runs.join('')}${metadata}`);
  for (const [phase, code] of Object.entries(scripts)) {
    writeFileSync(join(directory, `${phase}.mjs`), `import { appendFileSync } from 'node:fs';\n${code}`);
  }
  return directory;
}

/** Code for a script: `set(variable, name, value)` writes to a command file in the way that @actions/core does. */
export const SET = `const set = (file, name, value) => appendFileSync(process.env[file], \`\${name}<<ghadelimiter_1\\n\${value}\\nghadelimiter_1\\n\`);\n`;
