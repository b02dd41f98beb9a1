// The documents are true of the code, as far as that can be held: what they name exists.
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

  test('links to files and headings that exist', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('names commands that package.json has', () => {
    const named = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
    const scripts = [...text.matchAll(/\bnode (?:scripts\/node24\.mjs )?([\w./-]+\.(?:mjs|ts))/g)];
    expect(scripts.map(([, name = '']) => name).filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });
});

describe.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s', (file) => {
  test('names files and folders that exist', () => {
    const quoted = [...read(file).matchAll(/`((?:src|sandbox|scripts|__tests__|docs|examples|dist)\/[^`\s]*)`/g)];
    const paths = quoted.map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('gives a single test that can be run', () => {
    const files = [...read(file).matchAll(/npm test -- (__tests__\/\S+?)`/g)].map(([, path = '']) => path);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('the architecture has a row for each room of src/', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| `src\/([^`]+?)\/?` \|/gm)].map(([, room]) => room);
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rows).toEqual(expect.arrayContaining(folders.map(({ name }) => name)));
});

describe('CONTRIBUTING.md', () => {
  const table = /<!-- dependencies -->(.*)<!-- \/dependencies -->/s.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  const rows = [...table.matchAll(/^\| `([^`]+)` \| (\S+) \|/gm)];

  test('has every runtime dependency with its licence', () => {
    const shown = rows.map(([, name = '', licence]) => ({ name, licence }));
    const installed = Object.keys(manifest.dependencies).map((name) => {
      const { license } = JSON.parse(read(join('node_modules', name, 'package.json')));
      return { name, licence: license };
    });
    expect(shown).toEqual(installed);
  });

  test('has every command but those that only workflows use', () => {
    const internal = ['sandbox:on-runner', 'sandbox:check'];
    const text = read('CONTRIBUTING.md');
    const missing = Object.keys(manifest.scripts).filter(
      (name) => !internal.includes(name) && !new RegExp(`npm (run (--silent )?)?${name}\\b`).test(text),
    );
    expect(missing).toEqual([]);
  });
});

test.each(documents)('%s: every complete step of the action names the region', (file) => {
  const blocks = [...read(file).matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
  const steps = blocks.filter((block) => block.includes('uses: OWNER/pingone-worker-app@') && block.includes('admin-'));
  expect(steps.filter((block) => !/^ *(region|api-url): /m.test(block))).toEqual([]);
});

test.each(['README.md', 'docs/sign-in.md'])('%s shows no input that the action of the step has not', (file) => {
  const blocks = [...read(file).matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => parse(block));
  const steps = blocks.flatMap((block): Step[] =>
    Array.isArray(block)
      ? block
      : Object.values(block.jobs as Record<string, { steps: Step[] }>).flatMap((job) => job.steps),
  );
  const ours = steps.filter(({ uses = '' }) => uses.startsWith('OWNER/pingone-worker-app'));
  expect(ours.length).toBeGreaterThan(0);
  for (const { uses = '', with: given = {} } of ours) {
    const { inputs } = uses.includes('/token@') ? parse(read('token/action.yml')) : action;
    expect(Object.keys(given).filter((name) => !(name in inputs))).toEqual([]);
  }
});

describe('README.md', () => {
  const readme = read('README.md');

  test('shows no output that action.yml has not', () => {
    const outputs = [...readme.matchAll(/steps\.worker\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
    expect(outputs.filter((name) => !(name in action.outputs))).toEqual([]);
  });

  test('says of every output whether it crosses jobs', () => {
    const section = /### Crossing jobs\n(.*?)\n### /s.exec(readme)?.[1] ?? '';
    const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name));
    expect(named).toEqual(expect.arrayContaining(Object.keys(action.outputs)));
  });

  test('names every kind of change', () => {
    const type = /^export type Change =(.*?);\n\n/ms.exec(read('src/worker/changes.ts'))?.[1] ?? '';
    const sentence = /`kind` is one of\s(.*?);/s.exec(readme)?.[1] ?? '';
    const kinds = [...type.matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(5);
    expect([...sentence.matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind)).toEqual(kinds);
  });

  test('has every recipe', () => {
    const recipes = ['examples/workflows', 'examples/neighbours'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );
    expect(recipes.filter((recipe) => !readme.includes(`(${recipe})`))).toEqual([]);
  });

  test('quotes messages that src/ has, or says whose they are', () => {
    const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => read(join('src', name)))
      .join('\n');
    const section = /## What the errors mean\n(.*?)\n## /s.exec(readme)?.[1] ?? '';
    const rows = [...section.matchAll(/^\| (?:403 with )?`(.+?)`.*? \| (.+) \|$/gm)];
    expect(rows.length).toBeGreaterThan(8);
    const others = /^(the runner's|GitHub's|PingOne's|PingOne's gateway's): /;
    const unknown = rows.filter(([, text = '', meaning = '']) => !others.test(meaning) && !source.includes(text));
    expect(unknown.map(([, text]) => text)).toEqual([]);
  });
});

test('CHANGELOG.md knows the version that package.json has', () => {
  expect(read('CHANGELOG.md')).toContain(manifest.version);
});
