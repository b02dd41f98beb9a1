/** What the routes of GitHub work on. `state` is replaced as a whole by a reset. */
import type { Clock } from '../clock.ts';
import type { GitHubState } from './state.ts';

export interface GitHubWorld {
  readonly clock: Clock;
  state: GitHubState;
}

/** GitHub's times have no fraction of a second. */
export const timestamp = (clock: Clock): string => clock.iso().replace(/\.\d+Z$/, 'Z');
