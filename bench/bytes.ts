/** Row 6: what a runner downloads, and what Node reads. Exact. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Inputs } from './lab.ts';
import { action, dist, Lab } from './lab.ts';
import type { Row } from './row.ts';

// What Node writes for NODE_V8_COVERAGE names every script that it loaded.
const coverageSchema = z.object({ result: z.array(z.object({ url: z.string() })) });

/** In kB of 1,000 bytes. */
export async function bytes(): Promise<Row[]> {
  const archive = ['archive', '--worktree-attributes', '--format=tar', 'HEAD'];
  const tar = execFileSync('git', archive, { cwd: action, maxBuffer: 256 * 2 ** 20 });
  const lab = await Lab.start({});
  try {
    const row = (what: string, size: number, atMost?: number): Row => ({
      row: '6',
      what,
      value: size / 1000,
      unit: 'kB',
      ...(atMost === undefined ? {} : { target: { atMost } }),
    });
    return [
      row('git archive of HEAD, compressed', gzipSync(tar).length, 400),
      row('dist/', sizeOf(readdirSync(dist))),
      row('read where nothing is stored in GitHub', sizeOf(await filesRead(lab, {})), 450),
      row('read where something is', sizeOf(await filesRead(lab, lab.storing))),
    ];
  } finally {
    await lab.close();
  }
}

function sizeOf(names: readonly string[]): number {
  return names.map((name) => statSync(join(dist, name)).size).reduce((sum, size) => sum + size, 0);
}

/** The files of dist/ that Node loads in a run that creates a worker. */
async function filesRead(lab: Lab, inputs: Inputs): Promise<string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'coverage-'));
  try {
    await lab.byAction(`Read ${Object.keys(inputs).length}`, 'created', inputs, { NODE_V8_COVERAGE: dir });
    const reports = readdirSync(dir).map((name) =>
      coverageSchema.parse(JSON.parse(readFileSync(join(dir, name), 'utf8'))),
    );
    const urls = reports.flatMap(({ result }) => result.map(({ url }) => url));
    return readdirSync(dist).filter((name) => urls.some((url) => basename(url) === name && url.includes('/dist/')));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
