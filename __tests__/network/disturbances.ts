/** What a step does during an outage, whether it runs in this process or as the built action. */
import { expect } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';

/** A read that is answered like this once is sent again, with a line in the log. */
export async function isWaitedOut(lab: Lab, effect: object): Promise<void> {
  await lab.faults({ match: { method: 'GET', path: '/v1/roles' }, do: effect });
  const result = await lab.run();
  expect(outputsOf(result)).toMatchObject({ result: 'created' });
  expect(result.log.match(/^GET \S+\/v1\/roles: .*; retrying in \d+\.\d s$/gm)).toHaveLength(1);
}

/** A read whose answer stops before its headers or in its body is given up before the step's time is over. */
export async function isGivenUp(lab: Lab, stall: string): Promise<void> {
  await lab.faults({ match: { path: '/v1/roles' }, times: 99, do: { stall } });
  const result = await lab.run({ timeout: '15' });
  const { what, fix } = failureOf(result);
  expect(what).toMatch(
    /^PingOne could not be reached for reading the roles: .* no complete response within (0\.\d+|1(\.\d+)?) s/,
  );
  expect(fix).toContain('`timeout`');
  expect(result.exitCode).toBe(1);
}
