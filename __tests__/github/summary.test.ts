import { describe, expect, test } from '@jest/globals';
import { nextSteps } from '../../src/github/stored-values.ts';
import { failureSummaryOf, summaryOf } from '../../src/github/summary.ts';
import type { FailureFacts, SummaryFacts } from '../../src/github/summary.ts';
import { consoleLabel, consoleUrl, consoleValue } from '../../src/pingone/addresses.ts';

const names = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'];
const anId = '11111111-1111-4111-8111-111111111111';
const facts: SummaryFacts = {
  name: 'PingDataSync',
  environment: 'Sandbox',
  outcome: 'created',
  isPlan: false,
  changes: [
    { setting: 'Enabled', before: undefined, after: 'yes' },
    { setting: 'Role', before: undefined, after: 'Identity Data Admin @ environment' },
  ],
  warnings: [],
  roles: [{ label: 'Identity Data Admin @ environment', isAdministrators: false, isBeyond: false }],
  secrets: [],
  verification: 'verified',
  delivered: { stored: [{ target: 'repository', secrets: names, variables: [] }], files: [], outputs: 'all' },
  secretAge: undefined,
  previousSecretExpiresAt: undefined,
  previousSecretUse: undefined,
  consoleUrl: undefined,
  job: 'set-up',
};
const withDelivered = (delivered: Partial<SummaryFacts['delivered']>): string =>
  summaryOf({ ...facts, delivered: { ...facts.delivered, ...delivered } });

describe('the outcome', () => {
  test.each([
    ['created', false, '### ✅ Created: PingOne worker PingDataSync', 'Created the worker **PingDataSync** in the'],
    ['updated', false, '### ✅ Updated: ', 'Updated the worker'],
    ['rotated', false, '### ✅ Rotated: ', 'Rotated the client secret of the worker'],
    ['not-rotated', false, '### ⚠️ Not rotated: ', 'was **not rotated**.'],
    ['deleted', false, '### 🗑️ Deleted: ', 'Deleted the worker'],
    ['unchanged', false, '### ☑️ Unchanged: ', 'No changes needed: the worker'],
    ['absent', false, '### ☑️ Already absent: ', 'Nothing to delete in PingOne: the worker'],
    ['created', true, '### 📝 Would create: ', 'A run without `dry-run` would create the worker'],
    ['rotated', true, '### 📝 Would rotate: ', 'would rotate the client secret of the worker'],
    ['unchanged', true, '### 📝 Would not change: ', 'No changes planned'],
  ] as const)('%s, plan: %s', (outcome, isPlan, heading, sentence) => {
    const lines = summaryOf({ ...facts, outcome, isPlan }).split('\n');
    expect(lines[0]).toContain(heading);
    expect(lines[2]).toContain(sentence);
  });

  test('has no check mark if the credentials are not verified', () => {
    const summary = summaryOf({ ...facts, verification: { notVerified: 'the application is disabled' } });
    expect(summary).not.toContain('✅');
    expect(summary).toContain('Its credentials were **not verified**: the application is disabled.');
  });

  test('of a dry run lists the planned changes and writes, and no delivery', () => {
    const secrets = [{ target: 'the repository octo/sync', names }];
    const summary = summaryOf({ ...facts, isPlan: true, verification: undefined, secrets });
    expect(summary).toContain('#### Planned changes');
    expect(summary).toContain('#### Would be written in GitHub');
    expect(summary).toContain('PINGONE&#95;WORKER&#95;CLIENT&#95;SECRET');
    expect(summary).not.toContain('Where the credentials are');
    expect(summary).not.toContain('#### Next');
  });

  test('of a deletion lists what was deleted in GitHub', () => {
    const secrets = [{ target: 'the repository octo/sync', names }];
    expect(summaryOf({ ...facts, outcome: 'deleted', secrets })).toContain('#### Deleted in GitHub');
    expect(summaryOf({ ...facts, outcome: 'deleted', secrets, isPlan: true })).toContain(
      '#### Would be deleted in GitHub',
    );
    expect(summaryOf({ ...facts, outcome: 'deleted' })).not.toContain('in GitHub');
  });

  test('unchanged: the details are folded, the warnings are not', () => {
    const summary = summaryOf({ ...facts, outcome: 'unchanged', changes: [], warnings: ['Careful.'] });
    const [shown = '', folded = ''] = summary.split('<details>');
    expect(shown).toContain('⚠️ Careful');
    expect(folded).toContain('#### Roles');
  });
});

test("roles are listed above the credentials, with a mark on administrators' roles", () => {
  const admin = { label: 'Organization Admin @ organization', isAdministrators: true, isBeyond: true };
  const summary = summaryOf({ ...facts, roles: [...facts.roles, admin] });
  expect(summary).toContain('- ⚠️ Organization Admin &#64; organization (for administrators, not in `roles`)');
  expect(summary).toContain('- Identity Data Admin &#64; environment\n');
  expect(summary.indexOf('#### Roles')).toBeLessThan(summary.indexOf('#### Where the credentials are'));
});

describe('a failed run', () => {
  const failure: FailureFacts = {
    name: 'PingDataSync',
    environment: 'Sandbox',
    what: 'PingOne refused it.',
    cause: 'a missing role.',
    fix: 'grant it.',
    done: ['create the application', 'store A in the repository octo/sync'],
    left: ['grant Identity Data Admin @ environment'],
    warnings: ['Careful.'],
    delivered: { stored: [{ target: 'repository', secrets: ['A'], variables: [] }], files: [], outputs: 'none' },
    consoleUrl: undefined,
    troubleshootingUrl: undefined,
  };

  test('says what failed, what to do, what was done, what was not, and where the credentials are', () => {
    const summary = failureSummaryOf(failure);
    const parts = [
      '### ❌ Failed: PingOne worker PingDataSync',
      'PingOne refused it',
      '**Likely cause:** a missing role',
    ];
    const rest = [
      '**What to do:** grant it',
      '#### Warnings',
      '#### Done before the failure',
      '- create the application',
    ];
    const last = ['#### Not done', '- grant Identity Data Admin', '#### Where the credentials are', '| Secrets of the'];
    const places = [...parts, ...rest, ...last].map((part) => summary.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('has no empty section', () => {
    const nothing = {
      done: [],
      left: [],
      warnings: [],
      delivered: { stored: [], files: [], outputs: 'none' },
    } as const;
    const summary = failureSummaryOf({ ...failure, ...nothing, name: '', environment: '' });
    expect(summary).toContain('### ❌ Failed: PingOne worker\n');
    expect(summary).not.toContain('####');
    expect(failureSummaryOf({ ...failure, delivered: nothing.delivered })).toContain('did not store the credentials');
  });

  test('shows several lines as several, and text from outside as plain text', () => {
    const summary = failureSummaryOf({ ...failure, what: 'Two problems:\n- <b>one</b>', done: ['<i>'] });
    expect(summary).toContain('Two problems&#58;<br>&#45; &#60;b&#62;one');
    expect(summary).not.toMatch(/<b>|<i>/);
  });
});

test.each([
  ['grantTypes', ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'], 'Grant type', 'Client Credentials, Authorization Code'],
  ['tokenEndpointAuthMethod', 'CLIENT_SECRET_POST', 'Token endpoint authentication method', 'Client Secret Post'],
  ['enabled', false, 'Enabled', 'no'],
  ['description', 'ABC', 'Description', 'ABC'],
  ['redirectUris', [], 'Redirect URIs', undefined],
  ['responseTypes', null, 'Response type', undefined],
  ['assignActorRoles', false, undefined, 'no'],
])("the labels are those of PingOne's console: %s %j", (attribute, value, label, shown) => {
  expect(consoleLabel(attribute)).toBe(label);
  expect(consoleValue(attribute, value)).toBe(shown);
});

test('lists where each value is stored, and when it can be read there', () => {
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

describe('the section Next fits the delivery', () => {
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

  test('with files, or with outputs only', () => {
    const files = ['a/ping-one.env', 'a/ping-one-oauth-client-secret'];
    expect(nextSteps({ stored: [], files, outputs }, '').join('\n')).toContain("--from-env-file='a/ping-one.env'");
    expect(nextSteps({ stored: [], files: [], outputs }, '').join('\n')).toContain(
      'steps.worker.outputs.client-secret',
    );
    expect(nextSteps({ stored: [], files: [], outputs: 'none' }, '')).toEqual([]);
  });
});

test('shows until when the old secret works, and a link to the console if its address is known', () => {
  const url = consoleUrl('https://api.pingone.com.au/v1', anId);
  const summary = summaryOf({ ...facts, previousSecretExpiresAt: '2026-11-25 04:00 UTC', consoleUrl: url });
  expect(summary).toContain('The previous client secret works until **2026&#45;11&#45;25 04&#58;00 UTC**');
  expect(summary).toContain('(https://console.pingone.com.au/?env=11111111-1111-4111-8111-111111111111)');
  expect(consoleUrl('http://127.0.0.1:4001/v1', anId)).toBeUndefined();
});

test('text from outside is not formatted', () => {
  const evil = '</code>|<img src=x onerror=alert(1)>\n## [x](javascript:1) `a` ${{ x }} @octocat #1 https://x.example';
  const summary = summaryOf({
    ...facts,
    name: evil,
    environment: evil,
    outcome: 'updated',
    changes: [{ setting: evil, before: evil, after: evil }],
    warnings: [evil],
    roles: [{ label: evil, isAdministrators: true, isBeyond: true }],
    secrets: [{ target: evil, names: [evil] }],
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

test('a warning shows its times to the minute', () => {
  const warnings = ['valid until 2026-11-28T04:26:25.001Z.'];
  expect(summaryOf({ ...facts, warnings })).toContain('2026&#45;11&#45;28 04&#58;26 UTC');
});
