// Builds the action: src/ -> dist/, or another folder.
// usage: npm run build [-- <folder>]
//        npm run check:dist   checks that the committed dist/ is, byte for byte, what src/ builds
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundle } from './bundle.mjs';
import { fail, root } from './child.mjs';

/**
 * @param {string} dir
 * @param {import('./bundle.mjs').Files} files
 * @returns {string[]} one line for each file that differs
 */
function differences(dir, files) {
  const names = existsSync(dir) ? readdirSync(dir) : [];
  const extra = names.filter((name) => !(name in files)).map((name) => `extra:     dist/${name}`);
  const wrong = Object.entries(files).flatMap(([name, content]) => {
    if (!names.includes(name)) return [`missing:   dist/${name}`];
    return readFileSync(join(dir, name)).equals(Buffer.from(content)) ? [] : [`different: dist/${name}`];
  });
  return [...extra, ...wrong];
}

/**
 * Writes the files into an emptied folder: ncc numbers its chunks, so an old one would stay.
 * @param {string} dir
 * @param {import('./bundle.mjs').Files} files
 */
function write(dir, files) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(dir, name);
    writeFileSync(path, content);
    console.log(`${path}  ${Math.ceil(Buffer.byteLength(content) / 1024)} kB`);
  }
}

const [argument = 'dist'] = process.argv.slice(2);
const files = await bundle().catch(fail);
if (argument !== '--check') write(resolve(root, argument), files);
else {
  const lines = differences(join(root, 'dist'), files);
  const fix = '\nWhat to do: run `npm run build` and commit dist/ together with src/.';
  if (lines.length > 0) fail(`dist/ is not what src/ builds:\n  ${lines.join('\n  ')}${fix}`);
}
