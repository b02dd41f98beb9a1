import type { ActionError } from '../errors.ts';
import { explained } from '../errors.ts';
import { explainGitHub } from '../github/explain.ts';
import { secretNames } from '../github/names.ts';
import type { Session } from './session.ts';
import type { PreparedTarget } from './preflight.ts';
import type { WorkerCredentials } from './credentials.ts';

/** One entry of the output `stored`. */
export interface StoredReport {
  readonly target: string;
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
}

/**
 * Writes the credentials to every target, one secret at a time.
 * Throws ActionError that says which values are new and which are not, where one fails.
 */
export async function storeCredentials(
  session: Session,
  targets: readonly PreparedTarget[],
  { clientId, clientSecret, environmentId }: WorkerCredentials,
): Promise<readonly StoredReport[]> {
  const names = secretNames(session.settings.store?.prefix ?? '');
  const values = [
    [names.clientId, clientId],
    [names.clientSecret, clientSecret],
    [names.environmentId, environmentId],
  ] as const;
  const reports: StoredReport[] = [];
  for (const { store, entry } of targets) {
    const written: string[] = [];
    for (const [name, value] of values) {
      try {
        await store.write(name, value);
      } catch (error) {
        throw withProgress(explainGitHub(error, `writing ${name} to ${store.label}`), reports, store.label, written);
      }
      written.push(name);
    }
    session.runner.info(`Stored in ${store.label}: ${written.join(', ')}`);
    reports.push({ target: entry.target, secrets: written, variables: [] });
  }
  return reports;
}

function withProgress(
  error: unknown,
  complete: readonly StoredReport[],
  label: string,
  written: readonly string[],
): ActionError {
  const done = [
    ...complete.map(({ target }) => `${target} (all)`),
    ...(written.length ? [`${label} (${written.join(', ')})`] : []),
  ];
  return explained(error).withAdvice(
    `Written before: ${done.join('; ') || 'nothing'}. The credentials in PingOne are unchanged by this; run again to write the rest.`,
  );
}
