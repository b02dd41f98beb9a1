import { ActionError } from '../errors.ts';

/** What a PingOne sync source or destination is configured with. */
export interface DataSyncValues {
  /** The region's API with `/v1`: the property `api-url`. */
  readonly apiUrl: string;
  /** The whole token endpoint, not the bare host: the property `auth-url`. */
  readonly tokenEndpoint: string;
  readonly environmentId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A file to be written. */
export interface DataSyncFile {
  readonly name: string;
  readonly content: string;
  /** Permissions, e.g. `0o600`. */
  readonly mode: number;
  readonly isSecret: boolean;
}

/** Whether this may begin the names: a name of an environment variable, with a letter or digit for the file names. */
export function isDataSyncPrefix(prefix: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix) && /[A-Za-z0-9]/.test(prefix);
}

/**
 * Whether every reader takes the value as it is: unquoted, it has no character that means anything to a shell, which
 * sources such a file in Ping Identity's images, and none that `docker run --env-file`, `kubectl create secret
 * --from-env-file` or `manage-profile --profileVariablesFile` would keep where a shell drops it, such as quotes.
 */
export function isPlainValue(value: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._~:/-]*$/.test(value);
}

/**
 * The two files of a worker: `ping-one.env` with what is no secret, and `ping-one-oauth-client-secret` with the secret
 * alone and no newline after it. The secret is kept out of the variables on purpose: Ping Identity's images write their
 * environment to disk.
 * Source: PingDataSync docs, "Creating a PingOne sync source"; Ping Identity docker images, pingsecrets.lib.sh.
 *
 * @throws ActionError where a value cannot stand unquoted
 */
export function dataSyncFiles(prefix: string, values: DataSyncValues): readonly DataSyncFile[] {
  const variables = {
    API_URL: values.apiUrl,
    AUTH_URL: values.tokenEndpoint,
    ENV_ID: values.environmentId,
    OAUTH_CLIENT_ID: values.clientId,
  };
  const odd = Object.entries(variables).find(([, value]) => !isPlainValue(value));
  if (odd) throw notPlain(prefix + odd[0]);
  const lines = Object.entries(variables).map(([name, value]) => `${prefix}${name}=${value}\n`);
  const stem = fileStem(prefix);
  return [
    { name: `${stem}.env`, content: lines.join(''), mode: 0o644, isSecret: false },
    { name: `${stem}-oauth-client-secret`, content: values.clientSecret, mode: 0o600, isSecret: true },
  ];
}

/** `PING_ONE_SOURCE_` becomes `ping-one-source`. */
function fileStem(prefix: string): string {
  return prefix
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^-+|-+$/g, '');
}

/** The value itself is not shown: it may be masked. */
function notPlain(name: string): ActionError {
  return new ActionError({
    what: `\`datasync-dir\`: the value of ${name} holds a character that not every reader of such a file takes alike.`,
    cause: 'the worker has an imported client id, or `api-url`, `auth-url` or `custom-domain` is unusual.',
    fix: 'leave `datasync-dir` out and hand the values on by the outputs.',
  });
}
