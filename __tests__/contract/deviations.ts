import type { Deviation } from './deviation.ts';
import { githubDeviations } from './github-deviations.ts';
import { pingoneDeviations } from './pingone-deviations.ts';

/**
 * All of them. Outages and other faults have none, because the sandbox reports its honest answers only. A deviation that
 * no exchange needs any more is to be deleted, which the tests against the sandbox insist on.
 */
export const deviations: readonly Deviation[] = [...pingoneDeviations, ...githubDeviations];
