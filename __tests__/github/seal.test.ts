import { describe, expect, test } from '@jest/globals';
import sodium from 'libsodium-wrappers';
import { seal } from '../../src/github/seal.ts';

// The vector of reference/github.md, section 2, made with PyNaCl.
const secretKey = Uint8Array.from({ length: 32 }, (_, index) => index);
const key = 'j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=';
const message = 's3cr3t-ünïcode';
const sealed = 'NYBy1jZYgNGu6jKa35EhODhR7SGijjt16WXQ0s0WYlTYgLzhcxtIwth6MVO+CNTn9myz7OOuAa1pJArfoW5QZg==';

async function open(box: string): Promise<Buffer> {
  await sodium.ready;
  const bytes = Buffer.from(box, 'base64');
  return Buffer.from(sodium.crypto_box_seal_open(bytes, Buffer.from(key, 'base64'), secretKey));
}

test('the box of the test vector opens with its key', async () => {
  expect((await open(sealed)).toString()).toBe(message);
});

describe('a sealed value', () => {
  test.each([
    message,
    'a',
    ' leading and trailing blanks \n',
    'sandbox~-._ABC123',
    '秘密 \u{1f511} \u0000 "quoted" \\',
    'x'.repeat(48 * 1024),
  ])('opens to the same bytes (%#)', async (value) => {
    const box = await seal(value, { key, key_id: '1' });
    expect((await open(box)).equals(Buffer.from(value, 'utf8'))).toBe(true);
  });

  test('is standard base64 with padding, 48 bytes longer than the value, and different each time', async () => {
    const [one, other] = [await seal(message, { key, key_id: '1' }), await seal(message, { key, key_id: '1' })];
    expect(Buffer.from(one, 'base64').toString('base64')).toBe(one);
    expect(Buffer.from(one, 'base64')).toHaveLength(48 + Buffer.byteLength(message));
    expect(one).not.toBe(other);
  });
});
