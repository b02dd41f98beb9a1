// The sandbox inside a job on GitHub's own runner, for .github/workflows/action.yml. The runner does not let a step
// replace GITHUB_API_URL, so api.github.com itself is played: by a proxy that ends TLS with a certificate of its own.
// usage: npm run sandbox:on-runner   sets step outputs, says `ready`, and runs until the job is over
import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../sandbox.ts';
import { openTunnel } from '../tunnel.ts';

const { ready } = await startSandbox();
const folder = mkdtempSync(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'sandbox-'));
const tunnel = await openTunnel(folder, ['api.github.com'], ready.github.apiUrl);

/** Made up at each start, and of no use outside of it: they need no mask. */
const outputs = {
  'api-url': ready.pingone.apiUrl,
  'auth-url': ready.pingone.authUrl,
  'admin-client-id': ready.admin.clientId,
  'admin-client-secret': ready.admin.clientSecret,
  'admin-environment-id': ready.admin.environmentId,
  'github-token': ready.github.token,
  repository: ready.github.repository,
  proxy: tunnel.url,
  ca: tunnel.ca,
};
const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
const file = process.env['GITHUB_OUTPUT'];
if (file) appendFileSync(file, lines.join(''));
process.stdout.write(file ? 'ready\n' : `${lines.join('')}ready\n`);
