import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { byHand, changesOf, expectNoRequest, lineOf } from './scenes.ts';

const a = 'https://a.example.com/back';
const b = 'http://localhost:8080/back?x=1';
const uris = { 'redirect-uris': `${a}\n\n  ${b}\n${a}` };
const interactive = {
  grantTypes: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'],
  responseTypes: ['CODE'],
  redirectUris: [a, b],
};
const worker = (lab: Lab) => lab.theOnly(workerName);
const clear = { clear: 'redirect-uris' };

describe('`redirect-uris`', () => {
  test.concurrent('adds the grant Authorization Code to a new worker', () =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run(uris));
      expect(await worker(lab)).toMatchObject(interactive);
      const fields = changesOf(outputs).filter(({ field }) => field! in interactive);
      expect(fields).toEqual(
        Object.entries(interactive).map(([field, to]) => ({ kind: 'create-application', field, from: null, to })),
      );
      expect(outputsOf(await lab.run(uris))).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('adds it to an existing worker with one write, and keeps its other grants', () =>
    inSandbox(async (lab) => {
      await byHand(lab, { grantTypes: ['TOKEN_EXCHANGE'] });
      const outputs = outputsOf(await lab.run({ ...uris, roles: 'none' }));
      const grantTypes = ['TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'];
      expect(await worker(lab)).toMatchObject({ ...interactive, grantTypes });
      expect(changesOf(outputs)).toEqual([
        { kind: 'update-application', field: 'grantTypes', from: ['TOKEN_EXCHANGE'], to: grantTypes },
        { kind: 'update-application', field: 'responseTypes', from: null, to: ['CODE'] },
        { kind: 'update-application', field: 'redirectUris', from: null, to: [a, b] },
      ]);
      const puts = (await lab.writes('pingone')).map(lineOf).filter((line) => line !== 'PUT metadata');
      expect(puts).toHaveLength(1);
    }),
  );

  test.concurrent.each([
    ['with an additional URI', [a, b, 'https://c.example.com/'], [a, b]],
    ['with a missing URI', [a], [a, b]],
    ['with another URI', [a, 'https://b.example.com/'], [a, b]],
    ['with another case in the path', [a, b.replace('back', 'Back')], [a, b]],
  ])('corrects a list that somebody changed: %s', (_, redirectUris, to) =>
    inSandbox(async (lab) => {
      const { 'client-id': id } = outputsOf(await lab.run(uris));
      await lab.console({ application: id!, set: { redirectUris } });
      const outputs = outputsOf(await lab.run(uris));
      expect(changesOf(outputs)).toEqual([
        { kind: 'update-application', field: 'redirectUris', from: redirectUris, to },
      ]);
      expect(await worker(lab)).toMatchObject(interactive);
    }),
  );

  test.concurrent('in another order is not a change', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(uris));
      const outputs = outputsOf(await lab.run({ 'redirect-uris': `${b}\n${a}` }));
      expect(outputs).toMatchObject({ result: 'unchanged', changes: '[]' });
      expect(await worker(lab)).toMatchObject(interactive);
    }),
  );

  test.concurrent('that are not set are not changed', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(uris));
      expect(outputsOf(await lab.run())).toMatchObject({ result: 'unchanged' });
      expect(await worker(lab)).toMatchObject(interactive);
    }),
  );

  test.concurrent.each([
    'http://a.example.com/back',
    'http://localhost.example.com/',
    'http://10.0.0.1/',
    'https://a.example.com/#part',
    'ftp://a.example.com/',
    'a.example.com',
    '//a.example.com',
  ])('%s is refused before any request', (uri) =>
    inSandbox(async (lab) => {
      const { what } = failureOf(await lab.run({ 'redirect-uris': `${a}\n${uri}` }));
      expect(what).toContain('`redirect-uris` must be `https://` addresses, one per line, without a fragment');
      expect(what).toContain(`got \`${uri}\``);
      expect(what).not.toContain(`\`${a}\``);
      await expectNoRequest(lab);
    }),
  );
});

describe('`clear: redirect-uris`', () => {
  test.concurrent('removes AUTHORIZATION_CODE and CODE, once', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(uris));
      const result = await lab.run(clear);
      expect(changesOf(outputsOf(result))).toEqual([
        { kind: 'update-application', field: 'grantTypes', from: interactive.grantTypes, to: ['CLIENT_CREDENTIALS'] },
        { kind: 'update-application', field: 'responseTypes', from: ['CODE'], to: null },
        { kind: 'update-application', field: 'redirectUris', from: [a, b], to: null },
      ]);
      expect(messages(result, 'warning')).toEqual([]);
      const after = await worker(lab);
      expect(after).toMatchObject({ grantTypes: ['CLIENT_CREDENTIALS'] });
      expect(after).not.toHaveProperty('redirectUris');
      expect(after).not.toHaveProperty('responseTypes');
      expect(outputsOf(await lab.run(clear))).toMatchObject({ result: 'unchanged', changes: '[]' });
    }),
  );

  test.concurrent('keeps other grants', () =>
    inSandbox(async (lab) => {
      const grantTypes = ['REFRESH_TOKEN', 'AUTHORIZATION_CODE', 'CLIENT_CREDENTIALS'];
      await byHand(lab, { ...interactive, grantTypes });
      outputsOf(await lab.run({ ...clear, roles: 'none' }));
      expect((await worker(lab))['grantTypes']).toEqual(['REFRESH_TOKEN', 'CLIENT_CREDENTIALS']);
    }),
  );

  test.concurrent('warns if another owner created the worker', () =>
    inSandbox(async (lab) => {
      await byHand(lab, interactive);
      const result = await lab.run({ ...clear, roles: 'none' });
      const warned = changesOf(outputsOf(result)).filter(({ warning }) => warning !== undefined);
      expect(warned.map(({ field }) => field)).toEqual(['grantTypes', 'responseTypes', 'redirectUris']);
      expect(messages(result, 'warning')).toHaveLength(3);
    }),
  );

  test.concurrent('does nothing on a worker without redirect URIs, and on a new one', () =>
    inSandbox(async (lab) => {
      const created = changesOf(outputsOf(await lab.run(clear)));
      expect(created).toContainEqual(expect.objectContaining({ field: 'grantTypes', to: ['CLIENT_CREDENTIALS'] }));
      expect(outputsOf(await lab.run(clear))).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent.each(['false', 'true'])('is refused if IMPLICIT needs them (dry run: %s)', (dryRun) =>
    inSandbox(async (lab) => {
      await byHand(lab, {
        grantTypes: ['CLIENT_CREDENTIALS', 'IMPLICIT'],
        responseTypes: ['TOKEN'],
        redirectUris: [a],
        enabled: false,
      });
      const before = await lab.state();
      const { what, fix } = failureOf(await lab.run({ ...clear, 'dry-run': dryRun }));
      expect(what).toContain('`clear` contains `redirect-uris`, but the application has the grant type Implicit');
      expect(fix).toContain('If nobody uses the grant type Implicit, remove it');
      expect(await lab.state()).toEqual(before);
    }),
  );
});
