// The licences of every package whose code is in the bundle. ncc's own list names the packages of one chunk only once
// there is an import(), and sees none once esbuild has put them together.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder of the package that a file belongs to, nested copies included; undefined for our own files.
 * @param {string} file
 */
const packageOf = (file) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];

/** @param {string} dir */
function describe(dir) {
  const { name, version, license } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  const texts = readdirSync(dir).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (texts.length === 0) throw new Error(`${name} ${version} ends in the bundle but has no licence file`);
  const text = texts.sort().map((file) => readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return `${name} ${version}\n${license}\n\n${text.join('\n\n')}\n`;
}

/**
 * The text of licenses.txt, sorted by package.
 * @param {string[]} files paths of source files, our own among them
 */
export function licenses(files) {
  const packages = new Set(files.map(packageOf).filter((dir) => dir !== undefined));
  return [...packages]
    .map(describe)
    .sort()
    .join(`\n${'-'.repeat(80)}\n\n`);
}
