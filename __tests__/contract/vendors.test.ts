import { describe, expect, test } from '@jest/globals';
import { locatePingone } from './vendors.ts';

const present = __filename;
const absent = `${present}.absent`;

describe('the file of the PingOne contract', () => {
  test('is the usual one', () => {
    expect(locatePingone({}, present)).toBe(present);
  });

  test('may be missing', () => {
    expect(locatePingone({}, absent)).toBeUndefined();
  });

  test('must be there in CI', () => {
    expect(() => locatePingone({ CONTRACT_REQUIRED: '1' }, absent)).toThrow('../shared/contract is not there');
  });

  test('is the one that PINGONE_CONTRACT names', () => {
    expect(locatePingone({ PINGONE_CONTRACT: present }, absent)).toBe(present);
  });

  test('must be there when PINGONE_CONTRACT names it', () => {
    expect(() => locatePingone({ PINGONE_CONTRACT: absent }, present)).toThrow('PINGONE_CONTRACT names is not there');
  });
});
