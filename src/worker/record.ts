import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';

/** The key under which an application's metadata holds the record. */
export const recordKey = 'pingone-worker-app';

const ownerSchema = z.object({ server: z.string(), repositoryId: z.string(), repository: z.string() });
const storedSchema = z.object({
  target: z.string(),
  repository: z.string(),
  prefix: z.string(),
  ids: z.enum(['secrets', 'variables']),
});
const recordSchema = z.looseObject({
  version: z.literal(1),
  owner: ownerSchema,
  origin: z.enum(['created', 'adopted']),
  icon: z.optional(z.object({ sha256: z.string(), imageId: z.string() })),
  stored: z.array(storedSchema),
  normalized: z.optional(z.record(z.string(), z.looseObject({ asked: z.string(), got: z.string() }))),
});

/** The repository that a workflow runs in: its server and its numeric id, which survives a renaming. */
export type Owner = Readonly<z.infer<typeof ownerSchema>>;

/** One place into which the worker's credentials were written. */
export type Stored = Readonly<z.infer<typeof storedSchema>>;

/** What the step noted about a worker. */
export type WorkerRecord = Readonly<z.infer<typeof recordSchema>>;

/**
 * What an application's metadata says about ownership.
 * - `none`: no record yet
 * - `own`: written by this repository
 * - `foreign`: written by another one, by a later version of this action, or damaged: never overwritten, allows nothing
 * - `unavailable`: PingOne does not give metadata out
 */
export type RecordState =
  | { readonly kind: 'none'; readonly metadata: Readonly<Record<string, unknown>> }
  | { readonly kind: 'own'; readonly metadata: Readonly<Record<string, unknown>>; readonly record: WorkerRecord }
  | { readonly kind: 'foreign'; readonly owner: string }
  | { readonly kind: 'unavailable' };

/**
 * Reads the record out of an application's metadata.
 *
 * @param owner who is asking; undefined where the runner does not say
 */
export function recordState(metadata: Readonly<Record<string, unknown>>, owner: Owner | undefined): RecordState {
  const value = metadata[recordKey];
  if (value === undefined) return { kind: 'none', metadata };
  const record = recordSchema.safeParse(value).data;
  if (!record) return { kind: 'foreign', owner: 'something that this version of the action cannot read' };
  const isOwn = record.owner.server === owner?.server && record.owner.repositoryId === owner.repositoryId;
  return isOwn ? { kind: 'own', metadata, record } : { kind: 'foreign', owner: record.owner.repository };
}

/** What a run has to note. */
export interface Noted {
  /** True where this very run's POST made the application. */
  readonly created: boolean;
  /** The places about to be written to. */
  readonly stored: readonly Stored[];
  /** What was uploaded; null where the icon was taken away; undefined where nothing happened to it. */
  readonly icon?: WorkerRecord['icon'] | null | undefined;
  /** Digests of the values that PingOne changed, by attribute; undefined removes one. */
  readonly normalized?: Readonly<Record<string, { readonly asked: string; readonly got: string } | undefined>>;
}

/** The metadata to write, with what is to be noted, all other keys kept; undefined where nothing needs to be written. */
export function notedMetadata(
  state: RecordState,
  owner: Owner | undefined,
  noted: Noted,
): Readonly<Record<string, unknown>> | undefined {
  if (!owner || state.kind === 'foreign' || state.kind === 'unavailable') return undefined;
  const before: WorkerRecord | undefined = state.kind === 'own' ? state.record : undefined;
  const known = before?.stored ?? [];
  const added = noted.stored.filter((entry) => !isListed(known, entry));
  const origin = noted.created ? 'created' : (before?.origin ?? 'adopted');
  const icon = noted.icon === undefined ? before?.icon : iconOf(noted.icon);
  const digests = Object.entries({ ...before?.normalized, ...noted.normalized }).filter(([, pair]) => pair);
  const normalized = digests.length === 0 ? undefined : Object.fromEntries(digests);
  const isNoted =
    before?.origin === origin &&
    added.length === 0 &&
    before.icon?.imageId === icon?.imageId &&
    isDeepStrictEqual(before.normalized, normalized);
  if (isNoted) return undefined;
  const record = { version: 1, owner, ...before, origin, icon, stored: [...known, ...added], normalized };
  return { ...state.metadata, [recordKey]: record };
}

/** Whether the record already names this place, with this prefix and this way of keeping the ids. */
export function isListed(stored: readonly Stored[], entry: Stored): boolean {
  return stored.some(
    ({ target, repository, prefix, ids }) =>
      target === entry.target && repository === entry.repository && prefix === entry.prefix && ids === entry.ids,
  );
}

function iconOf(icon: WorkerRecord['icon'] | null): WorkerRecord['icon'] {
  return icon ? { sha256: icon.sha256, imageId: icon.imageId } : undefined;
}
