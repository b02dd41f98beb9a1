// Our own runner for jest (scripts/jest-runner.mjs) fails where jest's would: a test that cannot fail is none.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { root, runNode } from '../../scripts/child.mjs';
import { waiting } from '../../scripts/jest-order.mjs';

const files = {
  passes: `test('passes', () => expect(1).toBe(1)); test.each([1, 2])('passes %i', (n) => expect(n).toBeLessThan(3));`,
  'shows-no-match': `describe('of a group', () => test('fails', () => expect({ a: [1, 2] }).toEqual({ a: [1, 3] })));`,
  'throws-a-text': `test('fails', () => { throw 'a text'; });`,
  'throws-on-import': `throw new Error('on import');`,
  'has-bad-syntax': `test(`,
  'has-no-test': ``,
  'never-ends': `test('never ends', () => new Promise(() => undefined));`,
  'fails-in-a-hook': `afterAll(() => { throw new Error('in a hook'); }); test('passes', () => undefined);`,
  'is-not-awaited': `test('passes', async () => {
    setTimeout(() => { void Promise.reject(new Error('not awaited')); }, 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
  });`,
  exits: `test('exits', () => process.exit(0));`,
  'asserts-too-little': `test('fails', () => { expect.assertions(2); expect(1).toBe(1); });
    test('fails as well', () => { expect.hasAssertions(); });`,
  'is-skipped': `test.skip('is skipped', () => { throw new Error(); });`,
  'runs-side-by-side': `
    let arrived = () => undefined;
    const meeting = new Promise((resolve) => (arrived = resolve));
    test.concurrent('waits for the other', () => meeting);
    test.concurrent('comes', async () => arrived());`,
} as const;

interface Suite {
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

/** Runs jest with our runner over made-up files in a folder. */
function runJest(folder: string, sources: Readonly<Record<string, string>>, options: readonly string[] = []) {
  const head = "import { afterAll, describe, expect, test } from '@jest/globals';\n";
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, `${name}.test.ts`), head + text);
  const config = { rootDir: folder, runner: join(root, 'scripts/jest-runner.mjs'), testMatch: ['**/*.test.ts'] };
  const jest = ['node_modules/jest/bin/jest.js', '--config', JSON.stringify(config), '--testTimeout=500'];
  return runNode([...jest, ...options], { JEST_RESULTS: folder });
}

/** In the project, whose packages the made-up files import. */
function createFolder(): string {
  mkdirSync(join(root, 'build'), { recursive: true });
  return mkdtempSync(join(root, 'build', 'jest-'));
}

describe('a file', () => {
  const folder = createFolder();
  let code: number | null;
  let suites: ReadonlyMap<string, Suite>;

  beforeAll(async () => {
    const report = join(folder, 'report.json');
    ({ code } = await runJest(folder, files, ['--maxWorkers=2', '--silent', '--json', `--outputFile=${report}`]));
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as { testResults: (Suite & { name: string })[] };
    suites = new Map(testResults.map((suite) => [/([\w-]+)\.test\.ts$/.exec(suite.name)?.[1] ?? '', suite]));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const of = (name: keyof typeof files): Suite => suites.get(name)!;
  const passed = (name: keyof typeof files): string[] =>
    of(name).assertionResults.flatMap((one) => (one.status === 'passed' ? [one.fullName] : []));

  test('that passes is passed, each test by its name', () => {
    expect(of('passes').status).toBe('passed');
    expect(passed('passes')).toEqual(['passes', 'passes 1', 'passes 2']);
  });

  test('whose tests need each other at the same time is passed', () => {
    expect(passed('runs-side-by-side')).toHaveLength(2);
  });

  test('whose test is skipped has passed nothing', () => {
    expect(of('is-skipped').assertionResults).toEqual([expect.objectContaining({ status: 'pending' })]);
  });

  test.each([
    ['shows-no-match', /of a group › fails[^]*\+ {5}2/],
    ['throws-a-text', /a text/],
    ['throws-on-import', /on import/],
    ['has-bad-syntax', /SyntaxError/],
    ['has-no-test', /must contain at least one test/],
    ['never-ends', /[Ee]xceeded timeout of 500 ms/],
    ['fails-in-a-hook', /in a hook/],
    ['is-not-awaited', /not awaited/],
    ['asserts-too-little', /Expected two assertions[^]*Expected at least one assertion/],
    ['exits', /exit/],
  ] as const)('that %s is failed, and says why', (name, why) => {
    expect(of(name).status).toBe('failed');
    expect(stripVTControlCharacters(of(name).message)).toMatch(why);
  });

  test('that failed fails the run', () => {
    expect(code).toBe(1);
  });
});

describe('by itself, in jest`s own process,', () => {
  const folder = createFolder();
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('what fails after the last test of a file fails the run, and is left where `npm test` counts it', async () => {
    const late = `test('passes', () => { setTimeout(() => { throw new Error('too late'); }, 50); });`;
    const { code, output } = await runJest(folder, { late }, ['late']);
    expect(code).toBe(1);
    expect(output).toContain('After the last test of a file: Error: too late');
    expect(readFileSync(join(folder, 'late-errors'), 'utf8')).toBe('Error: too late\n');
  });

  test('a file that ends the process is named', async () => {
    const { code, output } = await runJest(folder, { ends: `test('ends', () => process.exit(3));` }, ['ends']);
    expect(code).toBe(3);
    expect(output).toContain(`The process ended while it ran ${join(folder, 'ends.test.ts')}`);
  });
});

test('the files that go first are there', () => {
  expect(waiting.filter((name) => !existsSync(join(root, '__tests__', `${name}.test.ts`)))).toEqual([]);
});
