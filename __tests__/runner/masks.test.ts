import { describe, expect, test } from '@jest/globals';
import { SecretMasker } from '../../sandbox/runner/masks.ts';

function masking(...values: string[]): (text: string) => string {
  const masker = new SecretMasker();
  for (const value of values) masker.addSecret(value);
  return (text) => masker.mask(text);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('masking', () => {
  const secret = `p&"a's\\<w>~ örd!`;
  const mask = masking(secret);

  test('replaces every occurrence', () => {
    expect(mask(`${secret} and ${secret}.`)).toBe('*** and ***.');
    expect(mask('nothing here')).toBe('nothing here');
  });

  test.each([
    ['base64', base64(secret)],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['a query', encodeURIComponent(secret).replace('!', '%21').replace("'", '%27')],
    ['XML', 'p&amp;&quot;a&apos;s\\&lt;w&gt;~ örd!'],
    ['an expression', secret.replace("'", "''")],
    ['a command line', secret.replace('"', '\\"')],
  ])('includes the form in %s', (_, form) => {
    expect(mask(`<${form}>`)).toBe('<***>');
  });

  test.each(['', 'u', 'us', 'user:'])('finds its bytes inside base64 after %j', (before) => {
    const encoded = base64(`${before}${secret}`);
    expect(mask(encoded)).toMatch(/^.{0,8}\*\*\*$/);
  });

  test('masks in base64(id:secret) only the part with the secret', () => {
    const id = '0f3b8f6e-9c3c-4d0e-8e0b-000000000001';
    expect(mask(base64(`${id}:${secret}`))).toContain(base64(id).slice(0, 40));
  });

  test.each([
    ['hex', Buffer.from(secret).toString('hex')],
    ['base64 of base64', base64(base64(secret))],
    ['another case', secret.toUpperCase()],
    ['its halves', `${secret.slice(0, 7)}|${secret.slice(7)}`],
  ])('does not include %s', (_, form) => {
    expect(mask(form)).toBe(form);
  });

  test('includes the value without double quotes, from nine characters on', () => {
    expect(masking('"abcdefg"')('abcdefg')).toBe('***');
    expect(masking('"abcdef"')('abcdef')).toBe('abcdef');
  });

  test('includes the parts into which PowerShell splits a value at an ampersand, if they are long', () => {
    expect(masking('first-part&second-part')('first-part& second-part')).toBe('*** ***');
    expect(masking('first-part&+second-part')('first-part&+ econd-part')).toBe('*** ***');
    expect(masking('ab&cd')('ab& cd')).toBe('ab& cd');
  });

  test('merges adjacent and overlapping matches', () => {
    expect(masking('abc', 'cde', 'efg')('-abcde-abccde-abcdefg-')).toBe('-***-***-***-');
    expect(masking('aba')('xababax')).toBe('x***x');
  });

  test('applies to a value of several lines as a whole and line by line, trimmed', () => {
    const lines = masking('-----BEGIN\r\n  first-line  \n\nsecond\n');
    expect(lines('a first-line b second c -----BEGIN d')).toBe('a *** b *** c *** d');
  });

  test('has no minimum length, and ignores the empty value', () => {
    expect(masking('{')('{ "a": 1 }')).toBe('*** "a": 1 }');
    expect(masking('')('text')).toBe('text');
  });

  test('lists the values in the order of registration, each once', () => {
    const masker = new SecretMasker();
    for (const value of ['b', 'a\nc', 'b']) masker.addSecret(value);
    expect(masker.values).toEqual(['b', 'a\nc', 'a', 'c']);
  });
});
