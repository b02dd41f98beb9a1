// plan-and-apply.yml: a script instead of `gh` stores the comments of the pull request.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { DeliveryHarness } from '../delivery/harness.ts';
import { temporaryDirectory } from '../runner/action-fixture.ts';
import { createEnvironment, putSecrets, runRecipe, setUpRepository, standIn, stepEnvironment } from './recipes.ts';

/** Lists `$COMMENTS/<id>.json`, and creates or replaces one. */
const gh = String.raw`#!/usr/bin/env bash
set -euo pipefail
case "$*" in
  "api --paginate repos/octo/sync/issues/7/comments?per_page=100 --jq "*) jq -s . "$COMMENTS"/*.json | jq -r "$5" ;;
  "api --silent --method PATCH repos/octo/sync/issues/comments/"[0-9]*" --input "*) id="${'$'}{5##*/}"; input="$7" ;;
  "api --silent --method POST repos/octo/sync/issues/7/comments --input "*) id=200; input="$7" ;;
  *) echo "gh: $* is not known here" >&2; exit 2 ;;
esac
[ -z "${'$'}{id-}" ] || jq --argjson id "$id" '. + { $id, user: { login: "github-actions[bot]" } }' "$input" > "$COMMENTS/$id.json"
`;

const harness = new DeliveryHarness();
let comments: string;
beforeEach(async () => {
  await setUpRepository(harness);
  await harness.control('console', { environment: harness.ready.environments[0]!.id, set: { name: 'Staging' } });
  const { readOnly } = harness.ready.admins;
  await createEnvironment(harness, 'pingone-reader');
  const reader = {
    PINGONE_ADMIN_CLIENT_ID: readOnly.clientId,
    PINGONE_ADMIN_CLIENT_SECRET: readOnly.clientSecret,
    PINGONE_ADMIN_ENVIRONMENT_ID: readOnly.environmentId,
  };
  await putSecrets(harness, reader, 'pingone-reader');
  comments = temporaryDirectory();
  const body = '<!-- pingone-worker-plan --> by somebody else';
  writeFileSync(join(comments, '100.json'), JSON.stringify({ id: 100, user: { login: 'mona' }, body }));
});

const written = (): string[] =>
  readdirSync(comments)
    .filter((name) => name !== '100.json')
    .map((name) => JSON.parse(readFileSync(join(comments, name), 'utf8')).body);

function run(event_name: string, fullName = 'octo/sync', login = 'mona') {
  const event = { pull_request: { number: 7, user: { login }, head: { repo: { full_name: fullName } } } };
  return runRecipe(harness, 'plan-and-apply.yml', {
    github: { repository: 'octo/sync', event_name, event, token: harness.ready.github.jobToken },
    env: { ...stepEnvironment(harness, standIn('gh', gh)), COMMENTS: comments },
  });
}

test('a pull request gets one comment with the plan and changes nothing, and the merge applies the plan', async () => {
  const plan = await run('pull_request');
  expect(plan.result).toBe('success');
  expect(written()).toEqual([expect.stringContaining('\ncreate-application name: null → &quot;pingdatasync&quot;\n')]);
  expect((await harness.requests()).filter(({ write, path }) => write && !path.includes('pingone-'))).toEqual([]);
  expect(await harness.worker('pingdatasync')).toBeUndefined();

  const merge = await run('push');
  expect(merge.jobs).toMatchObject({ worker: { result: 'success' }, comment: { result: 'skipped' } });
  expect(await harness.worker('pingdatasync')).toMatchObject({ enabled: true });

  await run('pull_request');
  expect(written()).toEqual(['<!-- pingone-worker-plan -->\nNothing changes in PingOne.']);
});

test('text from PingOne is escaped in the comment', async () => {
  await run('push');
  const { id } = await harness.worker('pingdatasync');
  const description = '</pre>@octocat <img src=x>\u202e\n`';
  await harness.control('console', {
    application: id,
    set: { enabled: false, description },
  });
  expect((await run('pull_request')).result).toBe('success');
  const [body = ''] = written();
  expect(body).toContain('update-application enabled: false → true');
  expect(body).toContain('&lt;/pre&gt;@octocat &lt;img src=x&gt;');
  expect(body.match(/<[^>]*>/g)).toEqual(['<!-- pingone-worker-plan -->', '<pre>', '</pre>']);
  expect(body).not.toContain('\u202e');
});

test.each([
  ['from a fork', 'somebody/fork', 'mona'],
  ['by Dependabot', 'octo/sync', 'dependabot[bot]'],
])('a pull request %s gets no secrets and no comment', async (_, fullName, login) => {
  const { jobs } = await run('pull_request', fullName, login);
  expect(jobs).toMatchObject({ worker: { result: 'skipped' }, comment: { result: 'skipped' } });
});
