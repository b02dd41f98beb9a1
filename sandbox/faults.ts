/**
 * Faults: what goes wrong, with which request, how often. The list is replaced by `POST /__sandbox/faults`.
 * A fault counts the requests that match it, and acts on the `n`th and the next ones until it has acted `times` times. Of
 * several that would act on a request, the first in the list does, and only that one is used up.
 */
import { z } from 'zod';
import { matchesExpression } from './matching.ts';
import type { ServerName } from './request-log.ts';

const milliseconds = z.number().min(0);

const regularExpression = z.string().refine((path) => !path.startsWith('re:') || isRegularExpression(path.slice(3)), {
  message: 'not a regular expression',
});

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

const match = z.strictObject({
  server: z.enum(['pingone', 'github']).optional(),
  method: z.string().optional(),
  path: regularExpression.optional(),
  n: z.int().min(1).optional(),
});

const effect = z.strictObject({
  status: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  body: z.unknown().optional(),
  when: z.enum(['before', 'after']).optional(),
  reset: z.boolean().optional(),
  stall: z.enum(['headers', 'body']).optional(),
  cut: z.int().min(0).optional(),
  delay: milliseconds.optional(),
  hideFor: milliseconds.optional(),
});

export const faultsSchema = z.array(
  z.object({ match: match.default({}), times: z.int().min(0).default(1), do: effect }),
);

export type Faults = z.output<typeof faultsSchema>;
export type Effect = z.output<typeof effect>;

interface Subject {
  readonly server: ServerName;
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
}

/** Undefined: an expression that takes too long. */
function matchesPath(pattern: string | undefined, path: string): boolean | undefined {
  const [withoutQuery = ''] = path.split('?');
  if (pattern === undefined) return true;
  return pattern.startsWith('re:')
    ? matchesExpression(pattern.slice(3), withoutQuery)
    : withoutQuery.startsWith(pattern);
}

function matches(wanted: Faults[number]['match'], { server, method, path }: Subject): boolean | undefined {
  if ((wanted.server ?? server) !== server) return false;
  if ((wanted.method ?? method).toUpperCase() !== method.toUpperCase()) return false;
  return matchesPath(wanted.path, path);
}

export class FaultList {
  #faults: { readonly fault: Faults[number]; seen: number; left: number }[] = [];

  replace(faults: Faults): void {
    this.#faults = faults.map((fault) => ({ fault, seen: 0, left: fault.times }));
  }

  /** The effect on this request, if any. */
  take(subject: Subject): Effect | undefined {
    const verdicts = new Map(this.#faults.map((entry) => [entry, matches(entry.fault.match, subject)]));
    // An expression that took too long once is given up, or each further request would wait for it.
    this.#faults = this.#faults.filter((entry) => verdicts.get(entry) !== undefined);
    const matching = this.#faults.filter((entry) => verdicts.get(entry));
    for (const entry of matching) entry.seen += 1;
    const acting = matching.find(({ fault, seen, left }) => left > 0 && seen >= (fault.match.n ?? 1));
    if (!acting) return undefined;
    acting.left -= 1;
    return acting.fault.do;
  }
}
