import { notTaken } from './problems.ts';
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
  reader.problems.push(notTaken('secret-overlap', text, '0, or 2 minutes to 30 days: `90m`, `24h`, `7d`'));
  return unitMs.d;
}
