// How the files of the project lie and hang together, where ESLint, which looks at one file at a time, cannot see it.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { root } from '../../scripts/child.mjs';

type Graph = ReadonlyMap<string, readonly string[]>;

const folders = ['src', 'sandbox', 'scripts', 'bench', '__tests__'];

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(relative(root, entry.parentPath), entry.name));

/** The files that each file imports; types and import() count as well. */
const imports = (): Graph =>
  new Map(
    folders
      .flatMap(filesOf)
      .filter((file) => /\.(ts|mjs)$/.test(file))
      .map((file) => {
        const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'));
        const own = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
        return [file, own.map((name) => relative(root, resolve(root, dirname(file), name)))];
      }),
  );

/** The first way found that leads from a file back to itself: `[a, b, a]`. */
function findCycle(graph: Graph): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...way, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('no file imports itself by a detour, not even for a type', () => {
  test('neither in a folder nor across them', () => {
    const graph = imports();
    expect(graph.get('src/main.ts')).toContain('src/errors.ts');
    expect(findCycle(graph)).toBeUndefined();
  });

  test('all kinds of imports are seen', () => {
    const source =
      "import { a } from './a.ts'; import type { B } from './b.ts'; export * from './c.ts'; import('./d.ts');";
    const { importedFiles } = ts.preProcessFile(source);
    expect(importedFiles.map(({ fileName }) => fileName)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts']);
  });

  test('a cycle is found', () => {
    const graph = new Map([
      ['start', ['a', 'c']],
      ['a', ['b']],
      ['b', []],
      ['c', ['b', 'd']],
      ['d', ['c']],
    ]);
    expect(findCycle(graph)).toEqual(['c', 'd', 'c']);
  });
});

test('file names are in kebab-case', () => {
  const files = [...folders, 'examples'].flatMap(filesOf);
  const code = files.filter((file) => /\.(ts|mjs|sh|yml)$/.test(file));
  expect(code.length).toBeGreaterThan(300);
  expect(code.filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(file.split(/[\\/]/).at(-1) ?? ''))).toEqual([]);
});
