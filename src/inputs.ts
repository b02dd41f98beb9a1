import type { Lookup } from './adminCredentials.ts';
import { adminPairs, adminSecretNames, findAdminCredentials } from './adminCredentials.ts';
import { clashesWithAdminNames, isSecretPrefix, secretNames } from './github/names.ts';
import { environmentOf, runIdentity, whyNoSecrets } from './run.ts';
import { InputReader } from './inputReader.ts';
import { basicCredentials, formEncode } from './pingone/token.ts';
import { regionCodes, regionSuffix, regionUrls } from './pingone/regions.ts';
import type { Problem } from './problems.ts';
import { notTaken, refusal } from './problems.ts';
import type { Settings, StoreSettings, StoreTarget } from './settings.ts';
import type { DesiredRoles, DesiredWorker } from './worker/desired.ts';
import type { RoleLine } from './worker/roles.ts';
import { parseRoleLine } from './worker/roles.ts';

const authMethods = ['CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC'] as const;

/** What `readSettings` needs from outside. */
export interface InputSources {
  /** The process's environment: inputs arrive as `INPUT_<NAME>`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The payload of the event that started the workflow; undefined where there is none. */
  readonly event: () => unknown;
  /** Hides a value in the log from now on. */
  readonly mask: (value: string) => void;
}

/**
 * The inputs as one record. Credentials are masked first; then every rule is checked, and all that is wrong comes in
 * one message.
 *
 * @throws ActionError naming each input that is wrong
 */
export function readSettings({ env, event, mask }: InputSources): Settings {
  const reader = new InputReader(env);
  maskCredentials(reader, mask);

  const method = reader.choice('admin-auth-method', authMethods);
  const admin = findAdminCredentials(reader.text, reader.variable, method, whyNoSecrets(reader.variable, event));
  const desired = readDesired(reader);
  const environment = reader.required('environment', 'the id or the exact name of the PingOne environment');
  const outputSecret = reader.boolean('output-secret', true);
  const settings = {
    desired,
    environment: environmentOf(environment),
    ...readUrls(reader),
    verify: reader.boolean('verify', true),
    maskIds: reader.boolean('mask-ids', true),
    outputSecret,
    store: readStore(reader),
    timeoutSeconds: reader.seconds('timeout', 300),
    run: runIdentity(reader.variable),
  };
  const problems = [...reader.problems, ...('what' in admin ? [admin] : []), ...outputProblem(reader, outputSecret)];
  if ('what' in admin || problems.length > 0) throw refusal(problems);
  return { ...settings, admin };
}

/** Every credential that arrives, in each form in which the step sends it or an error might show it. */
function maskCredentials(reader: InputReader, mask: (value: string) => void): void {
  const secrets: readonly [Lookup, readonly string[]][] = [
    [reader.text, [...adminSecretNames.inputs, 'github-token']],
    [reader.variable, adminSecretNames.variables],
  ];
  for (const [lookup, names] of secrets) {
    for (const name of names) {
      mask(lookup(name));
      mask(formEncode(lookup(name)));
    }
  }
  const pairs: readonly [Lookup, readonly { id: string; secret: string }[]][] = [
    [reader.text, adminPairs.inputs],
    [reader.variable, adminPairs.variables],
  ];
  for (const [lookup, names] of pairs) {
    for (const { id, secret } of names) {
      if (lookup(secret) === '') continue;
      mask(basicCredentials({ clientId: lookup(id), clientSecret: lookup(secret) }));
    }
  }
}

function readDesired(reader: InputReader): DesiredWorker {
  return {
    name: reader.required('name', 'the name of the application in PingOne'),
    description: reader.text('description') || undefined,
    enabled: reader.booleanOr('enabled', 'keep', true),
    tokenEndpointAuthMethod: reader.choice('token-endpoint-auth-method', [...authMethods, 'keep']) ?? authMethods[0],
    roles: readRoles(reader),
  };
}

function readRoles(reader: InputReader): DesiredRoles {
  const lines = reader.lines('roles');
  const [only] = lines;
  if (only === undefined) return { kind: 'default' };
  if (lines.length === 1 && (only === 'none' || only === 'keep')) return { kind: only };
  const parsed: RoleLine[] = [];
  for (const line of lines) {
    const role = parseRoleLine(line);
    if ('unknownScope' in role) {
      reader.problems.push(notTaken('roles', line, 'lines of the form `Role name @ environment` or `@ organization`'));
    } else if (role.roleName === '' || role.roleName === 'none' || role.roleName === 'keep') {
      reader.problems.push(notTaken('roles', line, 'role names, one a line; `none` or `keep` stand alone'));
    } else parsed.push(role);
  }
  return { kind: 'listed', lines: parsed };
}

function readUrls(reader: InputReader): { apiUrl: string; authUrl: string } {
  const given = reader.text('region');
  const region = given || reader.variable('PINGONE_REGION_CODE') || 'NA';
  const suffix = regionSuffix(region);
  if (suffix === undefined) {
    const name = given ? 'region' : 'PINGONE_REGION_CODE';
    reader.problems.push(
      notTaken(name, region, `one of ${regionCodes.join(', ')}, or give \`api-url\` and \`auth-url\``),
    );
  }
  const defaults = regionUrls(suffix ?? 'com');
  const apiUrl = reader.url('api-url') ?? defaults.apiUrl;
  if (!apiUrl.endsWith('/v1')) {
    reader.problems.push({
      what: `\`api-url\` does not end in /v1`,
      cause: 'the host alone was given; the path of the API belongs to it',
      fix: `set \`api-url\` to ${apiUrl}/v1`,
    });
  }
  return { apiUrl, authUrl: reader.url('auth-url') ?? defaults.authUrl };
}

function readStore(reader: InputReader): StoreSettings | undefined {
  const prefix = readPrefix(reader);
  const overwrite = reader.boolean('overwrite-secrets', false);
  const targets = reader.lines('store-in').map((line): StoreTarget => {
    if (line !== 'repository') reader.problems.push(notTaken('store-in', line, '`repository`'));
    return { kind: 'repository' };
  });
  if (targets.length === 0) return undefined;

  const token = reader.text('github-token');
  if (token === '') {
    reader.problems.push({
      what: '`github-token` is missing, and `store-in` needs it',
      cause:
        "the secret that it is read from is not set; the job's own token is no substitute, it may never write secrets",
      fix:
        'pass a token that may write secrets in `github-token`: of a GitHub App, or a fine-grained personal access ' +
        'token with the repository permission "Secrets: write"',
    });
  }
  return {
    targets: [{ kind: 'repository' }],
    token,
    apiUrl: reader.gitHubApiUrl(),
    repository: reader.repository(),
    prefix,
    overwrite,
  };
}

function readPrefix(reader: InputReader): string {
  const prefix = reader.text('secret-prefix') || 'PINGONE_WORKER_';
  if (!isSecretPrefix(prefix)) {
    const taken = 'letters, digits and underscores that begin neither with a digit nor with GITHUB_';
    reader.problems.push(notTaken('secret-prefix', prefix, taken));
  }
  const clashes = clashesWithAdminNames(secretNames(prefix));
  if (clashes.length > 0) {
    reader.problems.push({
      what: `\`secret-prefix\` "${prefix}" would write ${clashes.join(', ')}`,
      cause: "people keep their admin credentials under these names; the worker's would overwrite them",
      fix: 'choose another `secret-prefix`, e.g. the default PINGONE_WORKER_',
    });
  }
  return prefix;
}

/** The toolkit prints outputs where the runner gives no file for them, and would print the secret with them. */
function outputProblem(reader: InputReader, outputSecret: boolean): Problem[] {
  if (!outputSecret || reader.variable('GITHUB_OUTPUT') !== '') return [];
  return [
    {
      what: '`output-secret` is true, but there is no file for outputs (GITHUB_OUTPUT is not set)',
      cause: 'the step does not run on a GitHub runner, or on one older than 2.327.1',
      fix: 'set `output-secret` to false, or run the step on a current runner',
    },
  ];
}
