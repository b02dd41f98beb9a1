import { describe, expect, test } from '@jest/globals';
import { splitOneStream } from '../../sandbox/runner/one-stream.ts';

describe('one stream of lines and outputs', () => {
  test('is separated in order', () => {
    const text =
      '::add-mask::x\na<<ghadelimiter_1\nfirst\n\nghadelimiter_1\ntext\nb<<ghadelimiter_2\n\nghadelimiter_2\n' +
      'c<<ghadelimiter_3\nghadelimiter_3\nlast';
    expect([...splitOneStream(text)]).toEqual([
      { kind: 'line', text: '::add-mask::x' },
      { kind: 'output', name: 'a', value: 'first\n' },
      { kind: 'line', text: 'text' },
      { kind: 'output', name: 'b', value: '' },
      { kind: 'output', name: 'c', value: '' },
      { kind: 'line', text: 'last' },
    ]);
  });
});
