// Runs the built action `token` as a process.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readActionMetadata } from '../../sandbox/runner/metadata.ts';
import type { StepOptions } from '../../sandbox/runner/step-options.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { closedOrigin } from '../network/closed-origin.ts';
import type { ApplicationState } from './control.ts';
import type { Inputs, Lab } from './harness.ts';
import { action, inSandbox } from './harness.ts';
import { findLeaks, findUnmasked } from './leaks.ts';
import { failureOf, outputsOf } from './outcome.ts';

const tokenAction = join(action, 'token');

/** A worker that somebody made in the console; with a role unless it is said to have none. */
async function makeWorker(lab: Lab, fields: object = {}, hasRole = true): Promise<ApplicationState> {
  const { id: environmentId } = lab.ready.environments[0]!;
  const environment = { id: environmentId };
  const made = await lab.console({
    create: { name: 'Stored', enabled: true, tokenEndpointAuthMethod: 'CLIENT_SECRET_POST', environment, ...fields },
  });
  const scope = { type: 'ENVIRONMENT', id: environmentId };
  if (hasRole) await lab.console({ application: made.id, grant: { role: 'Identity Data Admin', scope } });
  return lab.theOnly('Stored');
}

/** Runs the action with the worker's credentials, and looks for the secret and the token where they must not be. */
async function run(
  lab: Lab,
  worker: ApplicationState,
  inputs: Inputs = {},
  options: Partial<StepOptions> = {},
): Promise<StepResult> {
  const given: Inputs = {
    'client-id': worker.id,
    'client-secret': worker.secret,
    'environment-id': worker.environment.id,
    'auth-url': lab.ready.pingone.authUrl,
    ...inputs,
  };
  const usable = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const result = await runStep({ action: tokenAction, with: Object.fromEntries(usable), ...options });
  const token = result.outputs.get('access-token');
  const secrets = [
    { label: 'the client secret', value: worker.secret!, clientId: worker.id },
    ...(token === undefined ? [] : [{ label: 'the access token', value: token }]),
  ];
  expect(findLeaks(result, secrets)).toEqual([]);
  if (given['client-secret'] === worker.secret) expect(findUnmasked(result, secrets.slice(0, 1))).toEqual([]);
  if (token !== undefined) expect(result.masks).toContain(token);
  return result;
}

const noAddress = { 'environment-id': undefined, 'auth-url': undefined } as const;

describe('an access token', () => {
  test.concurrent('works with the API, and the other outputs contain its expiry and type', () =>
    inSandbox(async (lab) => {
      const worker = await makeWorker(lab);
      const result = await run(lab, worker, {}, { env: { RUNNER_DEBUG: '1' } });
      const outputs = outputsOf(result);
      expect(Object.keys(outputs).sort()).toEqual(Object.keys(readActionMetadata(tokenAction).outputs).sort());
      expect(outputs['token-type']).toBe('Bearer');
      expect(outputs['expires-at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      const [asked] = await lab.requests();
      expect(asked!.headers['user-agent']).toMatch(/^pingone-worker-app\//);
      const answer = await fetch(`${lab.ready.pingone.apiUrl}/environments/${worker.environment.id}/populations`, {
        headers: { authorization: `Bearer ${outputs['access-token']}`, accept: 'application/json' },
      });
      expect(answer.status).toBe(200);
    }),
  );

  test.concurrent('is masked before it is an output, and the secret is masked before everything else', () =>
    inSandbox(async (lab) => {
      const worker = await makeWorker(lab);
      const { events, outputs } = await run(lab, worker, {}, { oneStream: true });
      const isMask = (value: string) => (event: (typeof events)[number]) =>
        event.kind === 'mask' && event.value === value;
      const shown = events.findIndex(({ kind }) => kind === 'output');
      const first = events.findIndex((event) => event.kind === 'line' && !event.text.startsWith('::add-mask::'));
      const token = events.findIndex(isMask(outputs.get('access-token')!));
      const secret = events.findIndex(isMask(worker.secret!));
      expect([secret, token].every((index) => index >= 0)).toBe(true);
      expect(token).toBeLessThan(shown);
      expect(secret).toBeLessThan(first);
    }),
  );

  test.concurrent('is issued with Client Secret Basic, and by the token endpoint of a custom domain', () =>
    inSandbox(async (lab) => {
      const worker = await makeWorker(lab, { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' });
      const endpoint = `${lab.ready.pingone.authUrl}/${worker.environment.id}/as/token`;
      const inputs = { ...noAddress, 'token-endpoint': endpoint, 'token-endpoint-auth-method': 'CLIENT_SECRET_BASIC' };
      expect(outputsOf(await run(lab, worker, inputs))['access-token']).toMatch(/^ey/);
    }),
  );

  test.concurrent('is requested again if PingOne is unavailable for a moment', () =>
    inSandbox(async (lab) => {
      const worker = await makeWorker(lab);
      await lab.faults({ match: { path: 're:/as/token$' }, do: { status: 503 } });
      expect(outputsOf(await run(lab, worker))['access-token']).toMatch(/^ey/);
    }),
  );
});

test.concurrent('a token whose outputs cannot be written is explained', () =>
  inSandbox(async (lab) => {
    const result = await run(lab, await makeWorker(lab), {}, { env: { GITHUB_OUTPUT: '/dev/full' } });
    expect(failureOf(result)).toEqual({
      what: 'The outputs of this step could not be written: ENOSPC.',
      cause: expect.stringContaining('the disk of the runner is full'),
      fix: 'correct that, and run the workflow again to set the outputs.',
    });
  }),
);

interface Case {
  readonly answer?: object;
  readonly fields?: object;
  readonly hasRole?: boolean;
  readonly inputs?: Inputs;
  readonly what: RegExp;
  readonly cause: RegExp;
  readonly fix: RegExp;
}

const refused =
  /^PingOne \(127\.0\.0\.1:\d+\) refused the credentials from the inputs `client-id`, `client-secret` and /;
const other = '00000000-0000-4000-8000-000000000000';

describe('no token, with a message of three parts:', () => {
  test.concurrent.each<[string, Case]>([
    [
      'a wrong secret',
      {
        inputs: { 'client-secret': 'not~this~one' },
        what: /401 invalid_client/,
        cause: /`client-secret` is wrong or was rotated/,
        fix: /`region` first/,
      },
    ],
    [
      'the wrong region',
      {
        inputs: { 'environment-id': other },
        what: refused,
        cause: /another region/,
        fix: /^check `region` first/,
      },
    ],
    [
      'an application that is disabled',
      { fields: { enabled: false }, what: refused, cause: /the application is disabled/, fix: /is enabled/ },
    ],
    [
      'another method',
      {
        fields: { tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC' },
        what: refused,
        cause: /another token endpoint authentication method/,
        fix: /`token-endpoint-auth-method`/,
      },
    ],
    [
      'a redirect to a login page',
      {
        answer: { status: 302, headers: { Location: 'https://login.example/' } },
        what: /^PingOne could not be reached for a token for the credentials: 127\.0\.0\.1:\d+ returned 302$/,
        cause: /login page, or the address is wrong/,
        fix: /^check `region`, `auth-url` and `token-endpoint`, and the proxy variables/,
      },
    ],
    ['no role', { hasRole: false, what: /access_denied/, cause: /holds no role/, fix: /grant the application a role/ }],
    [
      'no server',
      {
        inputs: { 'auth-url': closedOrigin },
        what: /^PingOne could not be reached for a token for the credentials/,
        cause: /host/,
        fix: /`region`, `auth-url` and `token-endpoint`/,
      },
    ],
  ])('%s', (_, { answer, fields, hasRole, inputs, what, cause, fix }) =>
    inSandbox(async (lab) => {
      if (answer) await lab.faults({ match: { path: 're:/as/token$' }, times: 9, do: answer });
      const failure = failureOf(await run(lab, await makeWorker(lab, fields, hasRole), inputs));
      expect(failure).toEqual({
        what: expect.stringMatching(what),
        cause: expect.stringMatching(cause),
        fix: expect.stringMatching(fix),
      });
    }),
  );

  test.concurrent('empty inputs fail before any request, even if environment variables have admin credentials', () =>
    inSandbox(async (lab) => {
      const worker = await makeWorker(lab);
      const { clientId, clientSecret, environmentId } = lab.ready.admin;
      const env = {
        PINGONE_CLIENT_ID: clientId,
        PINGONE_CLIENT_SECRET: clientSecret,
        PINGONE_ENVIRONMENT_ID: environmentId,
      };
      const nothing = { 'client-id': '', 'client-secret': '', 'environment-id': '' };
      const { what, fix } = failureOf(await run(lab, worker, nothing, { env }));
      expect(what).toBe('`client-id`, `client-secret` and `environment-id` must not be empty.');
      expect(fix).toContain('set `environment:` on the job');
      expect(await lab.requests()).toEqual([]);
    }),
  );
});
