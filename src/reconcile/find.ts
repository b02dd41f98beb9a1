import type { Application } from '../pingone/applications.ts';
import { looseName } from '../text.ts';

/** What the list of applications says about a name. */
export type Found =
  | { readonly kind: 'none'; readonly nearMisses: readonly string[] }
  | { readonly kind: 'one'; readonly application: Application }
  /** The oldest first, by creation, then by id: every run puts them in the same order. */
  | { readonly kind: 'several'; readonly applications: readonly [Application, Application, ...Application[]] }
  | { readonly kind: 'other-type'; readonly application: Application };

/**
 * Looks a worker up by its exact name, case and all, among the applications of type WORKER. Names are not unique in
 * PingOne. `nearMisses` are names that a person would take for the same (`looseName`).
 */
export function findWorker(applications: readonly Application[], name: string): Found {
  const named = applications.filter((application) => application.name === name);
  const [first, second, ...rest] = named.filter(({ type }) => type === 'WORKER').sort(byAge);
  if (first && second) return { kind: 'several', applications: [first, second, ...rest] };
  if (first) return { kind: 'one', application: first };
  if (named[0]) return { kind: 'other-type', application: named[0] };
  const loose = looseName(name);
  // Nobody takes a name of some megabytes for another, and comparing it would take seconds.
  const similar = (other: string): boolean => other.length < 10_000 && looseName(other) === loose;
  return { kind: 'none', nearMisses: applications.map((application) => application.name).filter(similar) };
}

/** Orders applications from the oldest to the youngest, by `createdAt`, then by id. */
export function byAge(a: Application, b: Application): number {
  const difference = Date.parse(a.createdAt ?? '') - Date.parse(b.createdAt ?? '');
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a.id < b.id ? -1 : 1;
}
