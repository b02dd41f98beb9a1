/** What must be true of all stored values, whichever run came first. */
import type { ApplicationState, SandboxState, StoredValue } from '../bundle/control.ts';

const names = /^(.+_)(CLIENT_ID|CLIENT_SECRET|ENVIRONMENT_ID)$/;

interface Place {
  readonly target: string;
  readonly repository: string;
  readonly prefix: string;
  readonly values: ReadonlyMap<string, string>;
}

function placesIn({ github: { secrets, variables } }: SandboxState): readonly Place[] {
  const keyOf = ({ target, repository = '' }: StoredValue, prefix: string): string =>
    JSON.stringify([target, repository, prefix]);
  const places = new Map<string, Map<string, string>>();
  for (const stored of [...secrets, ...variables]) {
    const prefix = names.exec(stored.name)?.[1];
    if (prefix === undefined) continue;
    const key = keyOf(stored, prefix);
    places.set(key, (places.get(key) ?? new Map()).set(stored.name.slice(prefix.length), stored.value));
  }
  return [...places].map(([key, values]) => {
    const [target, repository, prefix] = JSON.parse(key) as [string, string, string];
    return { target, repository, prefix, values };
  });
}

/** What is stored belongs to a worker that lists it in its record, and the secret gets a token. */
export function wrongSecrets(state: SandboxState): string[] {
  return placesIn(state).flatMap((place) => {
    const where = `${place.prefix}* in ${place.target} of ${place.repository || 'the organization'}`;
    const owner = state.applications.find((application) => isListed(application, place));
    if (!owner) return [`${where}: ${[...place.values.keys()].join(', ')} is left, and no record lists it`];
    const [clientId = owner.clientId, secret = owner.secret] = [
      place.values.get('CLIENT_ID'),
      place.values.get('CLIENT_SECRET'),
    ];
    const works = [owner.secret, owner.previous?.secret].includes(secret) && clientId === owner.clientId;
    return works ? [] : [`${where}: the stored credentials do not work`];
  });
}

interface Entry {
  readonly target: string;
  readonly repository: string;
  readonly prefix: string;
}

function isListed(worker: ApplicationState, { target, repository, prefix }: Place): boolean {
  const stored = (worker.metadata?.['pingone-worker-app']?.stored ?? []) as readonly Entry[];
  const isSame = (entry: Entry): boolean =>
    entry.target === target && entry.prefix === prefix && [entry.repository, ''].includes(repository);
  return stored.some(isSame);
}

/** One worker, or none. */
export function wrongWorkers({ applications }: SandboxState): string[] {
  const workers = applications.filter(({ name }) => name.startsWith('Race'));
  return workers.length > 1 ? [`there are ${workers.length} workers`] : [];
}
