// Hostile text in a whole run. The property tests in this folder check each place where it is shown.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StepOptions } from '../../sandbox/runner/step-options.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { outputNames } from '../bundle/harness.ts';
import type { World } from '../faults/world.ts';
import { inputs, openWorld, startAction, storing } from '../faults/world.ts';
import { startInProcess } from '../in-process/start.ts';
import { skeleton } from './skeleton.ts';
import { nasty, tenMegabytes } from './texts.ts';

const threeLines = /^[^\n]+\nLikely cause: [^\n]+\nWhat to do: [^\n]+$/;
/** All of them, a few at a time: what one could break, one breaks as well with others around it. */
const texts = Array.from({ length: 5 }, (_, index) => nasty.filter((__, at) => at % 5 === index).join('\n'));
/** A header cannot hold every character; what can be sent is sent. */
const asHeader = (text: string): string => text.replace(/[^\t\x20-\x7e]/g, '').slice(0, 2000);

describe('hostile text', () => {
  let world: World;
  /** The summaries with plain words in the place of hostile ones. */
  let plain: { readonly surrounded: string[]; readonly planned: string[] };
  beforeAll(async () => {
    world = await openWorld();
    await surround('x');
    const surrounded = skeleton((await run(byId())).summary.raw);
    await world.reset();
    plain = { surrounded, planned: skeleton((await run({ name: 'Plain', 'dry-run': 'true' })).summary.raw) };
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  const run = (more: Readonly<Record<string, string>>, options: Partial<StepOptions> = {}): Promise<StepResult> => {
    const given = inputs(world, { name: 'Hostile', ...storing(world), ...more });
    return startAction(world, given, { startProcess: startInProcess, ...options }).result;
  };

  /** Nothing was hidden, set or annotated but by the step. */
  const insistOnNoForgery = (step: StepResult): void => {
    const secrets = ['forged', 'forged-token', 'a', 'b'];
    expect(step.masks.filter((value) => secrets.includes(value))).toEqual([]);
    expect([...step.outputs.keys()].filter((name) => !outputNames.includes(name))).toEqual([]);
    expect([...step.outputs.values()]).not.toContain('forged');
    expect([...step.env, ...step.state, ...step.path]).toEqual([]);
    expect(step.annotations.filter(({ message }) => message.startsWith('forged'))).toEqual([]);
    expect(step.log).not.toContain('Unable to process command');
  };

  const insistOnOneError = (step: StepResult, what: RegExp): void => {
    insistOnNoForgery(step);
    const errors = step.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(errors).toEqual([expect.stringMatching(threeLines)]);
    expect(errors[0]).toMatch(what);
    expect(step.outputs.size).toBe(0);
  };

  test.each(texts)("in an error of PingOne's API and its headers: %j", async (text) => {
    const body = { id: text, code: text, message: text, details: [{ code: text, target: text, message: text }] };
    const headers = { 'correlation-id': asHeader(text) };
    await world.faults([{ match: { path: '/v1/roles' }, do: { status: 400, body, headers } }]);
    insistOnOneError(await run({}), /^PingOne refused reading the roles: GET \/v1\/roles: 400/);
  });

  test.each(texts)("in an error of PingOne's token endpoint: %j", async (text) => {
    const body = { error: text, error_description: text };
    await world.faults([{ match: { path: 're:/as/token$' }, do: { status: 401, body } }]);
    insistOnOneError(await run({}), /^PingOne \(127\.0\.0\.1:\d+\) refused the admin credentials/);
  });

  test.each(texts)("in an error of GitHub's API and its headers: %j", async (text) => {
    const headers = { 'x-accepted-github-permissions': asHeader(text), 'x-github-request-id': asHeader(text) };
    const match = { server: 'github', method: 'PUT' };
    await world.faults([{ match, do: { status: 403, body: { message: text, documentation_url: text }, headers } }]);
    insistOnOneError(
      await run({}),
      /^GitHub refused writing PINGONE_WORKER_CLIENT_ID to the repository octo\/sync: 403/,
    );
  });

  test.each(texts)("in names of PingOne's roles: %j", async (text) => {
    const roles = [{ id: 'r', name: text, applicableTo: ['ENVIRONMENT'] }];
    await world.faults([{ match: { path: '/v1/roles' }, do: { status: 200, body: { _embedded: { roles } } } }]);
    insistOnOneError(await run({}), /^`roles` contains "Identity Data Admin", which PingOne does not have/);
  });

  /** Applications of the name, and of a similar one, with this text in every field that is shown or reported. */
  const surround = async (text: string): Promise<void> => {
    const environment = world.ready.environments[0]!.id;
    await world.console({ environment, set: { name: `${text} x` } });
    await world.console({ create: { name: 'Hostile', description: text, enabled: false } });
    await world.console({ create: { name: `Hostile ${text}`, description: text } });
    await world.console({ create: { name: 'hostile', type: text, description: text } });
  };
  const byId = (): Record<string, string> => ({
    environment: world.ready.environments[0]!.id,
    description: 'plain',
    'mask-ids': 'false',
  });

  test.each(texts)('in names and descriptions of applications and environments: %j', async (text) => {
    await surround(text);
    const step = await run(byId());
    insistOnNoForgery(step);
    expect(step.outputs.get('result')).toBe('updated');
    expect(JSON.parse(step.outputs.get('changes')!)).toContainEqual(
      expect.objectContaining({ field: 'description', from: text, to: 'plain' }),
    );
    expect(skeleton(step.summary.raw)).toEqual(plain.surrounded);
  });

  test.each(nasty.filter((text) => text.trim() !== '' && !/\p{Cc}/u.test(text)))(
    'as the input `name`, such as a branch name: %j',
    async (name) => {
      const step = await run({ name, 'dry-run': 'true' });
      insistOnNoForgery(step);
      expect(step.outputs.get('result')).toBe('created');
      expect(skeleton(step.summary.raw)).toEqual(plain.planned);
    },
  );

  describe('of ten megabytes', () => {
    const long = '::error::forged\r\n'.repeat(tenMegabytes / 17);

    test('in an error', async () => {
      await world.faults([{ match: { path: '/v1/roles' }, do: { status: 400, body: { code: 'C', message: long } } }]);
      insistOnOneError(await run({}), /^PingOne refused reading the roles/);
    });

    test.each([
      ['in the description of the worker', { name: 'Hostile', description: long }],
      ['in the name of another application', { name: `Hostile ${long}` }],
    ])('%s', async (_, create) => {
      await world.console({ create });
      const step = await run({ description: 'plain' });
      insistOnNoForgery(step);
      expect(step.conclusion).toBe('success');
      expect(step.log.length).toBeLessThan(20_000);
      expect(step.summary.shown).toBeDefined();
    });
  });

  describe('through the built action', () => {
    const bundled = (more: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) =>
      startAction(world, inputs(world, { name: 'Hostile', ...storing(world), ...more }), { env }).result;
    const all = nasty.join('\n');

    test('in an error', async () => {
      const body = { code: all, message: all, details: [{ code: all, message: all }] };
      await world.faults([{ match: { path: '/v1/roles' }, do: { status: 400, body } }]);
      insistOnOneError(await bundled({}), /^PingOne refused reading the roles/);
    });

    test('in names and descriptions', async () => {
      await surround(all);
      const step = await bundled(byId());
      insistOnNoForgery(step);
      expect(step.conclusion).toBe('success');
    });

    test("in the runner's variables is not sent as a header", async () => {
      const forged = '1\r\nX-Forged: yes';
      const env = { GITHUB_RUN_ID: forged, GITHUB_RUN_ATTEMPT: forged, GITHUB_ACTION_REF: forged };
      expect((await bundled({}, env)).conclusion).toBe('success');
      const sent = await world.requests();
      expect(sent.filter(({ headers }) => 'x-forged' in headers)).toEqual([]);
      expect(new Set(sent.map(({ headers }) => headers['x-ping-external-transaction-id']))).toEqual(
        new Set([undefined, '1001/1__X-Forged__yes/1__X-Forged__yes']),
      );
      expect(new Set(sent.map(({ headers }) => headers['user-agent']))).toContain('pingone-worker-app/unreleased');
    });
  });
});
