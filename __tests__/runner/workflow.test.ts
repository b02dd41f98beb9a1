import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { evaluate, holds, interpolate } from '../../sandbox/runner/workflow/expressions.ts';
import type { WorkflowResult } from '../../sandbox/runner/workflow/workflow.ts';
import { runWorkflow } from '../../sandbox/runner/workflow/workflow.ts';
import type { WorkflowOptions } from '../../sandbox/runner/workflow/workflow-options.ts';
import { createAction, SET, temporaryDirectory } from './action-fixture.ts';

/** Says what it is given, and puts out a masked value and an open one. Both are made up. */
const action = createAction(
  {
    main:
      SET +
      "console.log('::add-mask::made-up-secret');\n" +
      "set('GITHUB_OUTPUT', 'hidden', 'made-up-secret');\nset('GITHUB_OUTPUT', 'open', 'open value');\n" +
      "set('GITHUB_ENV', 'ADDED', 'by the action');\n",
  },
  '',
);

function run(jobs: string, options: Partial<WorkflowOptions> = {}): Promise<WorkflowResult> {
  const root = temporaryDirectory();
  const file = join(root, 'workflow.yml');
  writeFileSync(file, `on: push\njobs:\n${jobs}`);
  const nothing = { secrets: {}, vars: {} };
  return runWorkflow({
    file,
    root,
    action,
    actionName: 'our/action',
    extraInputs: {},
    env: {},
    stubs: {},
    values: { whenQueued: () => Promise.resolve(nothing), whenStarted: () => Promise.resolve(nothing) },
    github: {},
    ...options,
  });
}

const producer = `
  make:
    runs-on: x
    outputs: { hidden: '\${{ steps.a.outputs.hidden }}', open: '\${{ steps.a.outputs.open }}' }
    steps:
      - { id: a, uses: our/action@v1 }
      - { run: 'echo "later step: $VALUE, $ADDED"', env: { VALUE: '\${{ steps.a.outputs.hidden }}' } }
`;

test('a masked value reaches a later step, but no other job', async () => {
  const result = await run(`${producer}
  use:
    runs-on: x
    needs: make
    steps:
      - { run: 'echo "hidden=[$HIDDEN] open=[$OPEN]"', env: { HIDDEN: '\${{ needs.make.outputs.hidden }}', OPEN: '\${{ needs.make.outputs.open }}' } }
`);
  expect(result.jobs['make']!.log).toContain('later step: ***, by the action');
  expect(result.jobs['make']!.log).toContain("##[warning]Skip output 'hidden' since it may contain secret.");
  expect(result.jobs['make']!.dropped).toEqual(['hidden']);
  expect(result.jobs['use']!.log).toContain('hidden=[] open=[open value]');
});

test('repository secrets are read when the run is queued, environment secrets when the job starts', async () => {
  let moment = 'before';
  const at = (name: string) => () => Promise.resolve({ secrets: { [name]: `${name} ${moment}` }, vars: { V: moment } });
  const values = { whenQueued: at('REPOSITORY'), whenStarted: at('ENVIRONMENT') };
  const stubs = {
    get 'change/things'() {
      moment = 'after';
      return {};
    },
  };
  const shown = '${{ toJSON(secrets.REPOSITORY) }} ${{ secrets.ENVIRONMENT }} ${{ vars.V }}';
  const result = await run(
    `
  first: { runs-on: x, steps: [{ uses: change/things@v1 }] }
  second:
    needs: first
    environment: staging
    runs-on: x
    outputs: { length: "\${{ endsWith(secrets.REPOSITORY, 'before') && endsWith(secrets.ENVIRONMENT, 'after') }}" }
    steps: [{ run: 'echo "$SHOWN"', env: { SHOWN: '${shown}' } }]
`,
    { values, stubs },
  );
  expect(result.jobs['second']!.outputs).toEqual({ length: 'true' });
  expect(result.jobs['second']!.log).toContain('"***" *** after');
});

test('a job whose need failed is skipped, unless it has another condition', async () => {
  const result = await run(`
  bad: { runs-on: x, steps: [{ run: exit 3 }, { run: echo never }, { if: 'failure()', run: echo tidy up }] }
  next: { runs-on: x, needs: bad, steps: [{ run: echo never }] }
  always: { runs-on: x, needs: [bad], if: 'always()', steps: [{ run: 'echo "$R"', env: { R: '\${{ needs.bad.result }}' } }] }
`);
  expect(result.result).toBe('failure');
  expect(result.jobs['bad']!.log).toContain('tidy up');
  expect(result.jobs['bad']!.log).not.toContain('never');
  expect(result.jobs['next']!.result).toBe('skipped');
  expect(result.jobs['always']!.log).toContain('failure');
});

test('a called workflow gets its inputs and the passed secrets, and returns outputs', async () => {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'w'));
  writeFileSync(
    join(root, 'w/called.yml'),
    `
on:
  workflow_call:
    inputs: { a: { type: string }, b: { type: string, default: standard } }
    secrets: { s: {} }
    outputs: { o: { value: '\${{ jobs.j.outputs.o }}' } }
jobs:
  j:
    runs-on: x
    outputs: { o: "\${{ inputs.a }} \${{ inputs.b }} \${{ secrets.s == 'made-up' }} \${{ secrets.OTHER == '' }}" }
    steps: [{ run: 'true' }]
`,
  );
  const queued = { secrets: { MINE: 'made-up', OTHER: 'made-up too' }, vars: {} };
  const result = await run(
    `
  call: { uses: ./w/called.yml, with: { a: given }, secrets: { s: '\${{ secrets.MINE }}' } }
`,
    { root, values: { whenQueued: () => Promise.resolve(queued), whenStarted: () => Promise.resolve(queued) } },
  );
  expect(result.jobs['call']!.outputs).toEqual({ o: 'given standard true true' });
});

test('only `shell: bash` notices a command that fails before a pipe', async () => {
  const { jobs } = await run(`
  default: { runs-on: x, steps: [{ run: 'false | cat' }] }
  bash: { runs-on: x, steps: [{ shell: bash, run: 'false | cat' }] }
`);
  expect([jobs['default']!.result, jobs['bash']!.result]).toEqual(['success', 'failure']);
});

test('a job runs once for each combination of its matrix, and fails if one of them fails', async () => {
  const { jobs } = await run(`
  lists:
    runs-on: x
    strategy: { matrix: { n: [1, 2], m: '\${{ fromJSON(''["a"]'') }}', include: [{ n: 2, extra: e }, { n: 3 }] } }
    steps: [{ run: 'echo "<$N$M$E>"; test "$N" != 2', env: { N: '\${{ matrix.n }}', M: '\${{ matrix.m }}', E: '\${{ matrix.extra }}' } }]
`);
  expect(jobs['lists']!.log.match(/<\w*>/g)).toEqual(['<1a>', '<2ae>', '<3>']);
  expect(jobs['lists']!.result).toBe('failure');
});

describe('unsupported syntax is refused', () => {
  test.each([
    ['  a: { runs-on: x, steps: [{ uses: some/body@v1 }] }', 'nobody said what stands in for it'],
    ['  a: { runs-on: x, strategy: { matrix: { n: [1], exclude: [] } }, steps: [] }', '`exclude` cannot be run'],
    ['  a: { runs-on: x, strategy: { matrix: { n: "${{ fromJSON(\'[]\') }}" } }, steps: [] }', 'any values'],
    ['  a: { runs-on: x, steps: [{ uses: ./ours }] }', 'nothing was checked out'],
    ['  a: { uses: some/body/w.yml@v1 }', 'is not in this repository'],
    ['  a: { runs-on: x, needs: b, steps: [] }', 'what is not there'],
    ['  a: { runs-on: x, container: y, steps: [] }', 'cannot be run'],
    ["  a: { runs-on: x, steps: [{ run: '${{ nope.x }}' }] }", 'nope'],
  ])('%s', async (jobs, message) => {
    await expect(run(jobs)).rejects.toThrow(message);
  });
});

describe('expressions', () => {
  test('are GitHub’s own', () => {
    const contexts = { a: { b: 'x', n: 2, none: null, list: ['p', 'q'] } };
    expect(interpolate("1${{ a.b }}2${{ a.n == 2 && 'two' || 'other' }}${{ a.none }}", contexts)).toBe('1x2two');
    expect(evaluate("join(a.list, '+')", contexts).coerceString()).toBe('p+q');
    expect(interpolate('${{ a.missing }}', contexts)).toBe('');
  });

  test.each([
    [undefined, 'success', true],
    [undefined, 'failure', false],
    ['always()', 'failure', true],
    ['failure()', 'failure', true],
    ["a.b == 'x'", 'success', true],
    ["a.b == 'x'", 'failure', false],
    ['${{ !cancelled() }}', 'failure', true],
    ["a.b == 'y'", 'success', false],
  ] as const)('if: %s after %s: %s', (condition, status, expected) => {
    expect(holds(condition, { a: { b: 'x' } }, status)).toBe(expected);
  });
});
