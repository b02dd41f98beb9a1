// Turns src/ into the folder that a workflow runs. esbuild leaves out the code that nothing reaches, which ncc alone
// keeps as long as it does not minify; ncc packs the rest. Shared by `npm run build` and the dist check.
import ncc from '@vercel/ncc';
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';
import { licenses } from './licenses.mjs';
import { unresolved } from './unresolved.mjs';

/** @typedef {Record<string, string | Buffer>} Files a folder's files by name */

// The toolkit's files do nothing when they are imported, which its package.json does not say: those of which nothing is
// used (processes, tool cache, OIDC, a proxy agent) are left out, and so is what they read at the start.
/** @type {import('esbuild').Plugin} */
const inertToolkit = {
  name: 'inert-toolkit',
  setup(esbuild) {
    esbuild.onResolve({ filter: /./ }, async ({ path, pluginData, ...args }) => {
      if (pluginData === inertToolkit) return undefined;
      const resolved = await esbuild.resolve(path, { ...args, pluginData: inertToolkit });
      const isToolkit = /[\\/]node_modules[\\/](@actions|tunnel)[\\/]/.test(resolved.path);
      return isToolkit ? { ...resolved, sideEffects: false } : resolved;
    });
  },
};

/**
 * Bundles src/ into `outDir`: a file for the entry, and one for each import().
 * @param {string} entry
 * @param {string} outDir
 * @returns {Promise<string[]>} the source files that something is left of
 */
async function shake(entry, outDir) {
  const { metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: outDir,
    splitting: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    // Packages in CommonJS call require, which ESM does not have.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
    target: 'node24',
    plugins: [inertToolkit],
    alias: { undici: './scripts/inert-undici.mjs' },
    // The same paths, in the comments that name the files, where node_modules is a link.
    preserveSymlinks: true,
    metafile: true,
    logLevel: 'silent',
  });
  if (warnings.length) throw new Error(`esbuild warns:\n${warnings.map(({ text }) => text).join('\n')}`);
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => join(root, path));
}

/**
 * @param {string} entry
 * @returns {Promise<Files>}
 */
async function pack(entry) {
  // ncc 0.45 calls fs.existsSync(undefined), which is no concern of whoever builds.
  process.noDeprecation = true;
  const { code, assets } = await ncc(entry, { cache: false, minify: false, sourceMap: false, quiet: true });
  /** @type {Files} */
  const files = { 'index.js': code };
  for (const [name, { source }] of Object.entries(assets)) files[name] = source;
  return files;
}

/**
 * Checks what no run in a clone would show, and evens out line ends.
 * @param {Files} files
 */
function finish(files) {
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
 * their paths relative to the working directory, hence a fresh folder, made the working directory.
 * @returns {Promise<Files>}
 */
export async function bundle() {
  mkdirSync(join(root, 'build'), { recursive: true });
  const workDir = mkdtempSync(join(root, 'build', 'bundle-'));
  try {
    // ncc makes ESM where the nearest package.json says so.
    copyFileSync(join(root, 'package.json'), join(workDir, 'package.json'));
    const sources = await shake('src/index.ts', workDir);
    const tokenSources = await shake('src/token.ts', workDir);
    // The post step uses no package: there is nothing to pack.
    await shake('src/cleanup.ts', workDir);
    const cleanup = readFileSync(join(workDir, 'cleanup.js'));
    process.chdir(workDir);
    const packed = await pack(join(workDir, 'index.js'));
    const { 'index.js': token = '', ...rest } = await pack(join(workDir, 'token.js'));
    // A second file would need names of its own beside the chunks of index.js.
    if (Object.keys(rest).some((name) => name.endsWith('.js'))) throw new Error('token.js must be one file');
    const licensesText = licenses([...sources, ...tokenSources]);
    return finish({ ...packed, 'cleanup.js': cleanup, 'token.js': token, 'licenses.txt': licensesText });
  } finally {
    process.chdir(root);
    rmSync(workDir, { recursive: true, force: true });
  }
}
