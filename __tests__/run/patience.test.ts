import { describe, expect, test } from '@jest/globals';
import { inProcess } from '../in-process/step-lab.ts';
import type { StepLab } from '../in-process/step-lab.ts';

const total = (slept: readonly number[]): number => slept.reduce((sum, ms) => sum + ms, 0);
const sandboxId = (lab: StepLab): string => lab.ready.environments.find(({ name }) => name === 'Sandbox')!.id;

describe('the time of the step (`timeout`, 300 s by default)', () => {
  test('is used to wait until new credentials work: at most 90 s', () =>
    inProcess(async (lab) => {
      const effect = { status: 401, body: { error: 'invalid_client' } };
      await lab.faults({ match: { path: `/${sandboxId(lab)}/as/token` }, times: 999, do: effect });
      const { of, outputs } = await lab.run();
      expect(of('setFailed')[0]).toMatch(
        /^PingOne did not issue a token for the worker's credentials: 401 invalid_client/,
      );
      expect(total(lab.slept)).toBeGreaterThan(75_000);
      expect(total(lab.slept)).toBeLessThanOrEqual(91_000);
      expect(outputs).toEqual({});
    }));

  test('is not used for that if nothing was changed', () =>
    inProcess(async (lab) => {
      await lab.run();
      lab.slept.length = 0;
      const effect = { status: 401, body: { error: 'invalid_client' } };
      await lab.faults({ match: { path: `/${sandboxId(lab)}/as/token` }, times: 999, do: effect });
      expect((await lab.run()).of('setFailed')).toHaveLength(1);
      expect(lab.slept).toEqual([]);
    }));

  test('is used up in an outage, and not exceeded', () =>
    inProcess(async (lab) => {
      await lab.faults({ match: { path: '/v1/roles' }, times: 999, do: { status: 503 } });
      const { of } = await lab.run();
      expect(of('setFailed')[0]).toContain('PingOne is unavailable.');
      expect(total(lab.slept)).toBeGreaterThan(280_000);
      expect(total(lab.slept)).toBeLessThanOrEqual(300_000);
      expect(of('info').filter((line) => line.startsWith('GET '))).toEqual([
        expect.stringMatching(/roles: status 503; retrying in 0\.3 s$/),
        expect.stringMatching(`and no time is left; gave up after ${lab.slept.length} retries in 2\\d\\d\\.\\d s$`),
      ]);
    }));

  test('is used to wait as `Retry-After` asks, up to a minute', () =>
    inProcess(async (lab) => {
      await lab.faults({ match: { path: '/v1/roles' }, do: { status: 429, headers: { 'Retry-After': 60 } } });
      const { outputs } = await lab.run();
      expect(outputs).toMatchObject({ result: 'created' });
      expect(lab.slept).toContain(60_250);
    }));

  test('is not used for a longer `Retry-After`', () =>
    inProcess(async (lab) => {
      await lab.faults({ match: { path: '/v1/roles' }, do: { status: 429, headers: { 'Retry-After': 61 } } });
      const { of } = await lab.run();
      expect(of('setFailed')[0]).toContain('rate limit');
      expect(lab.slept).toEqual([]);
    }));
});

describe('a step that is cancelled', () => {
  test('before it begins sends no request', () =>
    inProcess(async (lab) => {
      lab.cancel();
      const { of, outputs } = await lab.run();
      expect(of('setFailed')[0]).toMatch(/^The step was cancelled: before POST .*\/as\/token/);
      expect(await lab.requests()).toEqual([]);
      expect(outputs).toEqual({});
    }));

  test('during a creation finishes it, starts nothing else, and says where it stopped', () =>
    inProcess(async (lab) => {
      lab.hooks.exchanged = ({ method, path }) => {
        if (method === 'POST' && path.endsWith('/applications')) lab.cancel();
      };
      const { of } = await lab.run();
      const [message] = of('setFailed');
      expect(message).toMatch(/^The step was cancelled: /);
      expect(message).toContain('Done before: create the application.');
      expect((await lab.writes('pingone')).map(({ method }) => method)).toEqual(['POST']);
    }));
});
