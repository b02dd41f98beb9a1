import { describe, expect, test } from '@jest/globals';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { inWorkspace, png } from './images.ts';
import { byHand, changesOf, expectNoRequest } from './scenes.ts';

const description = 'Synchronises the directory';

describe('`clear: description`', () => {
  test.concurrent('clears the description once', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run({ description }));
      const result = await lab.run({ clear: 'description' });
      expect(changesOf(outputsOf(result))).toEqual([
        { kind: 'update-application', field: 'description', from: description, to: null },
      ]);
      expect(messages(result, 'warning')).toEqual([]);
      expect(await lab.theOnly(workerName)).not.toHaveProperty('description');
      const writes = await lab.writes('pingone');
      expect(outputsOf(await lab.run({ clear: 'description' }))).toMatchObject({ result: 'unchanged', changes: '[]' });
      expect(await lab.writes('pingone')).toEqual(writes);
    }),
  );

  test.concurrent('warns if another owner created the worker', () =>
    inSandbox(async (lab) => {
      await byHand(lab, { description });
      const result = await lab.run({ clear: 'description', roles: 'none' });
      const [change] = changesOf(outputsOf(result));
      expect(change).toMatchObject({ field: 'description', to: null });
      expect(change!.warning).toContain('this repository did not create the worker');
      expect(messages(result, 'warning')).toEqual([`Description: ${change!.warning!}.`]);
    }),
  );

  test.concurrent('does nothing on a new worker', () =>
    inSandbox(async (lab) => {
      const created = changesOf(outputsOf(await lab.run({ clear: 'description\nicon\nredirect-uris' })));
      expect(created.filter(({ field }) => field === 'description')).toEqual([]);
      expect(await lab.theOnly(workerName)).not.toHaveProperty('description');
    }),
  );
});

test.concurrent('all three fields need two writes, and the next run changes nothing', () =>
  inSandbox((lab) =>
    inWorkspace({ 'icon.png': png() }, async (workspace) => {
      const inputs = { description, icon: 'icon.png', 'redirect-uris': 'https://a.example.com/' };
      outputsOf(await lab.run(inputs, { workspace }));
      const clear = { clear: ' icon \n\n description\nredirect-uris\nicon' };
      const kinds = changesOf(outputsOf(await lab.run(clear))).map(({ kind, field }) => field ?? kind);
      expect(kinds).toEqual(['description', 'grantTypes', 'responseTypes', 'redirectUris', 'remove-icon']);
      const after = await lab.theOnly(workerName);
      for (const gone of ['description', 'icon', 'redirectUris']) expect(after).not.toHaveProperty(gone);
      expect(outputsOf(await lab.run(clear))).toMatchObject({ result: 'unchanged' });
    }),
  ),
);

describe('`clear` is refused before any request', () => {
  test.concurrent.each([
    ['description', { description }],
    ['icon', { icon: 'icon.png' }],
    ['redirect-uris', { 'redirect-uris': 'https://a.example.com/' }],
  ])('with a value for %s', (line, inputs) =>
    inSandbox((lab) =>
      inWorkspace({ 'icon.png': png() }, async (workspace) => {
        const { what, fix } = failureOf(await lab.run({ ...inputs, clear: line }, { workspace }));
        expect(what).toContain(`\`clear\` contains \`${line}\`, but the input \`${line}\` has a value`);
        expect(fix).toContain(`remove \`${line}\` or its line in \`clear\``);
        await expectNoRequest(lab);
      }),
    ),
  );

  test.concurrent.each(['name', 'roles', 'Description', 'description, icon', 'redirectUris'])(
    'with an unknown line: %s',
    (clear) =>
      inSandbox(async (lab) => {
        const { what } = failureOf(await lab.run({ clear }));
        expect(what).toContain('`clear` must be `description`, `icon` or `redirect-uris`, one per line; ');
        expect(what).toContain(`got \`${clear}\``);
        await expectNoRequest(lab);
      }),
  );
});
