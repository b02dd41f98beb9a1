import { createHash } from 'node:crypto';
import type { Change, FieldChange } from '../worker/changes.ts';

/** Digests of a value that was sent to PingOne, and of the value that PingOne made of it. */
export interface NormalizedPair {
  readonly asked: string;
  readonly got: string;
}

/** By attribute: what PingOne changed in the values that it was sent. */
export type Normalized = Readonly<Record<string, NormalizedPair>>;

// Free text and addresses: PingOne may trim or rewrite these. Any other attribute has to be exactly as asked for.
const normalizable: ReadonlySet<string> = new Set(['name', 'description', 'redirectUris']);

/**
 * Whether PingOne's value is what it made of the value asked for, so that asking again would change nothing.
 *
 * @param normalized as an earlier run noted it
 */
export function isNormalized(normalized: Normalized | undefined, { field, from, to }: FieldChange): boolean {
  const pair = normalized?.[field];
  return pair?.asked === digest(to) && pair.got === digest(from);
}

/**
 * Compares the answer to a POST or PUT with what the plan asked for.
 *
 * @param answer the application as PingOne returned it
 * @returns a pair for each attribute that PingOne changed; undefined for one that is as asked for
 */
export function normalizedBy(
  plan: readonly Change[],
  answer: Readonly<Record<string, unknown>>,
): Readonly<Record<string, NormalizedPair | undefined>> {
  const asked = plan.flatMap((change): readonly Pick<FieldChange, 'field' | 'to'>[] => {
    if (change.kind === 'rename-application') return [{ field: 'name', to: change.to }];
    return change.kind === 'create-application' || change.kind === 'update-application' ? change.fields : [];
  });
  const pairs = asked
    .filter(({ field }) => normalizable.has(field))
    .map(({ field, to }) => {
      const pair = { asked: digest(to), got: digest(answer[field]) };
      return [field, pair.asked === pair.got ? undefined : pair] as const;
    });
  return Object.fromEntries(pairs);
}

/** The order of a list does not count, and an attribute that is not there is null. */
function digest(value: unknown): string {
  const canonical = Array.isArray(value) ? value.map(String).sort() : (value ?? null);
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
