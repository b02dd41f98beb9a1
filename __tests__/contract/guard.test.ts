import { describe, expect, test } from '@jest/globals';
import { unusedDeviations } from './check.ts';
import { deviations } from './deviations.ts';
import { contractGuard } from './guard.ts';
import { github, githubError } from './samples.ts';

const secret = '/repos/octo/sync/actions/secrets/TOKEN';
const wrong = github(`PUT ${secret}`, { send: {}, status: 202 });
const refused = github(`PUT ${secret}`, { send: {}, status: 422, answer: githubError });

describe('contract guard', () => {
  test('accepts valid exchanges', () => {
    const guard = contractGuard();
    guard.onExchange(github(`DELETE ${secret}`, { status: 204 }));
    expect(guard.assertClean).not.toThrow();
  });

  test('lists each distinct problem once, with its count', () => {
    const guard = contractGuard();
    guard.onExchange(wrong);
    guard.onExchange({ ...wrong, path: `${secret}_2` });
    const operation = 'PUT /repos/{owner}/{repo}/actions/secrets/{secret_name}';
    expect(guard.assertClean).toThrow(
      [
        'The exchanges with the sandbox break the contract:',
        `- ${operation}: request body: must have required property 'encrypted_value' (2 times)`,
        `- ${operation}: request body: must have required property 'key_id' (2 times)`,
        `- ${operation}: response 202 is not in the contract (2 times)`,
      ].join('\n'),
    );
  });

  test('is empty again after an assertion', () => {
    const guard = contractGuard();
    guard.onExchange(wrong);
    expect(guard.assertClean).toThrow();
    expect(guard.assertClean).not.toThrow();
  });

  test('reports a wrong request even if the server refused it', () => {
    const guard = contractGuard();
    guard.onExchange(refused);
    expect(guard.assertClean).toThrow('request body');
  });

  test('ignores refused requests that a test sends on purpose, but checks the responses', () => {
    const guard = contractGuard({ allowRefusedRequests: true });
    guard.onExchange(refused);
    expect(guard.assertClean).not.toThrow();
    guard.onExchange({ ...refused, responseBody: Buffer.from('{}') });
    expect(guard.assertClean).toThrow("response 422 body: must have required property 'message'");
  });

  test('reports a failure of the check itself instead of throwing into the server', () => {
    const guard = contractGuard();
    guard.onExchange({ ...wrong, requestBody: undefined as never });
    expect(guard.assertClean).toThrow('the check itself failed');
  });

  test('counts which deviations were needed, so that unused ones can be removed', () => {
    const guard = contractGuard();
    guard.onExchange(github(`GET ${secret}`, { status: 404, answer: githubError }));
    expect([...guard.usedDeviations()]).toEqual(['access-refused']);
    expect(unusedDeviations(guard.usedDeviations(), ['github'])).not.toContain('access-refused');
    expect(unusedDeviations(guard.usedDeviations(), ['github'])).toContain('rate-limited');
  });
});

describe('deviations', () => {
  test('have unique names, a reason and a source', () => {
    expect(new Set(deviations.map(({ name }) => name)).size).toBe(deviations.length);
    for (const { reason, source } of deviations) expect([reason, source]).not.toContain('');
  });
});
