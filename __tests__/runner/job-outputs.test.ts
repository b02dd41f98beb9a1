import { describe, expect, test } from '@jest/globals';
import { selectJobOutputs } from '../../sandbox/runner/job-outputs.ts';
import { SecretMasker } from '../../sandbox/runner/masks.ts';

describe('job outputs', () => {
  test('are dropped if they contain a masked value, in any form and anywhere', () => {
    const masker = new SecretMasker();
    masker.addSecret('s3cr3t');
    const selected = selectJobOutputs(
      [
        ['secret', 's3cr3t'],
        ['json', '[{"target":"s3cr3t"}]'],
        ['encoded', Buffer.from('s3cr3t').toString('base64')],
        ['hex', Buffer.from('s3cr3t').toString('hex')],
        ['empty', ''],
        ['result', 'created'],
      ],
      masker,
    );
    expect([...selected.passed.keys()]).toEqual(['hex', 'result']);
    expect(selected.skipped).toEqual(['secret', 'json', 'encoded']);
    expect(selected.warnings[0]).toBe("Skip output 'secret' since it may contain secret.");
  });
});
