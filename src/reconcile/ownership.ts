// The worker's record: its content, its edits, and whether this repository may delete the worker.
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';

/** The key of the record in an application's metadata. */
export const recordKey = 'pingone-worker-app';

const ownerSchema = z.looseObject({ server: z.string(), repositoryId: z.string(), repository: z.string() });
const idsSchema = z.enum(['secrets', 'variables']);
const timesSchema = z.record(z.string(), z.string());
const storedSchema = z.looseObject({
  target: z.string(),
  server: z.string(),
  repositoryId: z.string(),
  repository: z.string(),
  prefix: z.string(),
  ids: idsSchema,
  old: z.optional(z.looseObject({ ids: idsSchema, at: z.optional(timesSchema) })),
  version: z.optional(z.string()),
  at: z.optional(timesSchema),
  writing: z.optional(z.string()),
});
const intentSchema = z.looseObject({ id: z.string(), kind: z.enum(['rotate', 'teardown']), until: z.string() });
const recordSchema = z.looseObject({
  version: z.literal(1),
  owner: ownerSchema,
  origin: z.enum(['created', 'adopted']),
  icon: z.optional(z.looseObject({ sha256: z.string(), imageId: z.string() })),
  secret: z.optional(z.looseObject({ version: z.string(), since: z.string() })),
  intent: z.optional(intentSchema),
  stored: z.array(storedSchema),
  normalized: z.optional(z.record(z.string(), z.looseObject({ asked: z.string(), got: z.string() }))),
});

/** A repository: its server, its numeric ID, which a rename does not change, and its name for messages. */
export interface Owner {
  readonly server: string;
  readonly repositoryId: string;
  readonly repository: string;
}

/**
 * A target that stores the worker's credentials. `server` and `repositoryId` identify the target's repository (for
 * `organization`, the organization); `repository` is its name for messages. `version` is the stored
 * `credentials-version`, `at` GitHub's `updated_at` of each name, `writing` the ID of the run that is storing. `old` says
 * how an earlier run stored the IDs, if these may still exist.
 */
export type Stored = Readonly<z.infer<typeof storedSchema>>;

/** The announcement of a rotation or a teardown by a run; not valid after `until` (RFC 3339, PingOne's time). */
export type Intent = Readonly<z.infer<typeof intentSchema>>;

/** The facts about a worker that the runs of this action wrote. */
export type WorkerRecord = Readonly<z.infer<typeof recordSchema>>;

/** An uploaded icon: SHA-256 of its file in hex, and the ID of PingOne's image. */
export type RecordedIcon = Readonly<Record<'sha256' | 'imageId', string>>;

/** An application's whole metadata; the record is one key of it. */
export type Metadata = Readonly<Record<string, unknown>>;

/**
 * What an application's metadata says about a worker.
 * - `none`: no record yet
 * - `own`, `foreign`: a record whose owner is this repository, or another one
 * - `unreadable`: written by a later version of this action, or damaged; never overwritten
 * - `unavailable`: PingOne does not return metadata
 */
export type RecordState =
  | { readonly kind: 'none'; readonly metadata: Metadata }
  | { readonly kind: 'own' | 'foreign'; readonly metadata: Metadata; readonly record: WorkerRecord }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unavailable' };

/** Parses the record of an application's metadata; `owner` is undefined if the runner does not provide the repository. */
export function recordState(metadata: Metadata, owner: Owner | undefined): RecordState {
  const value = metadata[recordKey];
  if (value === undefined) return { kind: 'none', metadata };
  const record = recordSchema.safeParse(value).data;
  if (!record) return { kind: 'unreadable' };
  return { kind: isOwnedBy(record, owner) ? 'own' : 'foreign', metadata, record };
}

/** The record of any owner; undefined if there is none or it cannot be read. */
export function recordOf(state: RecordState | undefined): WorkerRecord | undefined {
  return state?.kind === 'own' || state?.kind === 'foreign' ? state.record : undefined;
}

/** Whether the record says that this repository created the worker. */
export function isCreatedHere(state: RecordState): boolean {
  return state.kind === 'own' && state.record.origin === 'created';
}

/** The targets that the record lists, of every repository. */
export function entriesOf(state: RecordState | undefined): readonly Stored[] {
  return recordOf(state)?.stored ?? [];
}

/** Whether two entries are the same secrets: same target, same prefix. GitHub compares names without case. */
export function isSameEntry(a: Stored, b: Stored): boolean {
  const identity = ({ server, repositoryId, target, prefix }: Stored): string =>
    JSON.stringify([server, repositoryId, target, prefix]).toLowerCase();
  return identity(a) === identity(b);
}

function isOwnedBy(record: WorkerRecord, owner: Owner | undefined): boolean {
  return record.owner.server === owner?.server && record.owner.repositoryId === owner.repositoryId;
}

/**
 * A change of the record, as a function of the current record (undefined if there is none). Edits are idempotent, so an
 * edit is repeated if another run's write replaced it.
 */
export type RecordEdit = (record: WorkerRecord | undefined) => WorkerRecord | undefined;

/** One edit that applies all edits in order. */
export function allEdits(...edits: readonly RecordEdit[]): RecordEdit {
  return (record) => edits.reduce<WorkerRecord | undefined>((before, edit) => edit(before), record);
}

/** The metadata after the edit, with all other keys unchanged; undefined if the edit changes nothing. */
export function editedMetadata(
  state: Extract<RecordState, { metadata: Metadata }>,
  edit: RecordEdit,
): Metadata | undefined {
  const before = recordOf(state);
  const after = edit(before);
  return isDeepStrictEqual(before, after) ? undefined : { ...state.metadata, [recordKey]: after };
}

/** The facts that only the owner of a record writes. */
export interface OwnerFacts {
  /** True only for the run whose POST created the application. */
  readonly created?: boolean;
  /** The uploaded icon; null if the icon was removed; undefined if it did not change. */
  readonly icon?: RecordedIcon | null | undefined;
  /** Digests of the values that PingOne changed, by attribute; undefined removes one. */
  readonly normalized?: Readonly<Record<string, { readonly asked: string; readonly got: string } | undefined>>;
}

/** Writes the owner's facts. Creates the record if there is none. Does not change another owner's record. */
export function noteOwner(owner: Owner, { created = false, icon, normalized }: OwnerFacts): RecordEdit {
  return (record) => {
    if (record && !isOwnedBy(record, owner)) return record;
    const before = record ?? newRecord(owner);
    const { sha256, imageId } = icon ?? {};
    return withoutUndefined({
      ...before,
      owner: { ...before.owner, ...owner },
      origin: created ? 'created' : before.origin,
      icon: icon === undefined ? before.icon : sha256 && imageId ? { sha256, imageId } : undefined,
      normalized: normalized ? mergedDigests(before.normalized, normalized) : before.normalized,
    });
  };
}

function mergedDigests(
  before: WorkerRecord['normalized'],
  changes: NonNullable<OwnerFacts['normalized']>,
): WorkerRecord['normalized'] {
  const entries = Object.entries({ ...before, ...changes });
  const kept = entries.flatMap(([field, pair]) => (pair ? [[field, pair] as const] : []));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/**
 * Writes the targets that a run is going to write to, before the first write. Until `noteStored`, their credentials are
 * unknown.
 *
 * @param writing the ID of this run of the step
 */
export function noteWriting(owner: Owner, entries: readonly Stored[], writing: string): RecordEdit {
  return (record) => {
    if (entries.length === 0) return record;
    const before = record ?? newRecord(owner);
    return {
      ...before,
      stored: entries.reduce((stored, entry) => upsert(stored, { ...entry, writing }), before.stored),
    };
  };
}

function upsert(stored: readonly Stored[], entry: Stored): Stored[] {
  const { version: _version, at: _at, ...bare } = entry;
  const before = stored.find((known) => isSameEntry(known, bare));
  if (!before) return [...stored, bare];
  const old = oldIds(before, bare.ids);
  return stored.map((known) => (known === before ? { ...bare, ...(old ? { old } : {}) } : known));
}

/**
 * The IDs that stay in a target when they are stored as something else.
 *
 * @param known how the record lists the target
 * @param ids as what the IDs are stored now
 */
export function oldIds({ ids: before, at, old }: Stored, ids: Stored['ids']): Stored['old'] {
  return before === ids ? old : { ids: before, ...(at ? { at } : {}) };
}

/**
 * Writes which credentials the targets have after the last write. If another run wrote to a target in the meantime, its
 * credentials are unknown: `version` and `at` are removed, and the next run writes again.
 *
 * @param entries with `version` and `at`; without both if they are unknown
 */
export function noteStored(owner: Owner, entries: readonly Stored[], writing: string): RecordEdit {
  return (record) => {
    if (entries.length === 0) return record;
    const before = record ?? newRecord(owner);
    const stored = entries.reduce<readonly Stored[]>((known, entry) => finished(known, entry, writing), before.stored);
    return { ...before, stored: [...stored] };
  };
}

function finished(stored: readonly Stored[], entry: Stored, writing: string): readonly Stored[] {
  const { version, at, writing: _writing, old, ...bare } = entry;
  const withOld = (left: Stored['old']): Stored => ({ ...bare, ...(left ? { old: left } : {}) });
  const after = version !== undefined && at ? { ...withOld(old), version, at } : withOld(old);
  const known = stored.find((other) => isSameEntry(other, entry));
  if (!known) return [...stored, bare];
  const isOurs = known.writing === writing || isDeepStrictEqual(known, after);
  return stored.map((other) => (other === known ? (isOurs ? after : withOld(known.old)) : other));
}

/**
 * Writes the version of the worker's secret and when it was first seen. For the same version, the earlier time is kept.
 *
 * @param seen the version in the record when this run read it; if the record has another one now, that one is newer
 */
export function noteSecret(version: string, since: string, seen: string | undefined): RecordEdit {
  return (record) => {
    if (!record) return record;
    const { secret } = record;
    if (secret?.version === version) {
      // The clocks of two runs differ, so only a run that did not know this secret compares times.
      if (seen === version) return record;
      return Date.parse(since) < Date.parse(secret.since) ? { ...record, secret: { ...secret, since } } : record;
    }
    return secret?.version === seen ? { ...record, secret: { version, since } } : record;
  };
}

/** Writes an intent, unless another run's intent is valid at this time (milliseconds since the epoch). */
export function noteIntent(intent: Intent, now: number): RecordEdit {
  return (record) => {
    const id = validIntent(record, now)?.id ?? intent.id;
    return record && id === intent.id ? { ...record, intent } : record;
  };
}

/** Removes the intent with this ID. */
export function removeIntent(id: string): RecordEdit {
  return (record) => (record?.intent?.id === id ? withoutUndefined({ ...record, intent: undefined }) : record);
}

/** The intent, if it is still valid. */
export function validIntent(record: WorkerRecord | undefined, now: number): Intent | undefined {
  const intent = record?.intent;
  return intent && now < Date.parse(intent.until) ? intent : undefined;
}

function newRecord(owner: Owner): WorkerRecord {
  return { version: 1, owner: { ...owner }, origin: 'adopted', stored: [] };
}

function withoutUndefined(record: WorkerRecord): WorkerRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as WorkerRecord;
}

/** Why a worker must not be deleted. */
export type TeardownObstacle = 'production' | 'adopted' | 'foreign' | 'unrecorded';

/** The inputs that allow more deletions. */
export interface DeleteOptions {
  /** `force-delete`: also what this repository did not create. */
  readonly force: boolean;
  /** `allow-production-delete`: also in a PingOne environment of type PRODUCTION. */
  readonly production: boolean;
}

/**
 * Why a worker must not be deleted; undefined if it may be deleted, because this repository created it or `force` is set.
 * A production environment also needs `production`.
 *
 * @param environmentType of the PingOne environment: PRODUCTION or SANDBOX
 */
export function teardownObstacle(
  record: RecordState,
  environmentType: string,
  options: DeleteOptions,
): TeardownObstacle | undefined {
  if (environmentType === 'PRODUCTION' && !options.production) return 'production';
  if (options.force || isCreatedHere(record)) return undefined;
  if (record.kind === 'own') return 'adopted';
  return record.kind === 'foreign' ? 'foreign' : 'unrecorded';
}
