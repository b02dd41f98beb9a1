/**
 * SCIM filters as far as PingOne supports them: `attribute operator "value"`, joined by `and`.
 * Source: PingOne API docs, Conventions (filtering), and the lists of supported attributes of each endpoint.
 */
import type { JsonObject } from '../json.ts';
import { asText, isObject } from '../json.ts';
import type { PingOneError } from './errors.ts';
import { invalidData } from './errors.ts';

export type SupportedFilters = Readonly<Record<string, readonly ('eq' | 'sw')[]>>;

interface Term {
  readonly attribute: string;
  readonly operator: string;
  readonly value: string;
}

const TERM = /^\s*([\w.]+)\s+(\w+)\s+("(?:[^"\\]|\\.)*")\s*(?:\s(and)\s|$)/i;

const invalidFilter = (message: string): PingOneError =>
  invalidData({ code: 'INVALID_FILTER', target: 'filter', message });

function parse(filter: string): Term[] {
  const [all, attribute = '', operator = '', quoted = '', and] = TERM.exec(filter) ?? [];
  if (all === undefined) throw invalidFilter('The filter is not a valid SCIM filter.');
  const term = { attribute, operator: operator.toLowerCase(), value: String(JSON.parse(quoted)) };
  return and === undefined ? [term] : [term, ...parse(filter.slice(all.length))];
}

/** The value of a path such as `organization.id`. */
function valueAt(row: JsonObject, path: string): string {
  const value = path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), row);
  return asText(value) ?? '';
}

/** Strings compare without regard to case, SCIM's default (RFC 7643 section 2.2). */
function matches(row: JsonObject, { attribute, operator, value }: Term): boolean {
  const actual = valueAt(row, attribute).toLowerCase();
  return operator === 'sw' ? actual.startsWith(value.toLowerCase()) : actual === value.toLowerCase();
}

/** The predicate that a filter stands for; attributes and operators that the endpoint does not support are refused. */
export function scimFilter(filter: string | undefined, supported: SupportedFilters): (row: JsonObject) => boolean {
  if (filter === undefined) return () => true;
  const terms = parse(filter);
  const unsupported = terms.find(
    ({ attribute, operator }) => !(supported[attribute] ?? []).some((known) => known === operator),
  );
  if (unsupported) throw invalidFilter(`The filter ${unsupported.attribute} ${unsupported.operator} is not supported.`);
  return (row) => terms.every((term) => matches(row, term));
}
