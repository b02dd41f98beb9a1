/** What the routes of PingOne work on. `state` is replaced as a whole by a reset; access tokens outlive it, as JWTs do. */
import type { Clock } from '../clock.ts';
import type { PingOneState } from './state.ts';

export interface AccessToken {
  readonly applicationId: string;
  readonly expiresAt: number;
}

export interface PingOneWorld {
  readonly clock: Clock;
  readonly tokens: Map<string, AccessToken>;
  state: PingOneState;
  /** Where the API is reached; known once its server listens. */
  origin: string;
}
