// The job summary is complete and correct for every outcome.
import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { startBy } from '../in-process/start.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { byHand, environmentId, forbidden, grantByHand } from './scenes.ts';

/** What a browser shows of it: character references resolved. */
const shown = ({ summary }: StepResult): string =>
  (summary.shown ?? '').replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)));
const headings = (result: StepResult): readonly string[] => shown(result).match(/^#+ .*$/gm) ?? [];
const secretName = 'PINGONE_WORKER_CLIENT_SECRET';

describe('a failed run', () => {
  test.concurrent('lists what was done, what was not done, and that nothing is stored', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { method: 'POST', path: 're:/roleAssignments$' }, times: 99, do: forbidden });
      const result = await lab.run(lab.storing);
      const { what, fix } = failureOf(result);
      expect(headings(result)).toEqual([
        `### ❌ Failed: PingOne worker ${workerName}`,
        '#### Done before the failure',
        '#### Not done',
      ]);
      expect(shown(result)).toContain(what);
      expect(shown(result)).toContain('- create the application\n');
      expect(shown(result)).toMatch(new RegExp(`- store .*${secretName}.* in the repository octo/sync\n`));
      expect(shown(result)).toContain('did not store the credentials anywhere');
      expect(fix).toContain('Done before: create the application. Not done: grant Identity Data Admin @ environment; ');
    }),
  );

  test.concurrent('lists where credentials were stored', () =>
    inSandbox(async (lab) => {
      const no = { status: 403, body: { message: 'No' } };
      await lab.faults({ match: { server: 'github', method: 'PUT', n: 2 }, do: no });
      const result = await lab.run(lab.storing);
      failureOf(result);
      const [, where = ''] = shown(result).split('#### Where the credentials are');
      expect(where).toContain('PINGONE_WORKER_CLIENT_ID');
      expect(where).not.toContain(secretName);
    }),
  );

  test.concurrent.each([
    ['creating', { method: 'POST', path: 're:/applications$' }],
    ['reading', { method: 'GET', path: 're:/applications$' }],
  ])('of %s the worker shows the environment that was given by its ID', (_, match) =>
    inSandbox(async (lab) => {
      await lab.faults({ match, times: 99, do: forbidden });
      const result = await lab.run({ environment: environmentId(lab) });
      failureOf(result);
      expect(shown(result)).toContain('PingOne environment: **Sandbox**');
    }),
  );

  test.concurrent.each([
    ['octo-org/the-action', 'v1.2.3', '/octo-org/the-action/blob/v1.2.3/docs/troubleshooting.md'],
    ['octo-org/the-action', '](https://elsewhere.example)', undefined],
    ['', '', undefined],
  ])('links to the page on messages, at the version in use: %p, %p', (repository, ref, path) =>
    inSandbox(async (lab) => {
      const env = { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref };
      const [, link] = /\[Look up the message in Troubleshooting\]\((.*?)\)/.exec(
        shown(await lab.run({ enabled: 'yes' }, { env })),
      ) ?? [undefined, undefined];
      expect(link).toBe(path && `https://github.com${path}`);
    }),
  );

  test.concurrent('with wrong inputs has a summary, too', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ enabled: 'yes' });
      const { what } = failureOf(result);
      expect(headings(result)).toEqual(['### ❌ Failed: PingOne worker']);
      expect(shown(result)).toContain(what.split('\n')[0]);
    }),
  );

  test.concurrent('of a teardown lists what is deleted', () =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      await lab.faults({ match: { method: 'DELETE', path: 're:/applications/' }, times: 99, do: forbidden });
      const result = await lab.run({ ...lab.storing, state: 'absent' });
      failureOf(result);
      const [done = '', left = ''] = shown(result).split('#### Not done');
      expect(done).toContain(secretName);
      expect(left).toContain('- delete the application');
    }),
  );

  test.concurrent('aborts pending requests, and a successful run does not', () =>
    inSandbox(async (lab) => {
      let abandoned = 0;
      const startProcess: typeof startBy = (options) => startBy(options, { abortPending: () => (abandoned += 1) });
      outputsOf(await lab.run({}, { startProcess: (options) => startProcess(options) }));
      expect(abandoned).toBe(0);
      failureOf(await lab.run({ roles: 'No such role' }, { startProcess: (options) => startProcess(options) }));
      expect(abandoned).toBe(1);
    }),
  );
});

test.concurrent('the summary says why a rotation did not happen', () =>
  inSandbox(async (lab) => {
    await lab.run();
    const rotated = await lab.run({ 'rotate-secret': 'true' });
    expect(headings(rotated)[0]).toBe(`### ✅ Rotated: PingOne worker ${workerName}`);
    const again = await lab.run({ 'rotate-secret': 'true' });
    expect(outputsOf(again)).toMatchObject({ result: 'unchanged', 'secret-rotated': 'false' });
    expect(headings(again).slice(0, 2)).toEqual([`### ⚠️ Not rotated: PingOne worker ${workerName}`, '#### Warnings']);
    expect(shown(again)).toMatch(/- ⚠️ The secret was not rotated: .* is still valid until/);
    expect(shown(again)).toMatch(/The previous client secret works until \*\*\d{4}-\d\d-\d\d \d\d:\d\d UTC\*\*/);
    expect(shown(again)).not.toContain('Nothing had to change');
  }),
);

describe('the summary lists the secrets in GitHub', () => {
  test.concurrent('that a dry run would write', () =>
    inSandbox(async (lab) => {
      const result = await lab.run({ ...lab.storing, 'dry-run': 'true' });
      expect(headings(result)).toContain('#### Would be written in GitHub');
      expect(shown(result)).toContain(secretName);
    }),
  );

  test.concurrent.each([
    ['true', '#### Would be deleted in GitHub'],
    ['false', '#### Deleted in GitHub'],
  ])('that a teardown deletes (dry run: %s)', (dryRun, heading) =>
    inSandbox(async (lab) => {
      outputsOf(await lab.run(lab.storing));
      const result = await lab.run({ ...lab.storing, state: 'absent', 'dry-run': dryRun });
      outputsOf(result);
      expect(headings(result)).toContain(heading);
      expect(shown(result)).toContain(secretName);
    }),
  );
});

test.concurrent("an administrators' role gives a warning, in the annotations and the summary, and has a mark", () =>
  inSandbox(async (lab) => {
    const roles = 'Identity Data Admin\nEnvironment Admin @ organization';
    const warning = /Environment Admin @ organization: this is a role for administrators/;
    const first = await lab.run({ roles });
    expect(messages(first, 'warning')).toEqual([expect.stringMatching(warning)]);
    expect(shown(first)).toContain('- ⚠️ Environment Admin @ organization (for administrators)');
    const second = await lab.run({ roles });
    expect(messages(second, 'warning')).toEqual([expect.stringContaining('The worker holds Environment Admin')]);
    expect(shown(second)).toMatch(/#### Warnings\n\n- ⚠️ The worker holds Environment Admin/);
  }),
);

test.concurrent('`output-secret: false` without a target gives one notice', () =>
  inSandbox(async (lab) => {
    const nowhere = expect.stringContaining('This run neither exposes nor stores the client secret');
    expect(messages(await lab.run({ 'output-secret': 'false' }), 'notice')).toEqual([nowhere]);
    expect(messages(await lab.run({ 'output-secret': 'false', ...lab.storing }), 'notice')).toEqual([]);
    expect(messages(await lab.run(), 'notice')).toEqual([]);
  }),
);

test.concurrent('a role on another environment does not make the step wait for populations', () =>
  inSandbox(async (lab) => {
    const { id } = await byHand(lab, { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' });
    await grantByHand(lab, id, 'Identity Data Admin', 'ENVIRONMENT', environmentId(lab, 'Production'));
    expect(outputsOf(await lab.run())).toMatchObject({ result: 'updated' });
    expect(await populationReads(lab)).toEqual([]);
    outputsOf(await lab.run({ roles: 'Identity Data Admin' }));
    expect(await populationReads(lab)).toHaveLength(1);
  }),
);

const populationReads = async (lab: Lab) => (await lab.requests()).filter(({ path }) => path.includes('/populations'));

test.concurrent('the summary links to the console only if the IDs are not masked', () =>
  inSandbox(async (lab) => {
    // The console is known for PingOne's own hosts only: the requests to this one are sent to the sandbox.
    const { apiUrl } = lab.ready.pingone;
    const { createTransport } = await import('../../src/http/transport.ts');
    const real = createTransport('test');
    const transport: typeof real = (request, ...rest) =>
      real({ ...request, url: request.url.replace('https://api.pingone.eu/v1', apiUrl) }, ...rest);
    const run = (maskIds: string) =>
      lab.run(
        { 'api-url': 'https://api.pingone.eu/v1', 'mask-ids': maskIds },
        { isTamperedWith: true, startProcess: (options) => startBy(options, { transport }) },
      );
    const masked = await run('true');
    outputsOf(masked);
    expect(masked.summary.shown).not.toContain('console.pingone');
    expect((await run('false')).summary.shown).toContain(`https://console.pingone.eu/?env=${environmentId(lab)}`);
  }),
);
