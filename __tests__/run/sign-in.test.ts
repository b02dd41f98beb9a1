// Sign-in without a stored client secret: with a private key, or with an assertion that another system signed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { importSPKI, jwtVerify } from 'jose';
import type { Exchange } from '../../sandbox/exchange.ts';
import { readPrivateKey, signAssertion } from '../../src/pingone/assertion.ts';
import { noAdminInputs } from '../bundle/control.ts';
import { inSandbox as inBuiltSandbox } from '../bundle/harness.ts';
import type { Inputs, Lab } from '../bundle/harness.ts';
import { failureOf, outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { startBy } from '../in-process/start.ts';
import { jwt, keyPair } from '../inputs/keys.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

const withKey = ({ ready: { admins } }: Lab): Inputs => ({
  ...noAdminInputs,
  'admin-client-id': admins.keyPair.clientId,
  'admin-environment-id': admins.keyPair.environmentId,
  'admin-private-key': admins.keyPair.privateKey,
  'admin-key-id': admins.keyPair.keyId,
});

function withAssertion(lab: Lab, at = Date.now()): Inputs {
  const { clientId, environmentId, privateKey, keyId } = lab.ready.admins.keyPair;
  const key = readPrivateKey(privateKey);
  if (typeof key === 'string' || 'algorithm' in key) throw new Error('no key');
  const tokenEndpoint = `${lab.ready.pingone.authUrl}/${environmentId}/as/token`;
  const assertion = signAssertion({ kind: 'key', key, keyId }, { clientId, tokenEndpoint }, at);
  return {
    ...noAdminInputs,
    'admin-client-id': clientId,
    'admin-environment-id': environmentId,
    'admin-client-assertion': assertion,
  };
}

/** The assertions in these token requests. */
function assertionsIn(exchanges: readonly Exchange[]): { readonly jti: string; readonly text: string }[] {
  return exchanges.flatMap(({ path, requestBody }) => {
    const form = new URLSearchParams(path.endsWith('/as/token') ? requestBody.toString() : '');
    const text = form.get('client_assertion');
    if (text === null) return [];
    expect([...form.keys()]).toEqual(['grant_type', 'client_assertion_type', 'client_assertion']);
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    return [{ text, jti: JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString()).jti as string }];
  });
}

const expired = {
  status: 401,
  body: { code: 'ACCESS_FAILED', message: 'No access.', details: [{ code: 'INVALID_TOKEN', message: 'expired' }] },
};

describe('with a private key', () => {
  test.concurrent('the built action creates the worker, and shows neither key nor assertion', () => {
    const exchanges: Exchange[] = [];
    return inBuiltSandbox(
      async (lab) => {
        const result = await lab.run(withKey(lab), { env: { RUNNER_DEBUG: '1' } });
        expect(outputsOf(result)).toMatchObject({ result: 'created' });
        expect(result.log).toContain('Signing in with the inputs `admin-client-id`, `admin-private-key` and');
        const [assertion] = assertionsIn(exchanges);
        expect(result.masks).toEqual(
          expect.arrayContaining([assertion!.text, lab.ready.admins.keyPair.privateKey.trim()]),
        );
        const shown = result.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
        expect(shown.join('\n')).not.toContain(assertion!.text.split('.')[2]);
      },
      { onExchange: (exchange) => exchanges.push(exchange) },
    );
  });

  test.concurrent('each sign-in and each retry has a new assertion', () => {
    const exchanges: Exchange[] = [];
    return inSandbox(
      async (lab) => {
        await lab.faults(
          { match: { path: 're:/as/token$' }, do: { status: 503, when: 'after' } },
          { match: { path: '/v1/roles' }, do: expired },
        );
        expect(outputsOf(await lab.run({ ...withKey(lab), verify: 'false' }, { answersAreLost: true }))).toMatchObject({
          result: 'created',
        });
        const ids = assertionsIn(exchanges).map(({ jti }) => jti);
        expect(ids).toHaveLength(3);
        expect(new Set(ids).size).toBe(3);
      },
      { onExchange: (exchange) => exchanges.push(exchange) },
    );
  });

  test.concurrent.each([
    ['is not registered', { jwks: JSON.stringify({ keys: [keyPair.jwk] }) }, /public key .* is not in .* `jwks`/],
    [
      'is for another method',
      { tokenEndpointAuthMethod: 'CLIENT_SECRET_POST' },
      /is not configured with the method Private Key JWT/,
    ],
  ])('that %s, the message says what to check in PingOne', (_, set, cause) =>
    inSandbox(async (lab) => {
      await lab.console({ application: lab.ready.admins.keyPair.clientId, set });
      const failure = failureOf(await lab.run(withKey(lab)));
      expect(failure.what).toMatch(
        /refused the admin credentials from the inputs .*`admin-private-key`.* 401 invalid_client/,
      );
      expect(failure.cause).toMatch(cause);
      expect(failure.fix).toContain('`jwks`');
      expect(await lab.requests()).toHaveLength(1);
    }),
  );

  test.concurrent('that is invalid, nothing is sent', () =>
    inSandbox(async (lab) => {
      const { what } = failureOf(await lab.run({ ...withKey(lab), 'admin-private-key': keyPair.publicKey }));
      expect(what).toBe('`admin-private-key` must be an RSA private key, unencrypted, as PEM (PKCS#8).');
      expect(await lab.requests()).toEqual([]);
    }),
  );
});

describe('with an assertion', () => {
  test.concurrent('it is sent unchanged', () => {
    const exchanges: Exchange[] = [];
    return inSandbox(
      async (lab) => {
        const inputs = withAssertion(lab);
        expect(outputsOf(await lab.run({ ...inputs, verify: 'false' }))).toMatchObject({ result: 'created' });
        expect(assertionsIn(exchanges).map(({ text }) => text)).toEqual([inputs['admin-client-assertion']]);
      },
      { onExchange: (exchange) => exchanges.push(exchange) },
    );
  });

  test.concurrent('that expired before the run, nothing is sent', () =>
    inSandbox(async (lab) => {
      const { what, fix } = failureOf(await lab.run(withAssertion(lab, Date.now() - 600_000)));
      expect(what).toMatch(/^`admin-client-assertion` expired at \d{4}-/);
      expect(fix).toContain('right before this step');
      expect(await lab.requests()).toEqual([]);
    }),
  );

  test.concurrent('that expires during the run, the message says so, and no further request uses it', () =>
    inSandbox(async (lab) => {
      await lab.faults({ match: { path: '/v1/roles' }, do: expired });
      let ahead = 0;
      const clock = {
        now: () => Date.now() + ahead,
        sleep: () => Promise.resolve(),
      };
      const inputs = { ...withAssertion(lab), timeout: '9000' };
      const result = await lab.run(inputs, {
        startProcess: (options) =>
          startBy(
            {
              ...options,
              onLine: (line, stream) => {
                // The clock passes the expiry once the step has signed in.
                if (line.includes('Signing in again')) ahead = 600_000;
                options.onLine(line, stream);
              },
            },
            { clock },
          ),
      });
      const { what, cause, fix } = failureOf(result);
      expect(what).toContain('`admin-client-assertion` expired during the run at');
      expect(cause).toContain('took longer than the lifetime of the assertion');
      expect(fix).toContain('lifetime of up to one hour');
      expect((await lab.requests()).filter(({ path }) => path.endsWith('/as/token'))).toHaveLength(1);
    }),
  );

  test.concurrent("that is expired by PingOne's clock, the message says so", () =>
    inSandbox(async (lab) => {
      await lab.advance(400);
      const { what } = failureOf(await lab.run(withAssertion(lab, Date.now() - 250_000)));
      expect(what).toContain('`admin-client-assertion` expired during the run at');
    }),
  );
});

test.concurrent('another library accepts what the step signs', () =>
  inSandbox(async (lab) => {
    const { admin } = lab.ready;
    const path = `/${admin.environmentId}/as/token`;
    const refusals: unknown[] = [];
    const server = createServer((request, response) => {
      const answer = async (): Promise<object> => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        const audience = `http://${request.headers.host}${path}`;
        const claims = { issuer: 'an-id', subject: 'an-id', audience, maxTokenAge: 60, requiredClaims: ['jti', 'exp'] };
        await jwtVerify(form.get('client_assertion')!, await importSPKI(keyPair.publicKey, 'RS256'), claims);
        return { access_token: await lab.token(admin), token_type: 'Bearer', expires_in: 3600 };
      };
      answer().then(
        (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
        (error: unknown) => {
          refusals.push(error);
          response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}');
        },
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const result = await lab.run({
        ...withKey(lab),
        'admin-client-id': 'an-id',
        'admin-environment-id': admin.environmentId,
        'admin-private-key': keyPair.privateKey,
        'auth-url': `http://127.0.0.1:${port}`,
        verify: 'false',
      });
      expect(refusals).toEqual([]);
      expect(outputsOf(result)).toMatchObject({ result: 'created' });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }),
);

test.concurrent('an assertion for another region is refused before any request', () =>
  inSandbox(async (lab) => {
    const { clientId, environmentId } = lab.ready.admins.keyPair;
    const aud = `https://auth.pingone.eu/${environmentId}/as/token`;
    const assertion = jwt({ iss: clientId, sub: clientId, aud, exp: seconds() + 300 });
    const { what, fix } = failureOf(await lab.run({ ...withAssertion(lab), 'admin-client-assertion': assertion }));
    expect(what).toContain('`admin-client-assertion` is for another audience');
    expect(fix).toContain(`${lab.ready.pingone.authUrl}/`);
    expect(await lab.requests()).toEqual([]);
  }),
);
