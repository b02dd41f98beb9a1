import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { nextSteps } from '../../src/github/stored-values.ts';

test.each(['staging', 'null', 'true', 'no', 'Yes', '12', '1e3', '2026-01-01', 'a: b', '#x', "it's", '- a', 'de/prod'])(
  'the workflow in the summary quotes the name of the GitHub environment %j',
  (name) => {
    const stored = { target: `github-environment:${name}`, secrets: ['A_CLIENT_SECRET'], variables: [] };
    const lines = nextSteps({ stored: [stored], files: [], outputs: 'all' }, 'worker');
    const yaml = lines.filter((line) => !line.startsWith('```')).slice(2);
    const job = (parse(yaml.join('\n')) as { sync: { environment: unknown } }).sync;
    expect(job.environment).toBe(name);
  },
);
