// Runs each example for another tool. A script replaces the tool and signs in with the variables that the tool
// documents, by the method that it uses.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { root } from '../../scripts/child.mjs';
import { DeliveryHarness } from '../delivery/harness.ts';
import { runRecipe, setUpRepository, standIn, stepEnvironment } from './recipes.ts';

const harness = new DeliveryHarness();
beforeEach(() => setUpRepository(harness));

const curl = 'curl --fail --silent --show-error --output /dev/null --data-urlencode grant_type=client_credentials';
const byPost = (id: string, secretFile: string, endpoint: string): string =>
  `${curl} --data-urlencode "client_id=${id}" --data-urlencode "client_secret@${secretFile}" "${endpoint}"`;

/** Runs a recipe with a stand-in for a tool on the PATH; `check` is what the tool does with its variables. */
async function run(recipe: string, tool: string, check: string) {
  const folder = standIn(tool, `#!/usr/bin/env bash\nset -euo pipefail\n${check}\necho "${tool} got a token"\n`);
  const { apiUrl, authUrl } = harness.ready.pingone;
  return runRecipe(harness, join('..', 'neighbours', recipe), {
    stubs: { 'actions/checkout': {} },
    env: {
      ...stepEnvironment(harness, folder),
      // The region's hosts, which the tool would make of its region.
      API_URL: apiUrl,
      AUTH_URL: authUrl,
    },
  });
}

test('terraform.yml: Terraform gets a token with its variables', async () => {
  const check =
    'if [ "$1" = init ]; then touch initialized; exit; fi\n' +
    '[ -e initialized ] && [ "$1" = apply ] && [ "$PINGONE_REGION_CODE" = EU ]\n' +
    byPost('$PINGONE_CLIENT_ID', '/dev/fd/3', '$AUTH_URL/$PINGONE_ENVIRONMENT_ID/as/token') +
    ' 3< <(printf %s "$PINGONE_CLIENT_SECRET")';
  const { result, jobs } = await run('terraform.yml', 'terraform', check);
  expect(jobs['terraform']!.log).toContain('terraform got a token');
  expect(result).toBe('success');
});

test('ping-cli.yml: the Ping CLI gets a token with its variables, by Client Secret Basic', async () => {
  const prefix = 'PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT';
  const check =
    '[ "$*" = "pingone auth login --client-credentials" ] && [ "$PINGCLI_PINGONE_ROOT_DOMAIN" = pingone.eu ]\n' +
    `printf 'user = "%s:%s"' "$${prefix}_ID" "$${prefix}_SECRET" | ` +
    `${curl} --config - "$AUTH_URL/$PINGCLI_PINGONE_ENVIRONMENT_ID/as/token"`;
  const { result, jobs } = await run('ping-cli.yml', 'pingcli', check);
  expect(jobs['ping-cli']!.log).toContain('pingcli got a token');
  expect(result).toBe('success');
});

test('pingdatasync.yml: PingDataSync gets a token with its variables, and the secret is only in a file', async () => {
  const folder = join(root, 'examples/pingdatasync/to-pingone/pd.profile/dsconfig');
  const profile = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  // DEFAULT_POPULATION_ID is the user's own.
  const names = new Set([...profile.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name));
  const wanted = [...names].filter((name) => name !== 'DEFAULT_POPULATION_ID').sort();
  expect(wanted).toEqual([
    'PING_ONE_API_URL',
    'PING_ONE_AUTH_URL',
    'PING_ONE_ENV_ID',
    'PING_ONE_OAUTH_CLIENT_ID',
    'SECRETS_DIR',
  ]);
  const secret = '$SECRETS_DIR/ping-one-oauth-client-secret';
  const check =
    `[ "$PING_ONE_API_URL" = "$API_URL" ] && [ -n "$PING_ONE_ENV_ID" ]\n` +
    `! env | grep -qF -- "$(cat "${secret}")"\n` +
    byPost('$PING_ONE_OAUTH_CLIENT_ID', secret, '$PING_ONE_AUTH_URL');
  const { result, jobs } = await run('pingdatasync.yml', 'manage-profile', check);
  expect(jobs['synchronise']!.log).toContain('manage-profile got a token');
  expect(result).toBe('success');
});
