/**
 * What an image is, by its content, and how large.
 * Sources: PNG specification section 11.2.2 (IHDR); GIF89a section 18; JPEG, ITU-T T.81 section B.2.2 (frame header).
 */
export interface ImageFormat {
  readonly mediaTypes: readonly string[];
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function png(bytes: Buffer): ImageFormat | undefined {
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE) || bytes.length < 24) return undefined;
  return { mediaTypes: ['image/png'], width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function gif(bytes: Buffer): ImageFormat | undefined {
  if (!/^GIF8[79]a/.test(bytes.subarray(0, 6).toString('latin1')) || bytes.length < 10) return undefined;
  return { mediaTypes: ['image/gif'], width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

/** Start-of-frame markers, all of C0 to CF but the three that define tables and arithmetic coding. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpeg(bytes: Buffer): ImageFormat | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    if (isFrame(bytes.readUInt8(at + 1))) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return { mediaTypes: ['image/jpeg', 'image/jpg'], width, height };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** The format of the bytes; `undefined` for anything but a PNG, JPEG or GIF with a readable size. */
export const imageFormat = (bytes: Buffer): ImageFormat | undefined => png(bytes) ?? gif(bytes) ?? jpeg(bytes);

/** What is served for an uploaded image: a PNG of one pixel, since the sandbox keeps no pixels. */
export const blankPng = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    ),
  );
