import type { RunIdentity } from '../settings.ts';

/**
 * What leads from PingOne's audit trail back to the workflow run, on every request: at most 100 characters, letters,
 * digits and `. _ - / @ = # +` (PingOne API docs, "Request headers").
 */
export function traceHeaders({ owner, repository, runId, runAttempt }: RunIdentity): Readonly<Record<string, string>> {
  const header = (name: string, value: string): Record<string, string> =>
    value === '' ? {} : { [name]: value.replace(/[^A-Za-z0-9._\-/@=#+]/g, '_').slice(0, 100) };
  return {
    ...header('x-ping-external-transaction-id', [owner?.repositoryId, runId, runAttempt].filter(Boolean).join('/')),
    ...header('x-ping-external-session-id', repository),
  };
}
