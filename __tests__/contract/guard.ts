import { inspectExchange } from './check.ts';
import type { Exchange } from './exchange.ts';
import type { Problem } from './problem.ts';
import { describe, isAboutRequest } from './problem.ts';
import { warmUp } from './warm-up.ts';

// Before the first test, since nothing else runs in this process meanwhile, the sandbox included: the action under test
// would see an outage.
warmUp();

/** Collects what is wrong with the exchanges of a test, for one assertion at its end. */
export type ContractGuard = {
  /** To be handed to `startSandbox({ onExchange })`. Never throws: that would look like a fault of the server. */
  readonly onExchange: (exchange: Exchange) => void;
  /** Throws with every distinct problem since the last call, if there was one, and begins anew. */
  readonly assertClean: () => void;
  /** Names of the deviations that the exchanges needed. */
  readonly usedDeviations: () => ReadonlySet<string>;
};

export type GuardOptions = {
  /** For tests that send wrong requests on purpose: what a server refused with 4xx may be wrong. */
  readonly allowRefusedRequests?: boolean;
};

export function contractGuard({ allowRefusedRequests = false }: GuardOptions = {}): ContractGuard {
  const counts = new Map<string, number>();
  const used = new Set<string>();
  const record = (line: string): unknown => counts.set(line, (counts.get(line) ?? 0) + 1);
  const isExpected = (problem: Problem, { status }: Exchange): boolean =>
    allowRefusedRequests && status >= 400 && status < 500 && isAboutRequest(problem);
  return {
    onExchange(exchange) {
      try {
        const findings = inspectExchange(exchange);
        for (const name of findings.deviations) used.add(name);
        for (const problem of findings.problems) if (!isExpected(problem, exchange)) record(describe(problem));
      } catch (error) {
        record(`${exchange.method} ${exchange.path}: the check itself failed: ${String(error)}`);
      }
    },
    assertClean() {
      const lines = [...counts].map(([line, count]) => `- ${line}${count > 1 ? ` (${count} times)` : ''}`);
      counts.clear();
      if (lines.length > 0) throw new Error(`The exchanges with the sandbox break the contract:\n${lines.join('\n')}`);
    },
    usedDeviations: () => used,
  };
}
