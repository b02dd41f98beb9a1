import { describe, expect, test } from '@jest/globals';
import { locatePingone } from './vendors.ts';

const present = __filename;
const absent = `${present}.absent`;

describe('the file of the PingOne contract', () => {
  test('has a default path', () => {
    expect(locatePingone({}, present)).toBe(present);
  });

  test('can be missing', () => {
    expect(locatePingone({}, absent)).toBeUndefined();
  });

  test('is required in CI', () => {
    expect(() => locatePingone({ CONTRACT_REQUIRED: '1' }, absent)).toThrow('../shared/contract is not there');
  });

  test('has the path in PINGONE_CONTRACT', () => {
    expect(locatePingone({ PINGONE_CONTRACT: present }, absent)).toBe(present);
  });

  test('is required if PINGONE_CONTRACT is set', () => {
    expect(() => locatePingone({ PINGONE_CONTRACT: absent }, present)).toThrow('PINGONE_CONTRACT names is not there');
  });
});
