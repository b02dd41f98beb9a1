// Lints workflows with GitHub's own language service (@actions/languageservice), offline.
// usage: node scripts/lint-workflows.mjs <workflow> …   exit 1 and a line for each finding
import ncc from '@vercel/ncc';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFolder } from './bundle.mjs';
import { root, runNode } from './child.mjs';

/** How `uses:` names this action in the recipes. */
const ourName = 'OWNER/pingone-worker-app';

process.noDeprecation = true;
const directory = mkdtempSync(join(tmpdir(), 'workflow-lint-'));
try {
  const entry = join(root, 'scripts/workflow-diagnostics.mjs');
  const { code, assets } = await ncc(entry, { cache: false, minify: false, sourceMap: false, quiet: true });
  const chunks = Object.entries(assets).map(([name, { source }]) => [name, source]);
  writeFolder(directory, { ...Object.fromEntries(chunks), 'index.mjs': code });
  const args = [join(directory, 'index.mjs'), ourName, join(root, 'action.yml'), ...process.argv.slice(2)];
  const { ok, output } = await runNode(args);
  process.stdout.write(output);
  process.exitCode = ok && output.trim() === '' ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
