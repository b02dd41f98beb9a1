// Failing today. Run: npm test -- --testMatch '**/*.pending.ts'
import { expect, test } from '@jest/globals';
import { inSandbox } from './harness.ts';
import { failureOf } from './outcome.ts';

// A token that may read secrets but not write them passes the preflight, so PingOne is written to first. The issue asks
// for "`github-token` missing or without the right" to be refused before; the design's preflight (the public key) cannot
// tell. GitHub would: a PUT with a wrong `key_id` answers 422 to who may write, 403 to who may not, and changes nothing.
test('a read-only `github-token` is refused before PingOne has seen a write', () =>
  inSandbox(async (lab) => {
    failureOf(await lab.run({ ...lab.storing, 'github-token': lab.ready.github.readOnlyToken }));
    expect(await lab.writes('pingone')).toEqual([]);
  }));
