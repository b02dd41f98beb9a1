import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

/** The largest file that the step takes, in bytes. */
export const mostBytes = 1_048_576;

const uint16 = (value: number): number[] => [value >> 8, value & 0xff];

/** The beginning of a PNG of this size, which is all that anybody looks at; the rest is padding. */
export function png(side = 16, length = 33): Buffer {
  const header = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  return Buffer.concat([header, size, Buffer.alloc(length - 24)]);
}

/** A JPEG with nothing in it but the header of a frame. */
export function jpeg(side = 16): Buffer {
  const [height, width] = [uint16(side), uint16(side)];
  return Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, ...height, ...width, 1, 0x11, 0, 0xff, 0xd9]);
}

export function gif(version: '87a' | '89a' = '89a'): Buffer {
  return Buffer.concat([Buffer.from(`GIF${version}`, 'latin1'), Buffer.from([16, 0, 16, 0, 0, 0, 0, 0x3b])]);
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Runs with a workspace that holds these files, and removes it. */
export async function inWorkspace(
  files: Readonly<Record<string, Uint8Array | string>>,
  body: (workspace: string) => Promise<void>,
): Promise<void> {
  const workspace = mkdtempSync(join(tmpdir(), 'lifecycle-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(workspace, name), content);
    await body(workspace);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}
