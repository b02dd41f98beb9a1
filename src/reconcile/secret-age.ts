import { timeSpan, toMinute } from '../text.ts';
import type { DesiredRotation } from './attributes.ts';

/** What is known about the age of the worker's secret. Times are PingOne's, in milliseconds since the epoch. */
export interface ObservedSecret {
  /** When it was first seen; undefined if this run is the first to see it. */
  readonly since: number | undefined;
  readonly now: number;
}

/** Whether the secret is to be rotated. */
export function isRotationDue(rotation: DesiredRotation, { since, now }: ObservedSecret): boolean {
  return typeof rotation === 'boolean' ? rotation : since !== undefined && now - since > rotation.olderThanMs;
}

/** How old the secret is and when it will be rotated; undefined if its age decides nothing. */
export function describeSecretAge(rotation: DesiredRotation, secret: ObservedSecret): string | undefined {
  if (typeof rotation === 'boolean') return undefined;
  const { since, now } = secret;
  const next = (from: number): string =>
    `The first run after ${toMinute(new Date(from + rotation.olderThanMs).toISOString())} rotates it.`;
  if (since === undefined) {
    return `This run is the first to see the client secret, so its age counts from now. ${next(now)}`;
  }
  const age = `The client secret is ${timeSpan(now - since)} old, counted from ${toMinute(new Date(since).toISOString())}`;
  if (!isRotationDue(rotation, secret)) return `${age}. ${next(since)}`;
  return `${age}, and \`rotate-secret\` allows ${timeSpan(rotation.olderThanMs)}: a rotation is due.`;
}
