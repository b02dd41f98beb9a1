// The structure of the summary does not depend on names, descriptions and messages.
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { nextSteps } from '../../src/github/stored-values.ts';
import { summaryOf } from '../../src/github/summary.ts';
import type { SummaryFacts } from '../../src/github/summary.ts';
import { consoleUrl } from '../../src/pingone/addresses.ts';
import { inline as marked, shown } from '../../src/text.ts';
import { skeleton } from './skeleton.ts';
import { anyText, nasty } from './texts.ts';

const inline = (text: string): string => shown(marked(text));
const names = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'];

/** Everything that comes from outside, as a function of the words: from `a`, `b`, … on. */
function factsOf(
  words: readonly string[],
  shape: Pick<SummaryFacts, 'outcome' | 'isPlan'> & { files: boolean },
): SummaryFacts {
  const word = (index: number): string => words[index] ?? 'plain';
  const { files, ...rest } = shape;
  return {
    ...rest,
    name: word(0),
    environment: word(1),
    changes: [
      { setting: word(2), before: word(3), after: word(4) },
      { setting: 'Role', before: undefined, after: word(6) },
    ],
    warnings: [word(5).replaceAll('\n', ' '), word(7).replaceAll('\n', ' ')],
    roles: [
      { label: word(10), isAdministrators: true, isBeyond: false },
      { label: word(11), isAdministrators: false, isBeyond: true },
    ],
    secrets: [{ target: word(8), names: [word(9), word(12)] }],
    verification: { notVerified: word(13) },
    delivered: {
      stored: files ? [] : [{ target: `github-environment:${word(14)}`, secrets: names, variables: [] }],
      files: files ? [word(15), word(16)] : [],
      outputs: 'all',
    },
    secretAge: `The secret is old: ${word(18)}`,
    previousSecretExpiresAt: word(17),
    previousSecretUse: `It was used: ${word(19)}`,
    consoleUrl: consoleUrl('https://api.pingone.eu/v1', '11111111-1111-4111-8111-111111111111'),
    job: 'set-up',
  };
}

const shapes = fc.record({
  outcome: fc.constantFrom('created', 'updated', 'rotated', 'not-rotated', 'unchanged', 'deleted', 'absent'),
  isPlan: fc.boolean(),
  files: fc.boolean(),
} as const);
const words = fc.array(anyText, { minLength: 20, maxLength: 20 });

describe('the summary', () => {
  test('gets no row, cell, heading, link, fence, list or tag from text', () => {
    fc.assert(
      fc.property(words, shapes, (texts, shape) => {
        const summary = summaryOf(factsOf(texts, shape));
        const plain = summaryOf(
          factsOf(
            texts.map((text) => (text === '' ? '' : 'x')),
            shape,
          ),
        );
        expect(skeleton(summary)).toEqual(skeleton(plain));
        expect(summary.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(summary.isWellFormed()).toBe(true);
      }),
    );
  });

  test('has a limited length, however long the texts are', () => {
    const summary = summaryOf(
      factsOf(Array<string>(18).fill('<'.repeat(1_000_000)), { outcome: 'updated', isPlan: false, files: false }),
    );
    // GitHub shows up to 1 MiB (GitHub docs, "Adding a job summary").
    expect(summary.length).toBeLessThan(100_000);
  });
});

describe('what the summary offers to copy', () => {
  const outputs = 'all';

  test('is YAML in which a name is a string', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const stored = [{ target: `github-environment:${name}`, secrets: names, variables: [] }];
        const lines = nextSteps({ stored, files: [], outputs }, 'set-up');
        const start = lines.findIndex((line) => /^`{3,}yaml$/.test(line));
        const end = lines.indexOf(lines[start]!.replace('yaml', ''));
        const job = (parse(lines.slice(start + 1, end).join('\n')) as { sync: Record<string, unknown> }).sync;
        expect(Object.keys(job)).toEqual(['needs', 'environment', 'runs-on', 'steps']);
        expect(job['environment']).toBe(inline(name));
      }),
    );
  });

  test('is a command in which a path is one argument', () => {
    const paths = nasty.map((text) => `a/${text}`);
    const commands = paths.flatMap((path) =>
      nextSteps({ stored: [], files: [path, 'x'], outputs }, '').filter((line) =>
        line.startsWith('kubectl create configmap'),
      ),
    );
    const script = `kubectl() { shift 3; printf '%s\\0' "$@"; }\n${commands.join('\n')}`;
    const words = execFileSync('sh', ['-c', script], { env: {} }).toString().split('\0').slice(0, -1);
    expect(words).toEqual(paths.map((path) => `--from-env-file=${inline(path)}`));
  });
});
