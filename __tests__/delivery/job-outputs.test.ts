import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { action, DeliveryHarness, errorOf } from './harness.ts';

const harness = new DeliveryHarness();

/** The table of the documentation that says which output passes to other jobs, as rows of cells. */
const [, crossingJobs = ''] = readFileSync(join(action, 'docs/storing-credentials.md'), 'utf8').split(
  '\n## Cross jobs\n',
);
const rows = (crossingJobs.split('\n## ')[0] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )
  .filter((cells) => cells.length === 5);
const columns = [
  {},
  { 'mask-ids': 'false' },
  { 'custom-domain': 'auth.example.com' },
  { 'mask-ids': 'false', 'custom-domain': 'auth.example.com' },
] as Record<string, string>[];

test.each(columns.map((inputs, index) => [inputs, index + 1] as const))(
  'the outputs that pass to other jobs match the documentation: %j',
  async (inputs, column) => {
    const step = await harness.run({ ...inputs, 'store-in': 'repository' });

    expect(errorOf(step)).toBe('');
    const promised = rows.filter((row) => row[column] === 'passes').flatMap((row) => namesIn(row[0]!));
    const present = [...step.outputs].filter(([, value]) => value !== '').map(([name]) => name);
    expect([...step.jobOutputs.passed.keys()].sort()).toEqual(promised.filter((name) => present.includes(name)).sort());
    const documented = rows.flatMap((row) => namesIn(row[0]!));
    expect(present.filter((name) => !documented.includes(name))).toEqual([]);
  },
);

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);
}
