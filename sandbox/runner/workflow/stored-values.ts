import { z } from 'zod';

const entrySchema = z.object({
  target: z.string(),
  repository: z.string().optional(),
  name: z.string(),
  value: z.string(),
  visibility: z.string().optional(),
  selectedRepositoryIds: z.array(z.number()).optional(),
});
const stateSchema = z.object({
  github: z.object({ secrets: z.array(entrySchema), variables: z.array(entrySchema) }),
});
type Entry = z.output<typeof entrySchema>;

/** Secrets and variables by name, as the contexts `secrets` and `vars` hold them. */
export interface Values {
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
}

/** Where the values come from: the sandbox, at the moment of asking. */
export interface ValueSource {
  /** What a run of the repository gets when it is queued: the organization's, then the repository's own. */
  whenQueued(): Promise<Values>;
  /** What a job that names the GitHub environment gets beside them when it starts. */
  whenStarted(environment: string): Promise<Values>;
}

/**
 * Source: GitHub Docs, "Secrets reference": a repository's and an organization's secrets are read when a run is queued,
 * an environment's when a job starts.
 *
 * @param origin one of the sandbox's servers
 */
export function sandboxValues(origin: string, repository: { name: string; id: number }): ValueSource {
  const read = async (isMeant: (entry: Entry) => boolean): Promise<Values> => {
    const { github } = stateSchema.parse(await (await fetch(`${origin}/__sandbox/state`)).json());
    const named = (entries: readonly Entry[]): Record<string, string> =>
      Object.fromEntries(entries.filter(isMeant).map(({ name, value }) => [name, value]));
    return { secrets: named(github.secrets), vars: named(github.variables) };
  };
  const isSeen = ({ target, visibility, selectedRepositoryIds = [] }: Entry): boolean =>
    target === 'organization' && (visibility !== 'selected' || selectedRepositoryIds.includes(repository.id));
  const isOwn = (entry: Entry, target: string): boolean =>
    entry.target.toLowerCase() === target.toLowerCase() && (entry.repository ?? repository.name) === repository.name;
  return {
    whenQueued: async () => over(await read(isSeen), await read((entry) => isOwn(entry, 'repository'))),
    whenStarted: (environment) => read((entry) => isOwn(entry, `github-environment:${environment}`)),
  };
}

/** The second where both have a name. */
export function over(below: Values, above: Values): Values {
  return { secrets: { ...below.secrets, ...above.secrets }, vars: { ...below.vars, ...above.vars } };
}
