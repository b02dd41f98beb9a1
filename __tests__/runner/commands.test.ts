import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../sandbox/runner/commands.ts';

const registered = new Set(['add-mask', 'error', 'debug']);

describe('a workflow command', () => {
  test.each([
    ['::add-mask::abc', { name: 'add-mask', properties: {}, data: 'abc' }],
    ['  \t::debug::indented', { name: 'debug', properties: {}, data: 'indented' }],
    ['::DEBUG::any case', { name: 'debug', properties: {}, data: 'any case' }],
    ['::debug::', { name: 'debug', properties: {}, data: '' }],
    ['::debug::a::b', { name: 'debug', properties: {}, data: 'a::b' }],
    ['::error file=a.ts,line=3::text', { name: 'error', properties: { file: 'a.ts', line: '3' }, data: 'text' }],
    ['::error title=a=b,=x,empty=,bare::t', { name: 'error', properties: { title: 'a=b' }, data: 't' }],
    ['##[error]text', { name: 'error', properties: {}, data: 'text' }],
    ['text before ##[debug]text', { name: 'debug', properties: {}, data: 'text' }],
    ['##[error file=a.ts;line=3]x', { name: 'error', properties: { file: 'a.ts', line: '3' }, data: 'x' }],
  ])('is read from %j', (line, command) => {
    expect(parseCommand(line, registered)).toEqual(command);
  });

  test.each([
    '',
    'text',
    'text ::error::no',
    ': :error::no',
    '::error',
    '::unknown::x',
    '::::x',
    '##[error',
    '##[unknown]',
  ])('is not in %j', (line) => {
    expect(parseCommand(line, registered)).toBeUndefined();
  });

  test.each([
    ['::debug::a%0Ab%0Dc%25d', 'a\nb\rc%d'],
    // `%` is unescaped last: what was escaped twice is unescaped once.
    ['::debug::%250A %25250A', '%0A %250A'],
    ['::debug::%3A%2C%0a', '%3A%2C%0a'],
    ['##[debug]%3B%5D%250A%3A', ';]%0A%3A'],
  ])('unescapes its data: %j', (line, data) => {
    expect(parseCommand(line, registered)?.data).toBe(data);
  });

  test('unescapes its properties, with their own characters', () => {
    const line = '::error title=a%3Ab%2Cc%250A%25::x';
    expect(parseCommand(line, registered)?.properties).toEqual({ title: 'a:b,c%0A%' });
  });
});
