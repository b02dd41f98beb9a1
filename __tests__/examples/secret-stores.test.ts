// vault.yml and aws-secrets-manager.yml: scripts instead of the CLIs store their arguments and their input.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { DeliveryHarness } from '../delivery/harness.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';
import { runRecipe, setUpRepository, standIn, stepEnvironment } from './recipes.ts';

const harness = new DeliveryHarness();
const idToken = 'eyJtYWRl.dXA.made-up';
/** What GitHub's service for ID tokens was asked: URL and authorization. */
const asked: (string | undefined)[][] = [];
const service = createServer((request, response) => {
  asked.push([request.url, request.headers.authorization]);
  response.end(JSON.stringify({ value: idToken }));
});
beforeAll(() => new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  service.close();
});
beforeEach(async () => {
  asked.length = 0;
  await setUpRepository(harness);
});

/** Keeps the arguments, one line per call. */
const start = '#!/usr/bin/env bash\nset -euo pipefail\nprintf "%s\\n" "$*" >> "$SEEN/arguments"\n';
const vault = `${start}
case "$1 $2" in
  'write -field=token') file="\${@: -1}"; file="\${file#jwt=@}"; stat -c %a "$file" > "$SEEN/mode"; cp "$file" "$SEEN/jwt"; echo hvs.made-up ;;
  'kv get') [ "$VAULT_TOKEN" = hvs.made-up ]; jq -er .credentials_version "$SEEN/stored" ;;
  'kv put') [ "$VAULT_TOKEN" = hvs.made-up ] && [ "\${@: -1}" = - ]; cat > "$SEEN/stored" ;;
esac
`;
const aws = `${start}
file="\${6#file://}"
stat -c %a "$file" "$AWS_WEB_IDENTITY_TOKEN_FILE" > "$SEEN/mode"
printf '%s' "$file" > "$SEEN/path"
cp "$AWS_WEB_IDENTITY_TOKEN_FILE" "$SEEN/jwt"
cp "$file" "$SEEN/stored"
`;

async function run(recipe: string, command: string, script: string, seen: string) {
  const { port } = service.address() as AddressInfo;
  return runRecipe(harness, join('..', 'neighbours', recipe), {
    env: {
      ...stepEnvironment(harness, standIn(command, script)),
      SEEN: seen,
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'made-up-request-token',
    },
  });
}
const lines = (seen: string): string[] => readFileSync(join(seen, 'arguments'), 'utf8').trimEnd().split('\n');
const read = (seen: string, name: string): string => readFileSync(join(seen, name), 'utf8');
const indented = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

test('vault.yml: Vault gets the exact values on standard input, once for each version of the credentials', async () => {
  const seen = temporaryDirectory();
  const first = await run('vault.yml', 'vault', vault, seen);
  expect(first.result).toBe('success');
  const { id, secret } = await harness.worker();
  const version = JSON.parse(read(seen, 'stored')).credentials_version;
  expect(version).toMatch(/^[0-9a-f]{12}$/);
  expect(read(seen, 'stored')).toBe(
    indented({
      client_id: id,
      client_secret: secret,
      environment_id: harness.ready.environments[0]!.id,
      credentials_version: version,
    }),
  );
  expect([read(seen, 'jwt'), read(seen, 'mode')]).toEqual([idToken, '600\n']);
  expect(asked).toEqual([
    ['/token?api-version=2.0&audience=https://vault.example.com', 'bearer made-up-request-token'],
  ]);
  expect(first.jobs['set-up']!.log).not.toContain('hvs.made-up');

  await run('vault.yml', 'vault', vault, seen);
  const calls = lines(seen);
  expect(calls.filter((line) => line.startsWith('kv put'))).toEqual(['kv put -mount=secret pingone/pingdatasync -']);
  for (const value of [secret, id, idToken, 'hvs.made-up']) expect(calls.join('\n')).not.toContain(value);
});

test('vault.yml: fails and writes nothing if Vault does not accept the ID token', async () => {
  const seen = temporaryDirectory();
  const { result } = await run('vault.yml', 'vault', `${start}[ "$1" != write ]\n`, seen);
  expect([result, lines(seen).length]).toEqual(['failure', 1]);
});

test('aws-secrets-manager.yml: AWS gets the exact values from a file that only the user can read', async () => {
  const seen = temporaryDirectory();
  const { result, jobs } = await run('aws-secrets-manager.yml', 'aws', aws, seen);
  expect(result).toBe('success');
  const { id, secret } = await harness.worker();
  const expected = { client_id: id, client_secret: secret, environment_id: harness.ready.environments[0]!.id };
  expect(read(seen, 'stored')).toBe(indented(expected));
  expect([read(seen, 'jwt'), read(seen, 'mode')]).toEqual([idToken, '600\n600\n']);
  expect(existsSync(read(seen, 'path'))).toBe(false);
  const [call = ''] = lines(seen);
  // AWS takes tokens of 32 to 64 characters.
  expect(call).toMatch(/^secretsmanager put-secret-value .* --client-request-token [\w-]{32,64}$/);
  for (const value of [secret, id, idToken]) expect(call).not.toContain(value);
  expect(jobs['set-up']!.log).not.toContain(idToken);
});
