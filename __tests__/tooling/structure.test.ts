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

const sources = new Map(
  [...folders.flatMap(filesOf), ...readdirSync(root)]
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const),
);

/** What a source imports, as it names it; types and import() count as well. */
const importedBy = (source: string): string[] =>
  ts.preProcessFile(source).importedFiles.map(({ fileName }) => fileName);
const imported = new Map([...sources].map(([file, source]) => [file, importedBy(source)]));

/** The file that an import names; undefined for a package. */
const target = (file: string, name: string): string | undefined =>
  name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : undefined;

/** The files that each file imports. */
const imports: Graph = new Map(
  [...imported].map(([file, names]) => [
    file,
    names.map((name) => target(file, name)).filter((name) => name !== undefined),
  ]),
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
  test('in the whole project', () => {
    expect(imports.get('src/main.ts')).toContain('src/errors.ts');
    expect(findCycle(imports)).toBeUndefined();
  });

  test('all kinds of imports are seen', () => {
    const source =
      "import { a } from './a.ts'; import type { B } from './b.ts'; export * from './c.ts'; import('./d.ts');";
    expect(importedBy(source)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts']);
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

const statementsOf = (file: string, source: string): readonly ts.Statement[] => [
  ...ts.createSourceFile(file, source, ts.ScriptTarget.Latest).statements,
];

/** The functions, classes and constants that a file exports by name; a type does no harm where it stays unused. */
function exportsOf(file: string, source: string): string[] {
  return statementsOf(file, source)
    .filter((one) => {
      const kinds = ts.canHaveModifiers(one) ? (one.modifiers ?? []).map(({ kind }) => kind) : [];
      return kinds.includes(ts.SyntaxKind.ExportKeyword) && !kinds.includes(ts.SyntaxKind.DefaultKeyword);
    })
    .flatMap((one): (ts.Node | undefined)[] => {
      if (ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one)) return [one.name];
      return ts.isVariableStatement(one) ? one.declarationList.declarations.map(({ name }) => name) : [];
    })
    .flatMap((name) => (name && ts.isIdentifier(name) ? [name.text] : []));
}

/** What a file takes from others, as `file#name`; `file#*` where it takes all. */
function takenBy(file: string, source: string): string[] {
  const whole = importedBy(source)
    .filter((name) => source.includes(`import('${name}')`) || source.includes(`export * from '${name}'`))
    .map((name) => `${String(target(file, name))}#*`);
  const named = statementsOf(file, source).flatMap((one) => {
    if (!ts.isImportDeclaration(one) || !ts.isStringLiteral(one.moduleSpecifier)) return [];
    const from = String(target(file, one.moduleSpecifier.text));
    const bindings = one.importClause?.namedBindings;
    if (!bindings) return [];
    if (ts.isNamespaceImport(bindings)) return [`${from}#*`];
    return bindings.elements.map(({ name, propertyName }) => `${from}#${(propertyName ?? name).text}`);
  });
  return [...whole, ...named];
}

/** Of the given files, what they export and nobody imports. */
function unused(files: ReadonlyMap<string, string>): string[] {
  const taken = new Set([...files].flatMap(([file, source]) => takenBy(file, source)));
  return [...files]
    .filter(([file]) => !taken.has(`${file}#*`))
    .flatMap(([file, source]) => exportsOf(file, source).map((name) => `${file}#${name}`))
    .filter((one) => !taken.has(one));
}

describe('what is exported is imported somewhere', () => {
  test('in the whole project', () => {
    // esbuild puts this one in the place of a package.
    const expected = ['scripts/inert-undici.mjs#ProxyAgent', 'scripts/inert-undici.mjs#fetch'];
    expect(unused(sources).filter((one) => !one.startsWith('__tests__/'))).toEqual(expected);
  });

  test('what nobody imports is found', () => {
    const files = new Map([
      ['a.ts', 'export const used = 1, idle = 2; export function renamed() {} export class Idle {} export type T = 1;'],
      ['b.ts', "import { used, renamed as mine } from './a.ts'; import * as c from './c.ts'; import('./d.ts');"],
      ['c.ts', 'export const all = 1;'],
      ['d.ts', 'export const later = 1;'],
    ]);
    expect(unused(files)).toEqual(['a.ts#idle', 'a.ts#Idle']);
  });
});

/** The package of an import: `@actions/core` of `@actions/core/lib/x`; undefined for a file, and what is Node's own. */
const packageOf = (name: string): string | undefined => /^(?![.]|node:)(@[^/]+\/)?[^/]+/.exec(name)?.[0];

test('every package that is imported is declared: what only another one brings may go with it', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const declared = Object.keys({ ...dependencies, ...devDependencies });
  const packages = [...imported.values()].flat().flatMap((name) => packageOf(name) ?? []);
  expect(packages).toEqual(expect.arrayContaining(['@actions/core', 'jest-circus', 'zod']));
  expect(packages.filter((name) => !declared.includes(name))).toEqual([]);
});

test('what is disabled of ESLint has a name, and types are not: without one it would be all', () => {
  const directives = [...sources].flatMap(([file, source]) =>
    [...source.matchAll(/^.*(?:\/\/|\/\*)\s*eslint-disable(?:-next-line|-line)?\b(.*)$/gm)].map(([, rest = '']) => [
      file,
      rest,
    ]),
  );
  expect(directives.length).toBeGreaterThan(0);
  const named = /^ (?!.*project\/)[@a-z][\w@/-]*(, [\w@/-]+)* -- /;
  expect(directives.filter(([, rest = '']) => !named.test(rest))).toEqual([]);
});

test('file names are in kebab-case', () => {
  const files = [...folders, 'examples'].flatMap(filesOf);
  const code = files.filter((file) => /\.(ts|mjs|sh|yml)$/.test(file));
  expect(code.length).toBeGreaterThan(300);
  expect(code.filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(file.split(/[\\/]/).at(-1) ?? ''))).toEqual([]);
});
