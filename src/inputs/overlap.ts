import type { Settings } from '../settings.ts';
import type { DesiredRotation, DesiredWorker } from '../worker/desired.ts';
import type { Problem } from './problems.ts';
import { mustBe } from './problems.ts';
import type { InputReader } from './reader.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const leastMs = 2 * unitMs.m;
const mostMs = 30 * unitMs.d;

/**
 * The input `secret-overlap` in milliseconds: how long the old secret stays valid after a rotation. 0 cuts it off.
 * Source: PingOne API docs, "Update application secret": from 1 minute to 30 days.
 */
export function readOverlap(reader: InputReader): number {
  const text = reader.text('secret-overlap') || '24h';
  if (text === '0') return 0;
  const ms = durationMs(text);
  if (ms >= leastMs && ms <= mostMs) return ms;
  const form = '`0`, or a number with a unit from `2m` to `30d`, such as `90m`, `24h` or `7d`';
  const isBare = /^\d{1,3}$/.test(text);
  const hint = isBare ? { meant: `${text}h`, cause: 'the number has no unit' } : {};
  reader.problems.push(mustBe('secret-overlap', text, form, hint));
  return unitMs.d;
}

/** The input `rotate-secret`: whether the secret is rotated, or from which age on. */
export function readRotation(reader: InputReader): DesiredRotation {
  const text = reader.text('rotate-secret');
  const word = text.toLowerCase();
  if (word === '' || word === 'false') return false;
  if (word === 'true') return true;
  const olderThanMs = durationMs(text);
  if (olderThanMs >= unitMs.d) return { olderThanMs };
  const form = '`true`, `false`, or an age of at least `1d`, such as `30d` or `90d`';
  const isBare = /^[1-9]\d{0,3}$/.test(text);
  const hint = isBare ? { meant: `${text}d`, cause: 'the number has no unit' } : {};
  reader.problems.push(mustBe('rotate-secret', text, form, hint));
  return false;
}

/** What `rotate-secret` needs of other inputs and of the runner. */
export function rotationProblems(
  reader: InputReader,
  { state, desired, run }: Pick<Settings, 'state' | 'run'> & { readonly desired: DesiredWorker },
): readonly Problem[] {
  const rotation = desired.rotateSecret;
  if (rotation === false) return [];
  const given = `\`rotate-secret\` is \`${reader.text('rotate-secret')}\``;
  if (state === 'absent') {
    return [
      {
        what: `${given}, but \`state\` is \`absent\``,
        cause: 'inputs of two different jobs were mixed',
        fix: 'remove `rotate-secret` if `state` is `absent`',
      },
    ];
  }
  if (rotation === true || run.owner) return [];
  return [
    {
      what: `${given}, but without GITHUB_REPOSITORY_ID there is no record of how old the secret is`,
      cause: 'the step does not run on a GitHub runner, or on an old one',
      fix: 'run the step on a current runner, or set `rotate-secret` to `true` or `false`',
    },
  ];
}

/** `90m`, `24h` or `7d` in milliseconds; NaN if it has another form. */
function durationMs(text: string): number {
  const match = /^(?<count>\d{1,5})(?<unit>[mhd])$/.exec(text);
  return Number(match?.groups?.['count']) * unitMs[(match?.groups?.['unit'] ?? 'm') as keyof typeof unitMs];
}
