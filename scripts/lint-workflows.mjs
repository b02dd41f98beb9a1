// Lints workflows with GitHub's own language service (@actions/languageservice), offline.
// usage: node scripts/lint-workflows.mjs <workflow> …   exit 1 and a line for each finding
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runNode } from './child.mjs';
import { moduleFormat } from './module-format.mjs';

/** How `uses:` names this action in the recipes. */
const ourName = 'OWNER/pingone-worker-app';

const directory = mkdtempSync(join(tmpdir(), 'workflow-lint-'));
try {
  const outfile = join(directory, 'index.mjs');
  const entryPoints = [join(root, 'scripts/workflow-diagnostics.mjs')];
  await build({ entryPoints, outfile, ...moduleFormat, logLevel: 'error' });
  const { ok, output } = await runNode([outfile, ourName, join(root, 'action.yml'), ...process.argv.slice(2)]);
  process.stdout.write(output);
  process.exitCode = ok && output.trim() === '' ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
