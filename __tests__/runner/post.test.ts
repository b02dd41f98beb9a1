import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runStep } from '../../sandbox/runner/step.ts';
import type { PostStep } from '../../sandbox/runner/step-options.ts';
import { runWorkflow } from '../../sandbox/runner/workflow/workflow.ts';
import { createAction, SET, temporaryDirectory } from './action-fixture.ts';

/** Says in `post` what the step was called, and writes a file that the next steps see. */
const action = createAction(
  {
    main: `${SET}set('GITHUB_STATE', 'called', process.env.INPUT_CALLED);
appendFileSync('seen.txt', process.env.INPUT_CALLED);
process.exitCode = Number(process.env.INPUT_CODE);`,
    post: `console.log('post of', process.env.STATE_called); process.exitCode = Number(process.env['INPUT_POST-CODE']);`,
  },
  'inputs:\n  called: { default: a }\n  code: { default: "0" }\n  post-code: { default: "0" }\n',
);

async function job(steps: string) {
  const root = temporaryDirectory();
  const file = join(root, 'workflow.yml');
  mkdirSync(root, { recursive: true });
  writeFileSync(file, `on: push\njobs:\n  one:\n    runs-on: x\n    steps:\n${steps}`);
  const nothing = { secrets: {}, vars: {} };
  const { jobs } = await runWorkflow({
    file,
    root,
    action,
    actionName: 'our/action',
    extraInputs: {},
    env: {},
    stubs: {},
    values: { whenQueued: () => Promise.resolve(nothing), whenStarted: () => Promise.resolve(nothing) },
    github: {},
  });
  return jobs['one']!;
}

const use = (called: string, more = '') =>
  `      - { id: ${called}, uses: our/action@v1, with: { called: ${called}${more} } }\n`;

test('post steps run after all steps of the job, the last one first', async () => {
  const { log, result } = await job(`${use('a')}${use('b')}      - run: echo between; cat seen.txt; echo\n`);
  expect(result).toBe('success');
  const said = log.split('\n').filter((line) => /^(post of|between|ab$)/.test(line));
  expect(said).toEqual(['between', 'ab', 'post of b', 'post of a']);
});

test('post steps also run after a failure, but not for a step that did not start', async () => {
  const { log, result, steps } = await job(`${use('a')}${use('b', ', code: 1')}${use('c')}`);
  expect(result).toBe('failure');
  expect(log.split('\n').filter((line) => line.startsWith('post of'))).toEqual(['post of b', 'post of a']);
  expect(Object.keys(steps)).toEqual(['a', 'b']);
});

test('a post step that fails fails the job, and the others still run', async () => {
  const { log, result } = await job(`${use('a')}${use('b', ', post-code: 1')}`);
  expect(result).toBe('failure');
  expect(log.split('\n').filter((line) => line.startsWith('post of'))).toEqual(['post of b', 'post of a']);
});

test('a condition checks the status of the job, not of the step', async () => {
  const onFailure = createAction({ main: '', post: `console.log('cleaned')` }, '  post-if: failure()\n');
  const posts: PostStep[] = [];
  const options = { action: onFailure, atJobEnd: (post: PostStep) => posts.push(post) };
  const first = await runStep(options);
  const second = await runStep(options);
  expect([first.conclusion, second.conclusion]).toEqual(['success', 'success']);
  expect((await posts[0]!('success')).stdout).toBe('');
  const after = await posts[1]!('failure');
  expect([after.stdout, after.conclusion]).toEqual(['cleaned\n', 'success']);
});
