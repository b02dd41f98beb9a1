// The worker's record: what runs note in it, and whether this repository may delete the worker.
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';

/** The key under which an application's metadata holds the record. */
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

/** A repository: its server, its numeric ID, which survives a rename, and its name for people. */
export interface Owner {
  readonly server: string;
  readonly repositoryId: string;
  readonly repository: string;
}

/**
 * A target in which the worker's credentials are stored. `server` and `repositoryId` identify the target's repository
 * (for `organization`, the organization); `repository` is its name, for people. `version` is the `credentials-version`
 * that was stored, `at` GitHub's `updated_at` of each name after that, `writing` the ID of the run that is storing. `old`
 * says how an earlier run stored the IDs, if those may still be there beside the ones that `ids` means.
 */
export type Stored = Readonly<z.infer<typeof storedSchema>>;

/** What a run is about to do to the secret or the worker; void after `until` (RFC 3339, PingOne's time). */
export type Intent = Readonly<z.infer<typeof intentSchema>>;

/** What the runs of this action noted about a worker. */
export type WorkerRecord = Readonly<z.infer<typeof recordSchema>>;

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

/** Reads the record from an application's metadata; `owner` is undefined if the runner does not name the repository. */
export function recordState(metadata: Metadata, owner: Owner | undefined): RecordState {
  const value = metadata[recordKey];
  if (value === undefined) return { kind: 'none', metadata };
  const record = recordSchema.safeParse(value).data;
  if (!record) return { kind: 'unreadable' };
  return { kind: isOwnedBy(record, owner) ? 'own' : 'foreign', metadata, record };
}

/** The record, if there is one that can be read, whoever owns it. */
export function recordOf(state: RecordState | undefined): WorkerRecord | undefined {
  return state?.kind === 'own' || state?.kind === 'foreign' ? state.record : undefined;
}

/** The targets that the record lists, of every repository. */
export function entriesOf(state: RecordState | undefined): readonly Stored[] {
  return recordOf(state)?.stored ?? [];
}

/** Whether two entries mean the same target. GitHub compares names of environments without case. */
export function isSameTarget(a: Stored, b: Stored): boolean {
  const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  return isSame(a.server, b.server) && a.repositoryId === b.repositoryId && isSame(a.target, b.target);
}

/** Whether two entries mean the same secrets: the same target, and the same prefix. */
export function isSameEntry(a: Stored, b: Stored): boolean {
  return isSameTarget(a, b) && a.prefix.toUpperCase() === b.prefix.toUpperCase();
}

function isOwnedBy(record: WorkerRecord, owner: Owner | undefined): boolean {
  return record.owner.server === owner?.server && record.owner.repositoryId === owner.repositoryId;
}

/**
 * A change to the record, as a function of the record that is there, undefined for none. Edits are idempotent: an edit
 * that changes nothing has been made already. So the same edit is made again where another run's write replaced it.
 */
export type RecordEdit = (record: WorkerRecord | undefined) => WorkerRecord | undefined;

/** Makes one edit after the other. */
export function allEdits(...edits: readonly RecordEdit[]): RecordEdit {
  return (record) => edits.reduce<WorkerRecord | undefined>((before, edit) => edit(before), record);
}

/** The metadata with the edit made, all other keys kept; undefined if the edit changes nothing. */
export function editedMetadata(
  state: Extract<RecordState, { metadata: Metadata }>,
  edit: RecordEdit,
): Metadata | undefined {
  const before = recordOf(state);
  const after = edit(before);
  return isDeepStrictEqual(before, after) ? undefined : { ...state.metadata, [recordKey]: after };
}

/** What only the owner of a record notes. */
export interface OwnerFacts {
  /** True only for the run whose POST created the application. */
  readonly created?: boolean;
  /** The uploaded icon; null if the icon was removed; undefined if it did not change. */
  readonly icon?: { readonly sha256: string; readonly imageId: string } | null | undefined;
  /** Digests of the values that PingOne changed, by attribute; undefined removes one. */
  readonly normalized?: Readonly<Record<string, { readonly asked: string; readonly got: string } | undefined>>;
}

/** Notes what the owner knows about the worker. Without a record it makes one; another owner's is left as it is. */
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
 * Notes the targets that a run is about to write to, before its first write to them. Until `noteStored` nobody knows
 * which credentials they hold.
 *
 * @param writing an ID of this run alone
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
 * Notes what the targets hold after the last write to them. If another run wrote to a target meanwhile, what it holds is
 * not known: then `version` and `at` are removed, and the next run writes again.
 *
 * @param entries with `version` and `at`; without both if they are not known
 */
export function noteStored(owner: Owner, entries: readonly Stored[], writing: string): RecordEdit {
  return (record) => {
    if (entries.length === 0) return record;
    const before = record ?? newRecord(owner);
    const stored = entries.reduce<readonly Stored[]>((known, entry) => settled(known, entry, writing), before.stored);
    return { ...before, stored: [...stored] };
  };
}

function settled(stored: readonly Stored[], entry: Stored, writing: string): readonly Stored[] {
  const { version, at, writing: _writing, old, ...bare } = entry;
  const withOld = (left: Stored['old']): Stored => ({ ...bare, ...(left ? { old: left } : {}) });
  const after = version !== undefined && at ? { ...withOld(old), version, at } : withOld(old);
  const known = stored.find((other) => isSameEntry(other, entry));
  if (!known) return [...stored, bare];
  const isOurs = known.writing === writing || isDeepStrictEqual(known, after);
  return stored.map((other) => (other === known ? (isOurs ? after : withOld(known.old)) : other));
}

/**
 * Notes which secret the worker has, and since when. The same version keeps the earlier time.
 *
 * @param seen the version that the record had when this run read it: another one is newer than what this run knows
 */
export function noteSecret(version: string, since: string, seen: string | undefined): RecordEdit {
  return (record) => {
    if (!record) return record;
    const { secret } = record;
    if (secret?.version === version) {
      // The clocks of two runs differ, so only a run that did not know of this secret compares times.
      if (seen === version) return record;
      return Date.parse(since) < Date.parse(secret.since) ? { ...record, secret: { ...secret, since } } : record;
    }
    return secret?.version === seen ? { ...record, secret: { version, since } } : record;
  };
}

/** Notes an intent, unless another run's is valid at this time (milliseconds since the epoch). */
export function noteIntent(intent: Intent, now: number): RecordEdit {
  return (record) => (!record || isOthersIntent(record, intent.id, now) ? record : { ...record, intent });
}

/** Removes the intent of this ID; another one stays. */
export function removeIntent(id: string): RecordEdit {
  return (record) => (record?.intent?.id === id ? withoutUndefined({ ...record, intent: undefined }) : record);
}

/** The intent of a run that may still be going on. */
export function validIntent(record: WorkerRecord | undefined, now: number): Intent | undefined {
  const intent = record?.intent;
  return intent && now < Date.parse(intent.until) ? intent : undefined;
}

function isOthersIntent(record: WorkerRecord, id: string, now: number): boolean {
  const intent = validIntent(record, now);
  return intent !== undefined && intent.id !== id;
}

function newRecord(owner: Owner): WorkerRecord {
  return { version: 1, owner: { ...owner }, origin: 'adopted', stored: [] };
}

function withoutUndefined(record: WorkerRecord): WorkerRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as WorkerRecord;
}

/** What stands in the way of deleting a worker. */
export type TeardownObstacle = 'production' | 'adopted' | 'foreign' | 'unrecorded';

/** What a person allowed on top. */
export interface DeleteOptions {
  /** `force-delete`: also what this repository did not create. */
  readonly force: boolean;
  /** `allow-production-delete`: also in a PingOne environment of type PRODUCTION. */
  readonly production: boolean;
}

/**
 * Why a worker may not be deleted; undefined where it may: this repository created it, or it was forced. A production
 * environment needs an option of its own.
 *
 * @param environmentType of the PingOne environment: PRODUCTION or SANDBOX
 */
export function teardownObstacle(
  record: RecordState,
  environmentType: string,
  options: DeleteOptions,
): TeardownObstacle | undefined {
  if (environmentType === 'PRODUCTION' && !options.production) return 'production';
  if (options.force || (record.kind === 'own' && record.record.origin === 'created')) return undefined;
  if (record.kind === 'own') return 'adopted';
  return record.kind === 'foreign' ? 'foreign' : 'unrecorded';
}
