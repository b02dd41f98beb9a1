// The target `repository`. __tests__/bundle/store.test.ts tests it with the built action.
import { describe, expect, test } from '@jest/globals';
import type { Lab } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { failureOf, messages, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';

const names = ['PINGONE_WORKER_CLIENT_ID', 'PINGONE_WORKER_CLIENT_SECRET', 'PINGONE_WORKER_ENVIRONMENT_ID'];
const stored = async (lab: Lab) => (await lab.state()).github.secrets;

/** Somebody keeps a secret under one of our names. */
async function keepForeignSecret(lab: Lab): Promise<void> {
  await lab.run({ ...lab.storing, name: 'Other worker', 'secret-prefix': 'PINGONE_WORKER_' });
}

describe('existing secrets of others', () => {
  test.concurrent('are not overwritten: the step fails before any write', () =>
    inSandbox(async (lab) => {
      await keepForeignSecret(lab);
      const [before, written] = [await stored(lab), await lab.writes('pingone')];
      const { what, cause, fix } = failureOf(await lab.run(lab.storing));
      for (const name of names) expect(what).toContain(name);
      expect(what).toContain('the repository octo/sync already has');
      expect(cause).toContain('another worker');
      expect(fix).toMatch(/`secret-prefix`.*GitHub environment.*`overwrite-secrets: true`/);
      expect(await stored(lab)).toEqual(before);
      expect(await lab.writes('pingone')).toEqual(written);
    }),
  );

  test.concurrent('are overwritten with `overwrite-secrets`, and belong to this worker afterwards', () =>
    inSandbox(async (lab) => {
      await keepForeignSecret(lab);
      outputsOf(await lab.run({ ...lab.storing, 'overwrite-secrets': 'true' }));
      expect((await stored(lab)).map(({ value }) => value)).toContain((await lab.theOnly(workerName)).secret);
      expect(outputsOf(await lab.run(lab.storing))).toMatchObject({ result: 'unchanged' });
    }),
  );

  test.concurrent('are not overwritten without a record, and the message names the remedy', () =>
    inSandbox(async (lab) => {
      await keepForeignSecret(lab);
      const options = { env: { GITHUB_REPOSITORY_ID: undefined } };
      expect(failureOf(await lab.run(lab.storing, options)).fix).toContain('`overwrite-secrets: true`');
      const forced = await lab.run({ ...lab.storing, 'overwrite-secrets': 'true' }, options);
      expect(outputsOf(forced)).toMatchObject({ result: 'created' });
      expect(messages(forced, 'warning')).toEqual([expect.stringMatching(/^No record lists the secrets/)]);
    }),
  );

  test.concurrent('make a dry run with a token fail', () =>
    inSandbox(async (lab) => {
      await keepForeignSecret(lab);
      const { what } = failureOf(await lab.run({ ...lab.storing, 'dry-run': 'true' }));
      expect(what).toContain('already has PINGONE_WORKER_CLIENT_ID');
      const { 'github-token': _, ...inputs } = lab.storing;
      expect(outputsOf(await lab.run({ ...inputs, 'dry-run': 'true' }))).toMatchObject({ result: 'created' });
    }),
  );

  test.concurrent('with another prefix are ignored', () =>
    inSandbox(async (lab) => {
      await keepForeignSecret(lab);
      expect(outputsOf(await lab.run({ ...lab.storing, 'secret-prefix': 'MINE_' }))).toMatchObject({
        result: 'created',
      });
      expect(await stored(lab)).toHaveLength(6);
    }),
  );
});

type Token = (lab: Lab) => string | undefined;
const tokens: readonly [string, Token, RegExp, RegExp, RegExp][] = [
  ['missing', () => undefined, /`github-token` is missing/, /`GITHUB_TOKEN` cannot write secrets/, /Secrets: write/],
  [
    'GITHUB_TOKEN',
    (lab) => lab.ready.github.jobToken,
    /^GitHub refused reading the public key of the repository octo\/sync: 403 "Resource not accessible by integration"/,
    /`github-token` is `GITHUB_TOKEN`, which cannot write secrets/,
    /GitHub App, or a fine-grained personal access token.*secrets=read/,
  ],
  ['unknown', () => 'ghp_nobody', /401 "Bad credentials"/, /expired or was revoked/, /create a new token/],
];

describe('a `github-token`', () => {
  test.concurrent.each(tokens)('that is %s fails the step before PingOne is changed', (_, token, what, cause, fix) =>
    inSandbox(async (lab) => {
      const failure = failureOf(await lab.run({ ...lab.storing, 'github-token': token(lab) }));
      expect(failure).toEqual({
        what: expect.stringMatching(what),
        cause: expect.stringMatching(cause),
        fix: expect.stringMatching(fix),
      });
      expect(await lab.writes('pingone')).toEqual([]);
      expect(await stored(lab)).toEqual([]);
    }),
  );

  test.concurrent('for another repository fails the step before PingOne is changed', () =>
    inSandbox(async (lab) => {
      const { what, cause } = failureOf(await lab.run({ ...lab.storing, repository: 'octo/secret-project' }));
      expect(what).toContain('reading the repository octo/secret-project: 404 "Not Found"');
      expect(cause).toContain('has no access to the repository');
      expect(await lab.writes('pingone')).toEqual([]);
    }),
  );

  test.concurrent(
    'that is read-only fails at the first secret, the message says what is done, and the next run continues',
    () =>
      inSandbox(async (lab) => {
        const inputs = { ...lab.storing, 'github-token': lab.ready.github.readOnlyToken };
        const { what, cause, fix } = failureOf(await lab.run(inputs));
        expect(what).toMatch(/^GitHub refused writing PINGONE_WORKER_CLIENT_ID to the repository octo\/sync: 403/);
        expect(cause).toContain('`github-token` lacks a permission');
        expect(fix).toMatch(
          /"Secrets: write" \(GitHub would accept: secrets=write\)\. .*Not done: store PINGONE_WORKER_CLIENT_ID, .*octo\/sync/,
        );
        expect(await stored(lab)).toEqual([]);
        expect(outputsOf(await lab.run(lab.storing))).toMatchObject({ result: 'unchanged' });
      }),
  );
});

test.concurrent('if a write fails, the message says so, and the next run writes all targets without a refusal', () =>
  inSandbox(async (lab) => {
    const effect = { status: 422, body: { message: 'Validation Failed' } };
    await lab.faults({ match: { server: 'github', method: 'PUT', n: 2 }, do: effect });
    const { fix } = failureOf(await lab.run(lab.storing));
    expect(fix).toContain(
      `store ${names[0]!} in the repository octo/sync. Not done: store ${names[1]!} and ${names[2]!} in`,
    );
    expect(outputsOf(await lab.run(lab.storing))).toMatchObject({ result: 'unchanged' });
    expect((await stored(lab)).map(({ name }) => name)).toEqual(names);
  }),
);
