// The content of dist/. `npm run check:dist` checks that it matches src/.
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readActionMetadata } from '../../sandbox/runner/metadata.ts';
import { unresolved } from '../../scripts/unresolved.mjs';
import { root } from '../../scripts/child.mjs';

const dist = join(root, 'dist');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const chunks = readdirSync(dist).filter((name) => name.endsWith('.js'));

describe('a package that is missing from a bundle is found', () => {
  test.each([
    ['a stub of ncc', 'module.exports = eval("require")("gone");', 'eval("require")("gone")'],
    ['a computed require', 'function webpackEmptyContext(req) {}', 'webpackEmptyContext'],
    ['an external package', '__WEBPACK_EXTERNAL_createRequire(import.meta.url)("gone");', 'gone'],
    ['a package in CommonJS', 'var gone = __require("gone");', 'gone'],
    ['the same, renamed', 'var gone = (0,_chunk/* .__require */ .ki)("gone");', 'gone'],
    ['an import', 'import { gone } from "gone";', 'gone'],
    ['an import without a name', "import 'gone'", 'gone'],
  ])('%s', (_, code, found) => {
    expect(unresolved(code)).toEqual([found]);
  });

  test('a module of Node does not count', () => {
    const code = 'import fs from "fs";\n__WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");';
    expect(unresolved(code)).toEqual([]);
  });
});

describe('dist/', () => {
  test.each(chunks)('%s needs only Node', (name) => {
    expect(unresolved(read('dist', name))).toEqual([]);
  });

  test('is loaded as ESM', () => {
    expect(JSON.parse(read('dist', 'package.json'))).toEqual({ type: 'module' });
  });

  test('does not contain undici', () => {
    for (const name of chunks)
      expect(read('dist', name)).not.toMatch(/node_modules\/undici|require\("undici"\)|llhttp/);
  });

  test('reads less than 450 kB if nothing is stored in GitHub, and is readable', () => {
    const code = chunks
      .filter((name) => name !== 'token.js')
      .map((name) => read('dist', name))
      .filter((text) => !/node_modules\/(@octokit|libsodium)/.test(text));
    expect(code.length).toBeGreaterThan(1);
    expect(code.join('').length).toBeLessThan(460_000);
    const widths = code
      .join('')
      .split('\n')
      .map((line) => line.length);
    expect(widths.filter((width) => width > 1000)).toEqual([]);
  });

  test('has the action `token` in one file below 160 kB, without packages that it does not need', () => {
    const { main } = readActionMetadata(join(root, 'token')).runs;
    expect(join(root, 'token', main)).toBe(join(dist, 'token.js'));
    const code = read('dist', 'token.js');
    expect(code.length).toBeLessThan(160_000);
    expect(code).not.toMatch(/node_modules\/(@octokit|libsodium)|src\/(worker|steps\/(?!session\.ts))/);
    // A chunk would be loaded by __nccwpck_require__.e, and node:crypto at the start.
    expect(code).not.toMatch(/__nccwpck_require__\.e\(|__webpack_handle_async_dependencies__|"node:crypto"\);/);
  });

  test('is not wrapped in a function, which Node would parse twice', () => {
    expect(read('dist', 'index.js')).not.toContain('__webpack_handle_async_dependencies__');
  });

  test('contains no path of the machine that built it', () => {
    for (const name of readdirSync(dist))
      expect(read('dist', name)).not.toMatch(/\/home\/|\/Users\/|\/root\/|[A-Z]:\\\\/);
  });
});

describe('dist/licenses.txt', () => {
  const text = read('dist', 'licenses.txt');
  const entries = text.split(`${'-'.repeat(80)}\n`).map((entry) => entry.trim());
  const listed = entries.map((entry) => entry.split(' ')[0]);

  test('lists every package in the bundle', () => {
    const named = chunks.flatMap((name) => [
      ...read('dist', name).matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\/\S+\.m?js$/gm),
    ]);
    expect(named.length).toBeGreaterThan(20);
    expect(listed).toEqual(expect.arrayContaining(named.map(([, name]) => name)));
  });

  test.each(['@actions/core', '@octokit/core', 'libsodium', 'tunnel', 'zod'])('lists %s', (name) => {
    expect(listed).toContain(name);
  });

  test('does not list undici, which is not in the bundle', () => {
    expect(listed).not.toContain('undici');
  });

  test('lists no development package', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    for (const name of listed) expect(packages[`node_modules/${name!}`].dev).toBeUndefined();
  });

  test('contains the text of each licence', () => {
    for (const entry of entries)
      expect(entry).toMatch(/^\S+ [\d.]+\n(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD)\n\n[^]{200,}$/);
  });
});
