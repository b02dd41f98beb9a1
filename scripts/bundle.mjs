// Turns src/ into the folder that a workflow runs: tsc, then ncc. Shared by `npm run build` and the dist check.
import ncc from '@vercel/ncc';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, runNode } from './child.mjs';
import { bundledFiles, licenses } from './licenses.mjs';
import { unresolved } from './unresolved.mjs';

/** @typedef {Record<string, string | Buffer>} Files a folder's files by name */

/** @param {string} outDir */
async function compile(outDir) {
  const project = ['--project', 'tsconfig.build.json', '--outDir', outDir];
  const { ok, output } = await runNode(['node_modules/typescript/bin/tsc', ...project]);
  if (!ok) throw new Error(`src/ does not compile:\n${output}`);
}

/**
 * @param {string} entry
 * @returns {Promise<Files>}
 */
async function pack(entry) {
  // ncc 0.45 calls fs.existsSync(undefined), which is no concern of whoever builds.
  process.noDeprecation = true;
  const { code, assets, stats } = await ncc(entry, { cache: false, minify: false, sourceMap: false, quiet: true });
  /** @type {Files} */
  const files = { 'index.js': code };
  for (const [name, { source }] of Object.entries(assets)) files[name] = source;
  files['licenses.txt'] = licenses(bundledFiles(stats));
  for (const [name, content] of Object.entries(files)) {
    if (!/\.(js|json|txt)$/.test(name)) continue;
    // A package published with CRLF would differ from what git checks out (.gitattributes), and only after a clone.
    const text = content.toString().replaceAll('\r\n', '\n');
    const missing = name.endsWith('.js') ? unresolved(text) : [];
    if (missing.length) throw new Error(`${name} holds what is not in the bundle: ${missing.join(', ')}`);
    if (text.includes(root)) throw new Error(`${name} holds the path of this machine: ${root}`);
    files[name] = text;
  }
  return files;
}

/**
 * The files of dist/, by name. The same bytes whoever builds and wherever the clone lies: webpack numbers modules by
 * their paths relative to the working directory, hence a fresh folder at a fixed depth, made the working directory.
 * It is laid out like the project, so that `../package.json` is where src/ expects it.
 * @returns {Promise<Files>}
 */
export async function bundle() {
  mkdirSync(join(root, 'build'), { recursive: true });
  const workDir = mkdtempSync(join(root, 'build', 'bundle-'));
  try {
    copyFileSync(join(root, 'package.json'), join(workDir, 'package.json'));
    await compile(join(workDir, 'src'));
    process.chdir(workDir);
    return await pack(join(workDir, 'src', 'index.js'));
  } finally {
    process.chdir(root);
    rmSync(workDir, { recursive: true, force: true });
  }
}

/**
 * Writes the files into a folder that holds nothing else afterwards: ncc numbers its chunks, so a stale one would stay.
 * @param {string} dir
 * @param {Files} files
 */
export function writeFolder(dir, files) {
  rmSync(dir, { recursive: true, force: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(dir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
