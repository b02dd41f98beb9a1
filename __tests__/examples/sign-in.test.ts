// sign-in-with-aws-kms.yml: a script instead of the AWS CLI signs with the key of the sandbox's admin `keyPair`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { DeliveryHarness, valuesIn } from '../delivery/harness.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';
import { runRecipe, setUpRepository, standIn, stepEnvironment } from './recipes.ts';

const harness = new DeliveryHarness();
/** What GitHub's service for ID tokens was asked. */
const asked: (string | undefined)[][] = [];
const service = createServer((request, response) => {
  asked.push([request.url, request.headers.authorization]);
  response.end(JSON.stringify({ value: 'eyJtYWRl.dXA.made-up' }));
});
beforeAll(() => new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  service.close();
});
beforeEach(async () => {
  asked.length = 0;
  await setUpRepository(harness);
  const { keyPair } = harness.ready.admins;
  const variables = {
    PINGONE_ADMIN_CLIENT_ID: keyPair.clientId,
    PINGONE_ADMIN_ENVIRONMENT_ID: keyPair.environmentId,
    PINGONE_AUTH_URL: harness.ready.pingone.authUrl,
  };
  for (const [name, value] of Object.entries(variables)) {
    await harness.gitHub('POST', '/repos/octo/sync/actions/variables', { name, value });
  }
});

/** Signs as `aws kms sign` does, and keeps its arguments; the ID token has to be in a file that only this user reads. */
const aws = `#!/usr/bin/env bash
set -euo pipefail
printf '%s\\n' "$*" >> "$SEEN/arguments"
stat -c %a "$AWS_WEB_IDENTITY_TOKEN_FILE" >> "$SEEN/mode"
cat "$AWS_WEB_IDENTITY_TOKEN_FILE" >> "$SEEN/jwt"
while [ "$1" != --message ]; do shift; done
openssl dgst -sha256 -sign "$SEEN/key.pem" "\${2#fileb://}" | base64 --wrap=0
echo
`;

function run(seen: string) {
  const { port } = service.address() as AddressInfo;
  return runRecipe(harness, 'sign-in-with-aws-kms.yml', {
    env: {
      ...stepEnvironment(harness, standIn('aws', aws)),
      SEEN: seen,
      GITHUB_RUN_ID: '77',
      GITHUB_RUN_ATTEMPT: '1',
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'made-up-request-token',
    },
  });
}

test('AWS KMS signs, PingOne accepts the assertion, and no log contains it', async () => {
  const seen = temporaryDirectory();
  // Another `kid` than the recipe's is registered: PingOne takes any key of the set whose `kid` is the same or missing.
  const { keyPair } = harness.ready.admins;
  const { jwks } = (await harness.state()).applications.find(({ id }) => id === keyPair.clientId)!;
  const { keys } = JSON.parse(jwks as string);
  const renamed = JSON.stringify({ keys: [{ ...keys[0], kid: 'pingone-admin-1' }] });
  await harness.control('console', { application: keyPair.clientId, set: { jwks: renamed } });
  writeFileSync(join(seen, 'key.pem'), keyPair.privateKey, { mode: 0o600 });

  const { jobs, result } = await run(seen);
  expect(jobs['set-up']!.log).not.toContain('##[error]');
  expect(result).toBe('success');
  const read = (name: string): string => readFileSync(join(seen, name), 'utf8').trim();
  expect(read('arguments')).toMatch(
    /^kms sign --key-id alias\/pingone-admin --signing-algorithm RSASSA_PKCS1_V1_5_SHA_256 --message-type RAW --message fileb:\S+ --query Signature --output text$/,
  );
  expect([read('mode'), read('jwt')]).toEqual(['600', 'eyJtYWRl.dXA.made-up']);
  expect(asked).toEqual([['/token?api-version=2.0&audience=sts.amazonaws.com', 'bearer made-up-request-token']]);

  const { assertion } = jobs['set-up']!.steps;
  const signed = assertion!.outputs.get('assertion')!;
  expect(signed.split('.')).toHaveLength(3);
  expect(jobs['set-up']!.log).not.toContain(signed);
  expect(jobs['set-up']!.log).not.toContain(signed.split('.')[2]);
  const stored = valuesIn((await harness.state()).github.secrets, 'repository');
  await harness.expectCredentials(
    Object.fromEntries(Object.entries(stored).filter(([name]) => name.startsWith('PINGONE_WORKER_'))),
  );
});

test('if PingOne does not know the key, the message says what to compare', async () => {
  const seen = temporaryDirectory();
  const { privateKey } = harness.ready.admins.keyPair;
  // The registered `kid` is another one.
  writeFileSync(join(seen, 'key.pem'), privateKey, { mode: 0o600 });
  const { jobs, result } = await run(seen);
  expect(result).toBe('failure');
  expect(jobs['set-up']!.log).toMatch(/refused the admin credentials from the inputs .*`admin-client-assertion`/);
  expect(jobs['set-up']!.log).toContain('has another `kid`');
});
