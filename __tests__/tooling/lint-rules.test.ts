// Each house rule, broken on purpose: a rule that matches nothing looks exactly like a rule that is kept.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import config from '../../eslint.config.mjs';

let eslint: ESLint;

beforeAll(() => {
  eslint = new ESLint({
    overrideConfigFile: true,
    baseConfig: config,
    // The sources are made up: there is no file for the rules that need types.
    overrideConfig: [
      { languageOptions: { parserOptions: { projectService: false } } },
      tseslint.configs.disableTypeChecked,
      { rules: { 'project/type-errors': 'off', '@typescript-eslint/no-unused-vars': 'off' } },
    ],
  });
});

/** The rules that a source breaks when it stands in a file of that path. */
async function broken(path: string, source: string): Promise<string[]> {
  const [result] = await eslint.lintText(source, { filePath: path });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

describe('imports go downwards only', () => {
  test.each([
    ['src/pingone/applications.ts', "import { plan } from '../worker/plan.ts'; plan();"],
    ['src/pingone/applications.ts', "import { connect } from '../steps/connect.ts'; connect();"],
    ['src/pingone/applications.ts', "import { readSettings } from '../inputs/read.ts'; readSettings();"],
    ['src/github/secrets.ts', "import { list } from '../pingone/applications.ts'; list();"],
    ['src/github/secrets.ts', "export { list } from '../pingone/applications.ts';"],
    ['src/github/secrets.ts', "export * from '../pingone/applications.ts';"],
    ['src/datasync/files.ts', "import { mask } from '../github/mask.ts'; mask();"],
    ['src/steps/apply.ts', "import { main } from '../main.ts'; main();"],
    ['src/steps/apply.ts', "import { readSettings } from '../inputs/read.ts'; readSettings();"],
    ['src/main.ts', "import './index.ts';"],
    ['src/main.ts', "import { startSandbox } from '../sandbox/sandbox.ts'; startSandbox();"],
    ['src/inputs/read.ts', "import { connect } from '../steps/connect.ts'; connect();"],
    ['src/settings.ts', "import { main } from './main.ts'; main();"],
    ['src/errors.ts', "import { list } from './pingone/applications.ts'; list();"],
    ['src/http/send.ts', "import { list } from '../pingone/applications.ts'; list();"],
    ['src/steps/apply.ts', "import { startSandbox } from '../../sandbox/sandbox.ts'; startSandbox();"],
    ['sandbox/pingone/token.ts', "import { token } from '../../src/pingone/token.ts'; token();"],
  ])('%s: %s', async (path, source) => {
    expect(await broken(path, source)).toEqual([imports]);
  });

  test('an import() is an import', async () => {
    expect(await broken('src/pingone/a.ts', "await import('../github/secrets.ts');")).toEqual([syntax]);
    expect(await broken('src/pingone/a.ts', "await import('libsodium-wrappers');")).toEqual([syntax]);
    expect(await broken('src/pingone/a.ts', 'const name = "./b.ts"; await import(name);')).toEqual([syntax]);
  });

  test('http may not even name the types of PingOne and GitHub', async () => {
    const source = "import type { List } from '../pingone/applications.ts'; export type Mine = List;";
    expect(await broken('src/http/send.ts', source)).toEqual([imports]);
  });

  test.each([
    ['src/index.ts', "import { main } from './main.ts'; main();"],
    ['src/main.ts', "import { connect } from './steps/connect.ts'; connect();"],
    ['src/main.ts', "import { readSettings } from './inputs/read.ts'; readSettings();"],
    ['src/inputs/read.ts', "import { parseRole } from '../worker/roles.ts'; parseRole();"],
    ['src/inputs/read.ts', "import { problem } from './problems.ts'; problem();"],
    ['src/steps/apply.ts', "import { list } from '../pingone/applications.ts'; list();"],
    ['src/steps/apply.ts', "import type { Settings } from '../inputs/read.ts'; export type Mine = Settings;"],
    ['src/steps/apply.ts', "import { plan } from './plan.ts'; plan();"],
    ['src/pingone/applications.ts', "import { send } from '../http/send.ts'; send();"],
    ['src/worker/plan.ts', "import type { List } from '../pingone/applications.ts'; export type Mine = List;"],
    ['src/worker/plan.ts', "import { ActionError } from '../errors.ts'; throw new ActionError();"],
    ['src/github/secrets.ts', "await import('@actions/github');"],
    ['src/github/seal.ts', "await import('libsodium-wrappers');"],
  ])('allowed: %s: %s', async (path, source) => {
    expect(await broken(path, source)).toEqual([]);
  });
});

describe('packages and Node have their rooms', () => {
  test.each([
    ['src/worker/plan.ts', "import { readFile } from 'node:fs/promises'; readFile('x');"],
    ['src/worker/plan.ts', "import * as core from '@actions/core'; core.info('x');"],
    ['src/main.ts', "import * as core from '@actions/core'; core.info('x');"],
    ['src/steps/deliver.ts', "import { getOctokit } from '@actions/github'; getOctokit('x');"],
    ['src/pingone/client.ts', "import { HttpClient } from '@actions/http-client'; new HttpClient();"],
    ['src/github/api.ts', "import { HttpClient } from '@actions/http-client'; new HttpClient();"],
    ['src/http/send.ts', "import * as core from '@actions/core'; core.info('x');"],
    ['src/pingone/client.ts', "import { request } from 'node:https'; request('x');"],
    ['src/pingone/client.ts', "import { readFile } from 'fs/promises'; readFile('x');"],
    ['src/steps/apply.ts', "import { env } from 'node:process'; env['HOME'];"],
  ])('%s: %s', async (path, source) => {
    expect(await broken(path, source)).toContain(imports);
  });

  test.each([
    ['src/worker/plan.ts', "import * as z from 'zod/mini'; z.string();"],
    ['src/http/transport.ts', "import * as https from 'node:https'; https.get('x');"],
    ['src/http/transport.ts', "import { HttpClient } from '@actions/http-client'; new HttpClient();"],
    ['src/github/mask.ts', "import * as core from '@actions/core'; core.info('x');"],
    ['src/datasync/files.ts', "import { writeFile } from 'node:fs/promises'; await writeFile('a', 'b');"],
  ])('allowed: %s: %s', async (path, source) => {
    expect(await broken(path, source)).toEqual([]);
  });
});

describe('one way out, one place for the environment, one place for masks', () => {
  test.each([
    ['src/pingone/client.ts', "await fetch('https://example.com');", 'no-restricted-globals'],
    ['src/pingone/client.ts', "await globalThis.fetch('https://example.com');", 'no-restricted-globals'],
    ['src/main.ts', "console.log('x');", 'no-restricted-globals'],
    ['src/steps/apply.ts', "export const home = process.env['HOME'];", 'no-restricted-properties'],
    ['src/inputs/read.ts', 'export const { env } = process;', 'no-restricted-properties'],
    ['src/github/outputs.ts', "import * as core from '@actions/core'; core.setSecret('x');", syntax],
    ['src/github/outputs.ts', "import * as core from '@actions/core'; export const { setSecret } = core;", syntax],
    ['src/github/mask.ts', "import { setSecret } from '@actions/core'; export const hide = setSecret;", syntax],
    ['src/github/mask.ts', "import { setSecret as hide } from '@actions/core'; hide('x');", syntax],
    ['src/github/mask.ts', "export { setSecret } from '@actions/core';", syntax],
    ['src/github/mask.ts', "import * as core from '@actions/core'; export const hide = core['setSecret'];", syntax],
    ['src/github/mask.ts', "import { setSecret } from '@actions/core'; export const tools = { setSecret };", syntax],
    [
      'src/github/toolkit.ts',
      "import { setSecret } from '@actions/core'; export const toolkit = { x: setSecret };",
      syntax,
    ],
  ])('%s: %s', async (path, source, rule) => {
    expect(await broken(path, source)).toContain(rule);
  });

  test.each([
    ['src/index.ts', "export const home = process.env['HOME'];"],
    ['src/github/mask.ts', "import * as core from '@actions/core'; export function mask() { core.setSecret('x'); }"],
    ['src/github/mask.ts', "import * as core from '@actions/core'; export const mask = () => core.setSecret('x');"],
    [
      'src/github/mask.ts',
      "import { setSecret } from '@actions/core'; export const runner = { mask: () => setSecret('x') };",
    ],
    ['src/github/toolkit.ts', "import { setSecret } from '@actions/core'; export const toolkit = { setSecret };"],
    [
      'src/github/mask.ts',
      "import type * as core from '@actions/core'; export type Mine = Pick<typeof core, 'setSecret'>;",
    ],
  ])('allowed: %s: %s', async (path, source) => {
    expect(await broken(path, source)).toEqual([]);
  });
});

test.each(['src/main.ts', 'sandbox/main.ts', '__tests__/main.test.ts'])('types come apart: %s', async (path) => {
  const use = 'b(); export type Mine = A;';
  expect(await broken(path, `import { type A, b } from './errors.ts'; ${use}`)).toEqual([syntax]);
  expect(await broken(path, `import type { A } from './errors.ts'; import { b } from './errors.ts'; ${use}`)).toEqual(
    [],
  );
});

describe('sizes', () => {
  const lines = (count: number) => 'export {};\n'.repeat(count);
  const body = (count: number) => `export function long() {\n${'  void 0;\n'.repeat(count - 2)}}\n`;

  test.each(['src/main.ts', 'sandbox/main.ts', 'bench/main.ts', 'scripts/build.mjs', '__tests__/main.test.ts'])(
    'no file above 200 lines: %s',
    async (path) => {
      expect(await broken(path, lines(200))).toEqual([]);
      expect(await broken(path, lines(201))).toEqual(['max-lines']);
    },
  );

  test.each(['src/main.ts', 'sandbox/main.ts'])('no function above 40 lines: %s', async (path) => {
    expect(await broken(path, body(40))).toEqual([]);
    expect(await broken(path, body(41))).toEqual(['max-lines-per-function']);
  });
});

test.each(['src/main.ts', 'sandbox/main.ts', 'bench/main.ts', '__tests__/main.test.ts', 'scripts/build.mjs'])(
  'the rules that need types are on: %s',
  async (path) => {
    const { rules, languageOptions } = await new ESLint().calculateConfigForFile(path);
    expect(languageOptions.parserOptions.projectService).toBe(true);
    expect(rules['@typescript-eslint/no-floating-promises'][0]).toBe(2);
  },
);
