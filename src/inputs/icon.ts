import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { IconFile } from '../pingone/images.ts';
import { inline } from '../text.ts';
import type { Problem } from './problems.ts';
import type { InputReader } from './reader.ts';

/** Why a file is not read. */
export interface Unreadable {
  readonly unreadable: 'missing' | 'not a file' | 'outside of the workspace' | 'too large' | 'not permitted';
}

/** Reads a regular file of the workspace, of at most so many bytes, or says why not. */
export type ReadFile = (path: string, mostBytes: number) => Uint8Array | Unreadable;

// Source: PingOne docs, "Adding an application": PNG, JPEG or GIF of at most 1 MB.
const mostBytes = 1_048_576;

const signatures = [
  { contentType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { contentType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { contentType: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38, 0x37, 0x61] },
  { contentType: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38, 0x39, 0x61] },
] as const;

/** The file that the input `icon` names, checked before any call; undefined where none is given. */
export function readIcon(reader: InputReader, readFile: ReadFile): IconFile | undefined {
  const path = reader.text('icon');
  if (path === '') return undefined;
  const bytes = readFile(path, mostBytes);
  if ('unreadable' in bytes) {
    reader.problems.push(unreadable(path, bytes.unreadable));
    return undefined;
  }
  const type = signatures.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  if (!type) {
    reader.problems.push(notAnImage(path));
    return undefined;
  }
  return { bytes, contentType: type.contentType, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const causes = {
  missing: 'a typo, or the step runs before the repository is checked out',
  'not a file': 'the path is a folder, a pipe or a device, or it changed while it was read',
  'outside of the workspace': 'the path or a link on it leads out of the workspace',
  'not permitted': 'the user of the runner may not read the file',
} as const;

function unreadable(path: string, reason: Unreadable['unreadable']): Problem {
  const shown = inline(path, 100);
  if (reason === 'too large') {
    return {
      what: `\`icon\` "${shown}" is larger than 1 MB (${mostBytes} bytes)`,
      cause: 'PingOne does not accept larger images',
      fix: 'reduce the image: an icon needs no more than 256 by 256 pixels',
    };
  }
  return {
    what: `\`icon\` "${shown}" cannot be read: ${reason}`,
    cause: causes[reason],
    fix: 'set `icon` to the path of a file in the workspace, and check out the repository (actions/checkout) before this step',
  };
}

function notAnImage(path: string): Problem {
  return {
    what: `\`icon\` "${inline(basename(path), 100)}" is not an image that PingOne accepts`,
    cause: 'its content is not PNG, JPEG or GIF, whatever its name says. PingOne does not accept SVG and WebP',
    fix: 'convert it to PNG',
  };
}
