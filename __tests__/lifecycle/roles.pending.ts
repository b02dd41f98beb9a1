// `changes` says what was changed (design, section 6): PingOne refuses a role on a population that is held on the environment.
import { expect, test } from '@jest/globals';
import { inSandbox } from '../bundle/harness.ts';
import { outputsOf } from '../bundle/outcome.ts';
import { changesOf } from './scenes.ts';

test.concurrent('a role that `roles` names on the environment and on a population is planned once', () =>
  inSandbox(async (lab) => {
    const changes = changesOf(
      outputsOf(await lab.run({ roles: 'Help Desk Admin\nHelp Desk Admin @ population:Default' })),
    );
    expect(changes.filter(({ kind }) => kind === 'grant-role')).toEqual([
      { kind: 'grant-role', to: 'Help Desk Admin @ environment' },
    ]);
  }),
);
