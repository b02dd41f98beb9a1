import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Harness } from './client.ts';
import { details, harness } from './client.ts';

/** The heads of image files, as far as their size; nobody looks further. */
const png = (width: number, height: number): Buffer => {
  const header = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000080600000000000000', 'hex');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return header;
};
const gif = (width: number, height: number): Buffer => {
  const header = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
  header.writeUInt16LE(width, 6);
  header.writeUInt16LE(height, 8);
  return header;
};
const jpeg = (width: number, height: number): Buffer => {
  const frame = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc2001108000000000301220002110103110000', 'hex');
  frame.writeUInt16BE(height, 25);
  frame.writeUInt16BE(width, 27);
  return frame;
};

let at: Harness;
let admin: Call;
let path: string;

beforeAll(async () => {
  at = await harness();
  admin = await at.as(at.ready.admin);
  path = `/environments/${at.environment}/images`;
});
afterAll(() => at.sandbox.close());
beforeEach(() => at.control('POST /reset'));

const upload = (bytes: Uint8Array, type: string, disposition = 'attachment; filename=logo.png') =>
  admin(`POST ${path}`, bytes, {
    'content-type': type,
    ...(disposition === '' ? {} : { 'content-disposition': disposition }),
  });

describe('an upload', () => {
  test.each([
    ['a PNG', png(256, 128), 'image/png'],
    ['a GIF', gif(256, 128), 'image/gif'],
    ['a JPEG', jpeg(256, 128), 'image/jpeg'],
    ['a JPEG by its other media type', jpeg(256, 128), 'image/jpg'],
  ])('%s becomes a PNG of the same size', async (_, bytes, type) => {
    const { status, body } = await upload(bytes, type);
    expect(status).toBe(201);
    expect(body).toEqual({
      _links: expect.anything(),
      id: expect.any(String),
      environment: { id: at.environment },
      createdAt: expect.any(String),
      targets: { original: { id: 'original', href: expect.any(String), type: 'png', width: 256, height: 128 } },
    });
    const { href } = body.targets.original;
    expect(href).toMatch(
      new RegExp(
        `^${new URL(at.ready.pingone.apiUrl).origin}/uploads/environments/${at.environment}/images/${body.id}_[\\da-f-]{36}_original\\.png$`,
      ),
    );
    expect((await admin(`GET ${path}/${body.id}`)).body).toEqual(body);
    const picture = await fetch(href);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    const { images } = (await at.control('GET /state')).body;
    expect(images).toEqual([{ id: body.id, bytes: bytes.length }]);
  });

  test.each<[string, () => ReturnType<Call>, number, string[]]>([
    ['without a file name', () => upload(png(1, 1), 'image/png', ''), 400, ['REQUIRED_VALUE Content-Disposition']],
    ['of text', () => upload(Buffer.from('<svg/>'), 'image/png'), 400, ['INVALID_VALUE file']],
    [
      'of a PNG with a truncated header',
      () => upload(png(1, 1).subarray(0, 20), 'image/png'),
      400,
      ['INVALID_VALUE file'],
    ],
    ['of a PNG as GIF', () => upload(png(1, 1), 'image/gif'), 400, ['INVALID_VALUE Content-Type']],
    ['as JSON', () => upload(png(1, 1), 'application/json'), 415, ['INVALID_VALUE Content-Type']],
    ['as SVG', () => upload(png(1, 1), 'image/svg+xml'), 415, ['INVALID_VALUE Content-Type']],
  ])('%s is refused', async (_, send, status, expected) => {
    const answer = await send();
    expect([answer.status, details(answer)]).toEqual([status, expected]);
  });

  test.each([
    [1_048_576, 201],
    [1_048_577, 400],
  ])('of %d bytes: %d', async (size, status) => {
    const bytes = Buffer.concat([png(1, 1), Buffer.alloc(size)]).subarray(0, size);
    expect((await upload(bytes, 'image/png')).status).toBe(status);
  });
});

test('an image can be deleted once, and not listed', async () => {
  const { id } = (await upload(png(1, 1), 'image/png')).body;
  expect((await admin(`DELETE ${path}/${id}`)).status).toBe(204);
  expect((await admin(`DELETE ${path}/${id}`)).status).toBe(404);
  expect((await admin(`GET ${path}`)).status).toBe(403);
});
