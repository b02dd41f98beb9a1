// Writes the tables of inputs and outputs in README.md from action.yml; with --check it only says whether they are fresh.
// usage: node scripts/node24.mjs scripts/readme.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './child.mjs';
import { staleMessage, withFreshTables } from './readme-tables.mjs';

const file = join(root, 'README.md');
try {
  const readme = readFileSync(file, 'utf8');
  const fresh = withFreshTables(readme, readFileSync(join(root, 'action.yml'), 'utf8'));
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (fresh !== readme) throw new Error(staleMessage);
} catch (error) {
  fail(error);
}
