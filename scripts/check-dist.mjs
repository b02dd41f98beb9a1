// Checks that the committed dist/ is, byte for byte, what src/ builds: a workflow runs dist/, a review reads src/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { fail, root } from './child.mjs';

/**
 * @param {string} dir
 * @param {import('./bundle.mjs').Files} files
 * @returns {string[]} one line for each file that differs
 */
function differences(dir, files) {
  const committed = existsSync(dir)
    ? readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];
  const names = committed.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(dir.length + 1)
      .replaceAll('\\', '/'),
  );
  const lines = names.filter((name) => !(name in files)).map((name) => `extra:     dist/${name}`);
  for (const [name, content] of Object.entries(files)) {
    if (!names.includes(name)) lines.push(`missing:   dist/${name}`);
    else if (!readFileSync(join(dir, name)).equals(Buffer.from(content))) lines.push(`different: dist/${name}`);
  }
  return lines;
}

const lines = differences(join(root, 'dist'), await bundle().catch(fail));
if (lines.length) {
  console.error(`dist/ is not what src/ builds:\n  ${lines.join('\n  ')}`);
  console.error('What to do: run `npm run build` and commit dist/ together with src/.');
  process.exitCode = 1;
}
