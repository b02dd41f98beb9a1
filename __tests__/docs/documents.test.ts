// Checks that the files, commands, inputs and messages that the documents name exist.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../scripts/child.mjs';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const markdownIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'examples', '.github'].flatMap(markdownIn),
];
const manifest = JSON.parse(read('package.json'));
const action = parse(read('action.yml'));

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** What GitHub makes of a heading: `## The record` is `#the-record`. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe.each(documents)('%s', (file) => {
  const text = read(file);

  test('has only links to files and headings that exist', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('names only commands in package.json', () => {
    const named = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
    const scripts = [...text.matchAll(/\bnode (?:scripts\/node24\.mjs )?([\w./-]+\.(?:mjs|ts))/g)];
    expect(scripts.map(([, name = '']) => name).filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });
});

describe.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s', (file) => {
  test('names only files and folders that exist', () => {
    const quoted = [...read(file).matchAll(/`((?:src|sandbox|scripts|__tests__|docs|examples|dist)\/[^`\s]*)`/g)];
    const paths = quoted.map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names only test files that exist', () => {
    const files = [...read(file).matchAll(/npm test -- (__tests__\/\S+?)`/g)].map(([, path = '']) => path);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('docs/architecture.md has a row for each folder of src/', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| `src\/([^`]+?)\/?` \|/gm)].map(([, room]) => room);
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rows).toEqual(expect.arrayContaining(folders.map(({ name }) => name)));
});

describe('CONTRIBUTING.md', () => {
  const table = /<!-- dependencies -->(.*)<!-- \/dependencies -->/s.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  const rows = [...table.matchAll(/^\| `([^`]+)` \| (\S+) \|/gm)];

  test('lists every runtime dependency with its license', () => {
    const shown = rows.map(([, name = '', license]) => ({ name, license }));
    const installed = Object.keys(manifest.dependencies).map((name) => {
      const { license } = JSON.parse(read(join('node_modules', name, 'package.json')));
      return { name, license: license };
    });
    expect(shown).toEqual(installed);
  });

  test('lists every command except those that only workflows use', () => {
    const internal = ['sandbox:on-runner', 'sandbox:check'];
    const text = read('CONTRIBUTING.md');
    const missing = Object.keys(manifest.scripts).filter(
      (name) => !internal.includes(name) && !new RegExp(`npm (run (--silent )?)?${name}\\b`).test(text),
    );
    expect(missing).toEqual([]);
  });
});

test.each(documents)('%s: every complete step of the action sets the region', (file) => {
  const blocks = [...read(file).matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
  const steps = blocks.filter((block) => block.includes('uses: OWNER/pingone-worker-app@') && block.includes('admin-'));
  expect(steps.filter((block) => !/^ *(region|api-url): /m.test(block))).toEqual([]);
});

/** The documents that show steps of the action. */
const showing = documents.filter((file) => read(file).includes('uses: OWNER/pingone-worker-app'));

test.each(showing)('%s shows only inputs and outputs that exist', (file) => {
  const text = read(file);
  const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => parse(block));
  const steps = blocks.flatMap((block): Step[] =>
    Array.isArray(block)
      ? block
      : Object.values((block.jobs ?? {}) as Record<string, { steps: Step[] }>).flatMap((job) => job.steps),
  );
  const ours = steps.filter(({ uses = '' }) => uses.startsWith('OWNER/pingone-worker-app'));
  expect(ours.length).toBeGreaterThan(0);
  for (const { uses = '', with: given = {} } of ours) {
    const { inputs } = uses.includes('/token@') ? parse(read('token/action.yml')) : action;
    expect(Object.keys(given).filter((name) => !(name in inputs))).toEqual([]);
  }
  const outputs = [...text.matchAll(/steps\.worker\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
  expect(outputs.filter((name) => !(name in action.outputs))).toEqual([]);
});

/** The names in backquotes in the rows of the tables of a section. */
function namesIn(file: string, heading: string, column: number): string[] {
  const section = new RegExp(`\\n#+ ${heading}\\n(.*?)(\\n#|$)`, 's').exec(read(file))?.[1] ?? '';
  const cells = [...section.matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) => row.split('|')[column] ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name));
}

test.each([
  ['Inputs', 'inputs'],
  ['Outputs', 'outputs'],
])('the README lists each of the %s once', (heading, kind) => {
  expect(namesIn('README.md', heading, 1).sort()).toEqual(Object.keys(action[kind]).sort());
});

test('the README has at most 180 lines and shows a dry run first', () => {
  const readme = read('README.md');
  expect(readme.split('\n').length).toBeLessThanOrEqual(180);
  expect(readme).toContain('dry-run: true');
});

test('docs/storing-credentials.md says for every output whether it passes to other jobs', () => {
  expect(namesIn('docs/storing-credentials.md', 'Cross jobs', 0).sort()).toEqual(Object.keys(action.outputs).sort());
});

test('docs/inputs.md lists every kind of change', () => {
  const type = /^export type Change =(.*?);\n\n/ms.exec(sources())?.[1] ?? '';
  const sentence = /`kind` is one of\s(.*?);/s.exec(read('docs/inputs.md'))?.[1] ?? '';
  const kinds = [...type.matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind);
  expect(kinds.length).toBeGreaterThan(5);
  expect([...sentence.matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind)).toEqual(kinds);
});

test('examples/README.md lists every example', () => {
  const index = read('examples/README.md');
  const examples = ['workflows', 'neighbours'].flatMap((folder) =>
    readdirSync(join(root, 'examples', folder)).map((name) => `${folder}/${name}`),
  );
  expect(examples.filter((example) => !index.includes(`(${example})`))).toEqual([]);
});

/** The text of all of src/, or of a folder of it, without one subfolder. */
function sources(folder = 'src', without?: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && dirname(name) !== without)
    .map((name) => read(join(folder, name)))
    .join('\n');
}

/** The text of src/ with each `what` of a problem with the inputs as it is printed: with a capital letter. */
function printed(): string {
  const capital = (_: string, start: string, letter: string): string => start + letter.toUpperCase();
  return sources('src', 'inputs') + sources('src/inputs').replace(/(\bwhat:\s*['"`])([a-z])/g, capital);
}

test('docs/sign-in.md quotes only messages in src/', () => {
  const [, section = ''] = read('docs/sign-in.md').split('\n## 5. If PingOne refuses it\n');
  const cells = [...section.matchAll(/^\| (`.+?`) \|/gm)].map(([, cell = '']) => cell);
  const quoted = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text));
  expect(quoted.length).toBeGreaterThan(4);
  const source = printed();
  expect(quoted.filter((text) => !source.includes(text))).toEqual([]);
});

test('docs/troubleshooting.md quotes only messages in src/, or says which system they come from', () => {
  const source = printed();
  const rows = [...read('docs/troubleshooting.md').matchAll(/^\| `(.+?[^\\])` \| (.+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(15);
  const others = /^(the runner's|GitHub's|PingOne's|PingOne's gateway's): /;
  const unknown = rows.filter(([, text = '', meaning = '']) => !others.test(meaning) && !source.includes(text));
  expect(unknown.map(([, text]) => text)).toEqual([]);
});

test('docs/setup.md lists every environment variable for admin credentials and region', () => {
  const names = [...sources('src/inputs').matchAll(/'(PINGONE_[A-Z_]+|PINGCLI_[A-Z_]+)'/g)].map(
    ([, name = '']) => name,
  );
  const variables = names.filter((name) =>
    /_CLIENT_ID|_CLIENT_SECRET|ENVIRONMENT_ID|ACCESS_TOKEN|DOMAIN|REGION/.test(name),
  );
  const setup = read('docs/setup.md');
  expect(
    [...new Set(variables)].filter((name) => !name.startsWith('PINGONE_WORKER_') && !setup.includes(name)),
  ).toEqual([]);
});

test('docs/images has only pictures of summaries, and the documents show three of them', () => {
  const shown = documents.map(read).join('\n');
  const pictures = readdirSync(join(root, 'docs/images'));
  expect(
    pictures.filter((name) => !/^summary-(created|rotated|unchanged|dry-run|failed|deleted)\.png$/.test(name)),
  ).toEqual([]);
  for (const kind of ['created', 'dry-run', 'failed']) expect(shown).toContain(`images/summary-${kind}.png)`);
});

test('CHANGELOG.md contains the version in package.json', () => {
  expect(read('CHANGELOG.md')).toContain(manifest.version);
});
