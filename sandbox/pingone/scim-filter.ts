/**
 * SCIM filters as far as PingOne supports them: `attribute operator "value"`, joined by `and` and `or`, in parentheses.
 * Source: PingOne API docs, Conventions (filtering), and the lists of supported attributes of each endpoint; RFC 7644
 * section 3.4.2.2 (`and` binds more tightly than `or`). Clients of the vendor put parentheses around each term.
 */
import type { JsonObject } from '../json.ts';
import { asText, isObject } from '../json.ts';
import type { PingOneError } from './errors.ts';
import { invalidData } from './errors.ts';

export type SupportedFilters = Readonly<Record<string, readonly ('eq' | 'sw')[]>>;

type Predicate = (row: JsonObject) => boolean;

const TOKEN = /\s*(?:([()])|("(?:[^"\\]|\\.)*")|([\w.]+))/y;
const DEEPEST = 50;

const invalidFilter = (message: string): PingOneError =>
  invalidData({ code: 'INVALID_FILTER', target: 'filter', message });

const malformed = (): PingOneError => invalidFilter('The filter is not a valid SCIM filter.');

function tokenize(filter: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = filter.trimEnd().length; TOKEN.lastIndex < end;) {
    const match = TOKEN.exec(filter);
    if (!match) throw malformed();
    tokens.push(match[0].trimStart());
  }
  return tokens;
}

/** The value of a path such as `organization.id`. */
function valueAt(row: JsonObject, path: string): string {
  const value = path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), row);
  return asText(value) ?? '';
}

function textOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw malformed();
  }
}

/** A recursive descent parser: each method consumes its part of the tokens. */
class FilterParser {
  readonly #tokens: string[];
  readonly #supported: SupportedFilters;

  constructor(filter: string, supported: SupportedFilters) {
    this.#tokens = tokenize(filter);
    this.#supported = supported;
  }

  parse(): Predicate {
    const predicate = this.#alternatives(0);
    if (this.#tokens.length > 0) throw malformed();
    return predicate;
  }

  #alternatives(depth: number): Predicate {
    const terms = this.#joined('or', () => this.#joined('and', () => this.#term(depth)));
    return (row) => terms.some((all) => all.every((matches) => matches(row)));
  }

  #joined<Part>(operator: 'and' | 'or', read: () => Part): Part[] {
    const parts = [read()];
    while (this.#tokens[0]?.toLowerCase() === operator) {
      this.#tokens.shift();
      parts.push(read());
    }
    return parts;
  }

  #term(depth: number): Predicate {
    const first = this.#tokens.shift();
    if (first !== '(') return this.#comparison(first);
    if (depth === DEEPEST) throw malformed();
    const predicate = this.#alternatives(depth + 1);
    if (this.#tokens.shift() !== ')') throw malformed();
    return predicate;
  }

  /** Strings are compared without case, SCIM's default (RFC 7643 section 2.2). */
  #comparison(attribute: string | undefined): Predicate {
    const [operator, quoted] = this.#tokens.splice(0, 2);
    if (attribute === undefined || operator === undefined || !quoted?.startsWith('"')) throw malformed();
    const name = operator.toLowerCase();
    if (!(this.#supported[attribute] ?? []).some((known) => known === name)) {
      throw invalidFilter(`The filter ${attribute} ${name} is not supported.`);
    }
    const wanted = textOf(quoted).toLowerCase();
    const fits = (actual: string) => (name === 'sw' ? actual.startsWith(wanted) : actual === wanted);
    return (row) => fits(valueAt(row, attribute).toLowerCase());
  }
}

/** The predicate of a filter; refuses attributes and operators that the endpoint does not support. */
export function scimFilter(filter: string | undefined, supported: SupportedFilters): Predicate {
  return filter === undefined ? () => true : new FilterParser(filter, supported).parse();
}
