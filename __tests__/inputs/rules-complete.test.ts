// The table of broken rules is complete: it comes by every place in src/inputs where something is found to be wrong.
import { once } from 'node:events';
import type { Profiler } from 'node:inspector';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import type { Coverage } from './coverage.ts';
import { root } from '../../scripts/child.mjs';

const folder = join(root, 'src/inputs');

interface Place {
  readonly file: string;
  readonly line: number;
  readonly offset: number;
}

/** Where a problem is made, or one that has a name is used; in problems.ts are only the ways to make one. */
function places(file: string): Place[] {
  const code = readFileSync(join(folder, file), 'utf8');
  const named = [...code.matchAll(/^const (\w+): Problem =/gm)].map(([, name = '']) => `\\b${name}\\b(?!:)`);
  const made = new RegExp(
    ['^ {4,}what[:,]', '\\b(mustBe|oneEach|holdsBlanks|tokenProblem)\\((?!\\w+: )', ...named].join('|'),
    'gm',
  );
  return [...code.matchAll(made)].map(({ index, 0: text }) => {
    const offset = index + text.length - 1;
    return { file, offset, line: code.slice(0, offset).split('\n').length };
  });
}

/** How often V8 came by an offset of a file: the innermost of the nested ranges says it. */
function countAt(scripts: readonly Profiler.ScriptCoverage[], { file, offset }: Place): number {
  const url = pathToFileURL(join(folder, file)).href;
  const [innermost] = scripts
    .filter((script) => script.url === url)
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)
    .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
  return innermost?.count ?? 0;
}

test('every place that finds a problem is reached by a rule of the table', async () => {
  const [{ scripts, messages }] = (await once(new Worker(join(root, '__tests__/inputs/coverage.ts')), 'message')) as [
    Coverage,
  ];
  for (const message of messages) expect(message).toContain('Likely cause: ');

  const all = readdirSync(folder)
    .filter((file) => file !== 'problems.ts')
    .flatMap(places);
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter((place) => countAt(scripts, place) === 0).map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});
