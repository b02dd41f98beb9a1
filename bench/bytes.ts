/** Row 6: what a runner downloads, and what Node reads. Exact. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { action, bundle } from './lab.ts';
import type { Row } from './row.ts';

/** In kB of 1,000 bytes. */
export function bytes(): Row[] {
  const archive = ['archive', '--worktree-attributes', '--format=tar', 'HEAD'];
  const tar = execFileSync('git', archive, { cwd: action, maxBuffer: 256 * 2 ** 20 });
  const dist = readdirSync(dirname(bundle)).map((name) => statSync(join(dirname(bundle), name)).size);
  const row = (what: string, size: number, atMost?: number): Row => ({
    row: '6',
    what,
    value: size / 1000,
    unit: 'kB',
    ...(atMost === undefined ? {} : { target: { atMost } }),
  });
  return [
    row('git archive of HEAD, compressed', gzipSync(tar).length, 350),
    row(
      'dist/',
      dist.reduce((sum, size) => sum + size, 0),
    ),
    row('read where nothing is stored in GitHub', statSync(bundle).size, 450),
  ];
}
