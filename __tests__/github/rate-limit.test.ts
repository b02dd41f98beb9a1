import { expect, test } from '@jest/globals';
import { askedByGitHub } from '../../src/github/api.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const seconds = (offset: number): string => String(now / 1000 + offset);
const secondary = '{"message":"You have exceeded a secondary rate limit. Please wait."}';

test.each<[string, number, Record<string, string>, string, number | undefined]>([
  ['a success', 200, {}, '', undefined],
  ['a missing permission', 403, {}, '{"message":"Resource not accessible by integration"}', undefined],
  [
    'a missing permission while some are left',
    403,
    { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': seconds(9) },
    '',
    undefined,
  ],
  ['not found', 404, { 'retry-after': '7' }, '', undefined],
  ['a limit with a wait', 429, { 'retry-after': '7' }, '', 7_000],
  ['a limit by 403 with a wait', 403, { 'retry-after': '7' }, '', 7_000],
  [
    'the wait wins over the reset',
    403,
    { 'retry-after': '7', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(9) },
    '',
    7_000,
  ],
  [
    'none left: a second after the reset',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(9) },
    '',
    10_000,
  ],
  ['none left, by 429', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(9) }, '', 10_000],
  ['a reset in the past', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(-9) }, '', 1_000],
  [
    'a reset counted from the `Date` of the response, an hour ahead of the runner',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(3_609), date: 'Tue, 24 Nov 2026 13:00:00 GMT' },
    '',
    10_000,
  ],
  [
    'a reset with an invalid `Date`',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(9), date: 'x' },
    '',
    10_000,
  ],
  ['none left, and no reset', 403, { 'x-ratelimit-remaining': '0' }, '', 60_000],
  ['a reset that is not a number', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, '', 60_000],
  ['a wait that is too short', 429, { 'retry-after': '0.001' }, '', 250],
  ['a wait of zero', 403, { 'retry-after': '0' }, '', 250],
  ['an outage with a wait that is too short', 503, { 'retry-after': '0' }, '', 250],
  ['abuse detection', 403, {}, '{"message":"You have triggered an abuse detection mechanism."}', 60_000],
  ['a secondary limit', 403, {}, secondary, 60_000],
  ['a secondary limit by 429', 429, {}, secondary, 60_000],
  ['a 429 without details', 429, {}, '', undefined],
  ['an outage', 503, {}, '', undefined],
  ['an outage with a wait', 503, { 'retry-after': '7' }, '', 7_000],
])('%s', (_, status, headers, body, ms) => {
  expect(askedByGitHub({ status, headers, body }, now)).toBe(ms);
});
