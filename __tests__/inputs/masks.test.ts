import { describe, expect, test } from '@jest/globals';
import type { Given } from './settings.ts';
import { settingsFor } from './settings.ts';

/** What is masked while these values are read, whether they are refused or not. */
function masksFor(given: Given): string[] {
  const masks: string[] = [];
  try {
    settingsFor(given, undefined, (value) => masks.push(value));
  } catch {
    masks.push('(refused)');
  }
  return masks;
}

const secret = 'a~secret+/=';
const form = 'a%7Esecret%2B%2F%3D';
const basic = (text: string): string => Buffer.from(text).toString('base64');
const others: Given = { 'admin-client-id': '', 'admin-client-secret': '', 'admin-environment-id': '' };

describe('a credential in an input is masked, also form-encoded', () => {
  test.each<[string, Given]>([
    ['admin-client-secret', { 'admin-client-secret': secret }],
    ['admin-client-assertion', { ...others, 'admin-client-assertion': secret }],
    ['admin-private-key', { ...others, 'admin-private-key': secret }],
    ['access-token', { ...others, 'access-token': secret }],
    ['github-token', { 'github-token': secret }],
    ['PINGONE_CLIENT_SECRET', { PINGONE_CLIENT_SECRET: secret }],
    ['PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET', { PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET: secret }],
    ['PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET', { PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET: secret }],
    ['PINGONE_API_ACCESS_TOKEN', { PINGONE_API_ACCESS_TOKEN: secret }],
  ])('%s', (_, given) => {
    expect(masksFor(given)).toEqual(expect.arrayContaining([secret, form]));
  });

  test.each<[string, Given]>([
    ['the inputs', { 'admin-client-id': 'i d', 'admin-client-secret': secret }],
    ['the Terraform provider`s names', { PINGONE_CLIENT_ID: 'i d', PINGONE_CLIENT_SECRET: secret }],
    [
      'the Ping CLI`s names',
      { PINGONE_CLIENT_CREDENTIALS_CLIENT_ID: 'i d', PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET: secret },
    ],
  ])('base64(id:secret) of %s is masked, form-encoded or not', (_, given) => {
    expect(masksFor(given)).toEqual(expect.arrayContaining([basic(`i+d:${form}`), basic(`i d:${secret}`)]));
  });
});

describe('an ID in an input is masked before anything is refused', () => {
  const id = '23518374-38DC-43D0-8F17-8C9613F5D297';

  test.each<Given>([{ 'application-id': id }, { environment: id }, { environment: `urn:${id}`, timeout: 'x' }])(
    '%j',
    (given) => {
      expect(masksFor({ ...given, 'application-id': given['application-id'] ?? '' })).toEqual(
        expect.arrayContaining([id, id.toLowerCase()]),
      );
      expect(masksFor({ ...given, 'mask-ids': 'nonsense' })).toContain(id);
    },
  );

  test('but not with `mask-ids: false`', () => {
    expect(masksFor({ environment: id, 'mask-ids': 'False' })).not.toContain(id);
  });
});

describe('masking', () => {
  test('is done before anything is refused, also for a credential that is refused', () => {
    const masks = masksFor({ name: '', 'admin-client-secret': 'two words', 'github-token': secret });
    expect(masks.at(-1)).toBe('(refused)');
    expect(masks).toEqual(expect.arrayContaining(['two words', secret]));
  });

  test('is done for the value without surrounding blanks', () => {
    expect(masksFor({ 'admin-client-secret': ` ${secret}\n` })).toContain(secret);
  });

  test('is done for a key as it is, and with its line breaks restored', () => {
    const masks = masksFor({ ...others, 'admin-private-key': 'BEGIN\\nkey\\nEND' });
    expect(masks).toEqual(expect.arrayContaining(['BEGIN\\nkey\\nEND', 'BEGIN\nkey\nEND']));
  });

  test('is not done for a header without a secret', () => {
    const masks = masksFor({ PINGONE_CLIENT_ID: 'id-without-secret' });
    expect(masks.filter((mask) => Buffer.from(mask, 'base64').toString().startsWith('id-without'))).toEqual([]);
  });
});
