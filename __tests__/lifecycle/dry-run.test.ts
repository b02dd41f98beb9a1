import { describe, expect, test } from '@jest/globals';
import { adminInputs } from '../bundle/control.ts';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { inWorkspace, png, sha256 } from './images.ts';
import { bridge, byHand, changesOf, environmentId, grantByHand, requestsOf } from './scenes.ts';

const nothing = () => Promise.resolve();

const scenes: readonly [string, Inputs, (lab: Lab) => Promise<unknown>][] = [
  ['a new worker', { description: 'New', icon: 'icon.png', 'redirect-uris': 'https://a.example.com/back' }, nothing],
  ['a new worker with several roles', { roles: 'Identity Data Admin @ population:Default\nHelp Desk Admin' }, nothing],
  ['a worker that matches the inputs', {}, (lab) => lab.run()],
  [
    'a worker that differs',
    { description: 'New' },
    async (lab) => {
      await lab.run();
      const { id } = await lab.theOnly(workerName);
      await lab.console({ application: id, set: { enabled: false, grantTypes: [], description: 'Old' } });
    },
  ],
  ['a worker of another owner', { name: bridge, clear: 'description', icon: 'icon.png' }, nothing],
  [
    'a worker that is renamed and loses its icon',
    { name: 'Other name', 'application-id': '22222222-2222-4222-8222-222222222222', clear: 'icon', roles: 'none' },
    (lab) =>
      byHand(lab, {
        id: '22222222-2222-4222-8222-222222222222',
        icon: { id: '11111111-1111-4111-8111-111111111111', href: 'https://uploads.pingone.com/a.png' },
      }),
  ],
  ['a worker whose secret is rotated', { 'rotate-secret': 'true' }, (lab) => lab.run()],
  [
    'a worker that loses its redirect URIs',
    { clear: 'redirect-uris' },
    (lab) => lab.run({ 'redirect-uris': 'https://a.example.com/back' }),
  ],
];

describe('a dry run', () => {
  test.concurrent.each(scenes)('shows what the next run does, and changes nothing: %s', (_, inputs, prepare) =>
    inSandbox((lab) =>
      inWorkspace({ 'icon.png': png() }, async (workspace) => {
        await prepare(lab);
        const before = await lab.state();
        const readOnly = { ...adminInputs(lab.ready.admins.readOnly), 'dry-run': 'true', 'store-in': 'repository' };
        let outputs: Readonly<Record<string, string>> = {};
        const requests = await requestsOf(lab, async () => {
          outputs = outputsOf(await lab.run({ ...inputs, ...readOnly }, { workspace }));
        });
        expect(await lab.state()).toEqual(before);
        expect(requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/as/token'))).toEqual([]);
        expect(requests.filter(({ path }) => path.endsWith('/as/token'))).toHaveLength(1);
        expect(requests.filter(({ path }) => path.endsWith('/secret'))).toEqual([]);
        expect(requests.filter(({ server }) => server === 'github')).toEqual([]);

        const real = outputsOf(await lab.run(inputs, { workspace }));
        const { result, changed } = real;
        expect(outputs).toMatchObject({ result, changed, 'secret-rotated': 'false', 'credentials-version': '' });
        expect(changesOf(outputs)).toEqual(changesOf(real));
        expect(outputs).not.toHaveProperty('client-secret');
      }),
    ),
  );

  test.concurrent('shows the plan, one field per line, with old and new value', () =>
    inSandbox((lab) =>
      inWorkspace({ 'icon.png': png() }, async (workspace) => {
        const { id } = await byHand(lab, { description: 'Old', enabled: false, grantTypes: [] });
        const inputs = { description: 'New', icon: 'icon.png', 'dry-run': 'true', 'rotate-secret': 'true' };
        const result = await lab.run({ ...inputs, 'application-id': id, name: 'Renamed' }, { workspace });
        const plan = result.stdout.split('\n').flatMap((line) => (line.startsWith('  ') ? [line.trim()] : []));
        expect(plan).toEqual([
          `upload icon: "${sha256(png())}"`,
          'rename application: "PingDataSync" -> "Renamed"',
          'update application, description: "Old" -> "New"',
          'update application, enabled: false -> true',
          'update application, grantTypes: [] -> ["CLIENT_CREDENTIALS"]',
          'grant role: "Identity Data Admin @ environment"',
          'rotate secret',
        ]);
        expect(result.log).toContain('would be updated');
        expect(result.summary.shown).toMatch(/would (be updated|update)/);
      }),
    ),
  );

  test.concurrent('has no client ID if the worker does not exist', () =>
    inSandbox(async (lab) => {
      const outputs = outputsOf(await lab.run({ 'dry-run': 'true' }));
      expect(outputs).toMatchObject({ result: 'created', changed: 'true', 'environment-id': environmentId(lab) });
      expect(outputs).not.toHaveProperty('client-id');
      expect(outputs).not.toHaveProperty('application-id');
    }),
  );

  test.concurrent('has the client ID of an existing worker', () =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab);
      expect(outputsOf(await lab.run({ 'dry-run': 'true' }))).toMatchObject({ 'client-id': id, 'application-id': id });
    }),
  );

  test.concurrent('gives the same warnings as the real run', () =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab, { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' });
      await grantByHand(lab, id, 'Environment Admin', 'ORGANIZATION');
      const dry = await lab.run({ ...adminInputs(lab.ready.admins.readOnly), 'dry-run': 'true' });
      expect(messages(dry, 'warning')).toEqual([
        expect.stringMatching(/^Token endpoint authentication method: .*did not create/),
        expect.stringContaining('a role for administrators'),
      ]);
      // Those of a dry run need only read: nothing to warn of at every pull request.
      expect(messages(dry, 'notice')).toEqual([
        expect.stringMatching(/^The worker holds Environment Admin @ organization, but the admin application does not/),
      ]);
    }),
  );

  test.concurrent.each([
    ['an unknown role', { roles: 'Directory Amdin' }, /`roles` contains "Directory Amdin"/],
    ['an unknown application', { 'application-id': '33333333-3333-4333-8333-333333333333' }, /`application-id`/],
    ['an application of another type', { name: 'Web Shop' }, /`name` "Web Shop" is an application of type/],
  ])('fails if the real run would fail: %s', (_, inputs, says) =>
    inSandbox(async (lab) => {
      expect(failureOf(await lab.run({ ...inputs, 'dry-run': 'true' })).what).toMatch(says);
    }),
  );

  test.concurrent('needs no file for outputs', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ 'dry-run': 'true' }, { env: { GITHUB_OUTPUT: undefined } });
      expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
    }),
  );
});
