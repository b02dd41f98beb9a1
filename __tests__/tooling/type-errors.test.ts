// ESLint says what tsc says: made-up projects with an error of each kind.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { typeErrors } from '../../scripts/type-errors.mjs';

/** What is found in a project of these files, as `a.ts:1:7 TS2322`, in their order. */
async function found(files: Readonly<Record<string, string>>, settings: object = {}): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'types-'));
  const compilerOptions = { strict: true, noEmit: true, lib: ['es5'], types: [], ...settings };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const parserOptions = { project: './tsconfig.json', tsconfigRootDir: folder };
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    baseConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser, parserOptions },
      plugins: { project: { rules: { 'type-errors': typeErrors } } },
      rules: { 'project/type-errors': 'error' },
    },
  });
  const results = await eslint.lintFiles(Object.keys(files));
  rmSync(folder, { recursive: true });
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, message }) => {
      return `${filePath.slice(folder.length + 1)}:${line}:${column} ${message.split(':')[0]!}`;
    }),
  );
}

test('a wrong type is found, where it is', async () => {
  const a = 'export const one = 1;\nexport const two: string = one;\n';
  expect(await found({ 'a.ts': a, 'b.ts': 'export const three = 3;\n' })).toEqual(['a.ts:2:14 TS2322']);
});

test('a wrong type that comes from another file is found, and an error that is expected and not there', async () => {
  const b = "import { one } from './a.js';\none.toFixed();\n// @ts-expect-error one is a text\none.length;\n";
  expect(await found({ 'a.ts': "export const one = 'x';\n", 'b.ts': b })).toEqual([
    'b.ts:2:5 TS2339',
    'b.ts:3:1 TS2578',
  ]);
});

test('an error of the project, which is in no file of it, is found, and told once', async () => {
  const errors = await found({ 'a.ts': 'export {};\n', 'b.ts': 'export {};\n' }, { types: ['nowhere'] });
  // With whichever file ESLint came to first.
  expect(errors).toEqual([expect.stringMatching(/^[ab]\.ts:1:1 TS2688$/)]);
});

test('where nothing is wrong, nothing is found', async () => {
  expect(await found({ 'a.ts': 'export const one: number = 1;\n' })).toEqual([]);
});
