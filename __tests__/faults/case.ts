/** A case of the matrix. */
import type { FaultName } from './fault-list.ts';
import type { Flow } from './flows.ts';
import type { InterruptionName } from './interruptions.ts';
import type { Target } from './request-kinds.ts';

/** A fault, aimed at one request. */
export interface Hit {
  readonly target: Target;
  readonly fault: FaultName | InterruptionName;
}

export interface Case {
  readonly flow: Flow;
  /** One or several. If one ends the process, it is the last. */
  readonly hits: readonly Hit[];
  /** What chose several faults. */
  readonly seed?: number;
}

/** `create: secret #1, reset before`; of several `seed 3, create: secret #1, 500 and store #2, 408`. */
export const titleOf = ({ flow, hits, seed }: Case): string => {
  const names = hits.map(({ target, fault }) => `${target.request.name} #${target.n}, ${fault}`);
  return `${seed === undefined ? '' : `seed ${seed}, `}${flow.name}: ${names.join(' and ')}`;
};
