import { expect, test } from '@jest/globals';
import { insistOnDiscretion } from '../bundle/leaks.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { root } from '../../scripts/child.mjs';

// Ends the process at the first request, with the exit code of success.
const endTooEarly = `
  import http from 'node:http';
  http.request = () => process.exit(0);
`;

test('a run that ends before its work is done fails with a message', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  const secret = { label: 'the admin secret', value: 'not-a-real-secret', clientId: id };
  const step = await runStep({
    action: root,
    with: {
      name: 'PingDataSync',
      environment: id,
      'admin-client-id': id,
      'admin-client-secret': secret.value,
      'admin-environment-id': id,
      'api-url': 'http://127.0.0.1:1/v1',
      'auth-url': 'http://127.0.0.1:1',
    },
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(endTooEarly)}` },
  });
  insistOnDiscretion(step, [secret]);
  const { conclusion, exitCode, log, outputs } = step;
  expect({ conclusion, exitCode, outputs: [...outputs] }).toEqual({ conclusion: 'failure', exitCode: 1, outputs: [] });
  expect(log).toContain('The step stopped before its work was done');
});
