// Calculations of the benchmarks. No test here depends on a duration.
import { describe, expect, test } from '@jest/globals';
import { interleave, median } from '../../bench/interleave.ts';
import { waitingOf } from '../../bench/round-trips.ts';
import { isReached, table } from '../../bench/row.ts';

const request = (start: number, end: number | null, connection = 1) => ({ start, end, connection });

describe('waitingOf', () => {
  test('nothing is sent: no wait', () => {
    expect(waitingOf([])).toEqual({ requests: 0, roundTrips: 0, ms: 0, connections: 0 });
  });

  test('sequential requests on one connection: the sum of their times', () => {
    const requests = [request(0, 30), request(31, 41), request(42, 52)];
    expect(waitingOf(requests)).toEqual({ requests: 3, roundTrips: 3, ms: 50, connections: 1 });
  });

  test('simultaneous requests count once, with the latency of the new connection', () => {
    const requests = [request(0, 30), request(31, 41), request(31, 61, 2), request(62, 72)];
    expect(waitingOf(requests)).toEqual({ requests: 4, roundTrips: 3, ms: 70, connections: 2 });
  });

  test('a chain of requests and one slow request: the chain counts for round trips, the slow request for the time', () => {
    const requests = [request(0, 30), request(0, 30, 2), request(31, 41), request(42, 52), request(31, 61, 3)];
    expect(waitingOf(requests)).toMatchObject({ roundTrips: 3, ms: 60 });
  });

  test('the order of the list does not matter, and a request without an end has no successor', () => {
    const requests = [request(31, 41), request(0, null, 2), request(0, 30)];
    expect(waitingOf(requests)).toEqual({ requests: 3, roundTrips: 2, ms: 40, connections: 2 });
  });
});

describe('interleave', () => {
  test('runs each function once per round and ignores the first round', async () => {
    const order: string[] = [];
    const subject = (name: string) => () => Promise.resolve(order.push(name));
    const samples = await interleave({ a: subject('a'), b: subject('b') }, 2);
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(samples).toEqual({ a: [3, 5], b: [4, 6] });
  });

  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('the median of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });
});

describe('a row', () => {
  const row = { row: '1a', what: 'cold start', value: 60, unit: 'ms' as const };
  const against = { what: 'node -e 0', value: 30 };

  test.each([
    [{ ...row, ratio: 2, target: { atMost: 2.1 } }, true],
    [{ ...row, ratio: 2.2, target: { atMost: 2.1 } }, false],
    [{ ...row, ratio: 1.4, target: { atLeast: 1.3 } }, true],
    [{ ...row, target: { atMost: 4 } }, false],
    [row, undefined],
  ])('%j', (judged, reached) => {
    expect(isReached(judged)).toBe(reached);
  });

  test('is one line of the table, with a mark if the target was missed', () => {
    const lines = table([{ ...row, against, ratio: 2, target: { atMost: 1.5 } }, row]).split('\n');
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ['row', 'what', 'measured', 'against', 'ratio', 'to reach'],
      ['1a', 'cold start', '60.0 ms', 'node -e 0: 30.0 ms', '2.00x', 'at most 1.5, missed'],
      ['1a', 'cold start', '60.0 ms'],
    ]);
  });
});
