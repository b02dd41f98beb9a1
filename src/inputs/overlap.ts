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
  const match = /^(?<count>\d{1,5})(?<unit>[mhd])$/.exec(text);
  const ms = Number(match?.groups?.['count']) * unitMs[(match?.groups?.['unit'] ?? 'm') as keyof typeof unitMs];
  if (ms >= leastMs && ms <= mostMs) return ms;
  const form = '`0`, or a number with a unit from `2m` to `30d`, such as `90m`, `24h` or `7d`';
  const isBare = /^\d{1,3}$/.test(text);
  const hint = isBare ? { meant: `${text}h`, cause: 'the number has no unit' } : {};
  reader.problems.push(mustBe('secret-overlap', text, form, hint));
  return unitMs.d;
}
