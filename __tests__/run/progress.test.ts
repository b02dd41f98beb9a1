import { describe, expect, test } from '@jest/globals';
import { createProgress, progressAdvice } from '../../src/run/progress.ts';

const store = (name: string, target = 'repository') =>
  ({ target, label: `the ${target} octo`, kind: name === 'ID' ? 'variable' : 'secret', name }) as const;

describe('the progress of a run', () => {
  test('moves planned steps to the steps that are done, and writes of one target are one line', () => {
    const progress = createProgress();
    expect(progressAdvice(progress)).toBe('');
    progress.plan(['create', 'grant', store('A'), store('ID'), store('A', 'organization')]);
    progress.finish('create');
    progress.finish(store('A'));
    expect(progress.done()).toEqual(['create', 'store A in the repository octo']);
    expect(progress.left()).toEqual(['grant', 'store ID in the repository octo', 'store A in the organization octo']);
    expect(progressAdvice(progress)).toBe(
      'Done before: create; store A in the repository octo. Not done: grant; store ID in the repository octo; ' +
        'store A in the organization octo. The next run continues from there.',
    );
    expect(progress.stored()).toEqual([{ target: 'repository', secrets: ['A'], variables: [] }]);
  });

  test('can drop a step, and plan it again', () => {
    const progress = createProgress();
    progress.plan(['create', 'rotate']);
    progress.drop('rotate');
    progress.finish('create');
    progress.finish(store('A'));
    progress.drop('create');
    progress.plan([store('A')]);
    expect([progress.done(), progress.left()]).toEqual([[], ['store A in the repository octo']]);
    progress.finish(store('A'));
    expect(progressAdvice(progress)).toBe(
      'Done before: store A in the repository octo. The next run continues from there.',
    );
  });

  test('keeps each warning once', () => {
    const progress = createProgress();
    ['a', 'b', 'a'].forEach(progress.warn);
    expect(progress.warnings).toEqual(['a', 'b']);
  });
});
