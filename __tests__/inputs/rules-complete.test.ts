// The table of broken rules is complete: it comes by every place in src/inputs where something is found to be wrong.
import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { brokenRules, brokenWorkspace, readBrokenFile } from './broken-rules.ts';
import { environmentFor, least } from './settings.ts';

const folder = join(import.meta.dirname, '../../src/inputs');

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
    ['^ {4,}what[:,]', '\\b(notTaken|holdsBlanks|tokenProblem)\\((?!\\w+: )', ...named].join('|'),
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
  const workspace = brokenWorkspace();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  // Only what is compiled from here on is counted by branches.
  const { readSettings } = await import('../../src/inputs/read.ts');
  for (const [given] of brokenRules) {
    const env = environmentFor({ ...least, GITHUB_WORKSPACE: workspace, ...given });
    const read = () => readSettings({ env, event: () => undefined, readFile: readBrokenFile, mask: () => undefined });
    expect(read).toThrow('Inputs refused');
  }
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  rmSync(workspace, { recursive: true });

  const all = readdirSync(folder)
    .filter((file) => file !== 'problems.ts')
    .flatMap(places);
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter((place) => countAt(result, place) === 0).map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});
