import { describe, expect, test } from '@jest/globals';
import { nextSteps } from '../../src/github/delivered.ts';
import type { SummaryFacts } from '../../src/github/summary.ts';
import { summaryOf } from '../../src/github/summary.ts';
import { consoleUrl } from '../../src/pingone/console.ts';

const names = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'];
const anId = '11111111-1111-4111-8111-111111111111';
const facts: SummaryFacts = {
  name: 'PingDataSync',
  environment: 'Sandbox',
  result: 'created',
  isPlan: false,
  changes: [
    { kind: 'create-application', field: 'enabled', from: null, to: true },
    { kind: 'grant-role', to: 'Identity Data Admin @ environment' },
  ],
  roles: ['Identity Data Admin @ environment'],
  rolesBeyond: [],
  verification: 'verified',
  delivered: { stored: [{ target: 'repository', secrets: names, variables: [] }], files: [], outputs: 'all' },
  previousSecretExpiresAt: undefined,
  consoleUrl: undefined,
  job: 'set-up',
};
const withDelivered = (delivered: Partial<SummaryFacts['delivered']>): string =>
  summaryOf({ ...facts, delivered: { ...facts.delivered, ...delivered } });

describe('the sentence', () => {
  test.each([
    ['created', false, 'Created the worker **PingDataSync** in the PingOne environment **Sandbox**, and proved its'],
    ['updated', false, 'Updated the worker'],
    ['deleted', false, 'Deleted the worker'],
    ['unchanged', false, 'Nothing had to change: the worker'],
    ['absent', false, 'Nothing to delete: the worker'],
    ['created', true, 'A run without `dry-run` would create the worker'],
    ['unchanged', true, 'Nothing would change'],
  ] as const)('%s, plan: %s', (result, isPlan, sentence) => {
    expect(summaryOf({ ...facts, result, isPlan })).toContain(sentence);
  });

  test('a plan delivers nothing, and says what it would change', () => {
    const summary = summaryOf({ ...facts, isPlan: true, verification: undefined });
    expect(summary).toContain('#### Plan');
    expect(summary).not.toContain('Where the credentials are');
    expect(summary).not.toContain('#### Next');
  });
});

test('says where each value went, and when it can be read there', () => {
  const summary = withDelivered({
    stored: [
      { target: 'repository', secrets: names, variables: [] },
      { target: 'github-environment:feature/x', secrets: [names[1]!], variables: [names[0]!, names[2]!] },
      { target: 'organization', secrets: names, variables: [] },
    ],
    files: ['datasync/ping-one.env', 'datasync/ping-one-oauth-client-secret'],
    outputs: 'without-secret',
  });
  const rows = summary.split('\n').filter((line) => line.startsWith('| '));
  expect(rows.find((row) => row.startsWith('| Secrets of the repository'))).toContain(
    'runs that are **queued** from now on',
  );
  expect(rows.find((row) => row.includes('GitHub environment'))).toContain('jobs that **start** from now on');
  expect(rows.find((row) => row.includes('organization'))).toContain('in the repositories that may see them');
  expect(rows.find((row) => row.includes('Files'))).toContain('later steps of this job');
  expect(rows.find((row) => row.startsWith('| Outputs'))).not.toContain('client&#45;secret');
});

describe("the next step is the reader's own", () => {
  const outputs = 'all';
  test('with a GitHub environment: a later job of this run', () => {
    const place = { target: 'github-environment:feature/x', secrets: names, variables: [] };
    const lines = nextSteps({ stored: [place], files: [], outputs }, 'set-up').join('\n');
    expect(lines).toContain('  needs: set-up\n  environment: feature/x\n');
    expect(lines).toContain('PING_ONE_OAUTH_CLIENT_SECRET: ${{ secrets.PINGONE_WORKER_CLIENT_SECRET }}');
  });

  test('with variables', () => {
    const place = { target: 'repository', secrets: [names[1]!], variables: [names[0]!, names[2]!] };
    const lines = nextSteps({ stored: [place], files: [], outputs }, '').join('\n');
    expect(lines).toContain('PING_ONE_OAUTH_CLIENT_ID: ${{ vars.PINGONE_WORKER_CLIENT_ID }}');
    expect(lines).not.toContain('needs:');
  });

  test('with files, and with outputs only', () => {
    const files = ['a/ping-one.env', 'a/ping-one-oauth-client-secret'];
    expect(nextSteps({ stored: [], files, outputs }, '').join('\n')).toContain("--from-env-file='a/ping-one.env'");
    expect(nextSteps({ stored: [], files: [], outputs }, '').join('\n')).toContain(
      'steps.worker.outputs.client-secret',
    );
    expect(nextSteps({ stored: [], files: [], outputs: 'none' }, '')).toEqual([]);
  });
});

test('shows until when the old secret works, and the console where its address is known', () => {
  const url = consoleUrl('https://api.pingone.com.au/v1', anId);
  const summary = summaryOf({ ...facts, previousSecretExpiresAt: '2026-11-25T04:00:00Z', consoleUrl: url });
  expect(summary).toContain('**The previous secret** works until 2026&#45;11&#45;25T04&#58;00&#58;00Z');
  expect(summary).toContain('(https://console.pingone.com.au/?env=11111111-1111-4111-8111-111111111111)');
  expect(consoleUrl('http://127.0.0.1:4001/v1', anId)).toBeUndefined();
});

test('text from outside stays text', () => {
  const evil = '</code>|<img src=x onerror=alert(1)>\n## [x](javascript:1) `a` ${{ x }} @octocat #1 https://x.example';
  const summary = summaryOf({
    ...facts,
    name: evil,
    environment: evil,
    changes: [{ kind: 'update-application', field: 'description', from: evil, to: evil, warning: evil }],
    roles: [evil],
    verification: { notVerified: evil },
    delivered: {
      stored: [{ target: `github-environment:${evil}\`\`\`\n# x`, secrets: names, variables: [] }],
      files: [],
      outputs: 'none',
    },
  });
  const fences = summary.split('\n').filter((line) => /^`{3,}/.test(line));
  expect(fences).toEqual(['````yaml', '````']);
  const outside = summary.replace(/^````yaml[^]*^````$/m, '');
  for (const sign of ['<img', '](javascript', '@octocat', ' #1', 'https://x', '${{', '`a`']) {
    expect(outside).not.toContain(sign);
  }
  expect(summary.split('\n').filter((line) => line.startsWith('## '))).toEqual([]);
});
