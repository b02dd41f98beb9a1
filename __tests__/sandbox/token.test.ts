import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import type { Call, Harness, Json } from './client.ts';
import { basic, harness, WORKER } from './client.ts';

const GRANT = { grant_type: 'client_credentials' };

let at: Harness;
let admin: Call;
beforeAll(async () => {
  at = await harness();
});
afterAll(() => at.sandbox.close());
beforeEach(async () => {
  await at.control('POST /reset');
  admin = await at.as(at.ready.admin);
});

const description = ({ body }: Json): string => body.error_description;

describe('a token for the credentials', () => {
  test("is a JWT for one hour, with PingOne's claims", async () => {
    const { environmentId, clientId } = at.ready.admin;
    const { status, headers, body } = await at.token(environmentId, GRANT, basic(at.ready.admin));
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 3600]);
    expect(headers.get('cache-control')).toBe('no-store');
    const [header, claims] = body.access_token
      .split('.')
      .map((part: string) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(header).alg).toBe('RS256');
    expect(JSON.parse(claims)).toEqual({
      client_id: clientId,
      iss: `${at.ready.pingone.authUrl}/${environmentId}/as`,
      aud: [at.ready.pingone.authUrl],
      env: environmentId,
      org: expect.any(String),
      iat: expect.any(Number),
      exp: JSON.parse(claims).iat + 3600,
      jti: expect.any(String),
    });
  });

  test.each(['CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST'])('works with an independent client, %s', async (method) => {
    const created = (await at.control('POST /console', { create: { ...WORKER, tokenEndpointAuthMethod: method } }))
      .body;
    await at.control('POST /console', {
      application: created.id,
      grant: { role: 'Identity Data Admin', scope: { type: 'ENVIRONMENT' } },
    });
    const issuer = `${at.ready.pingone.authUrl}/${at.environment}/as`;
    const server = { issuer, token_endpoint: `${issuer}/token` };
    const authenticate = method === 'CLIENT_SECRET_BASIC' ? oauth.ClientSecretBasic : oauth.ClientSecretPost;
    const client = { client_id: created.clientId };
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      authenticate(created.secret),
      {},
      {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- loopback has no TLS
        [oauth.allowInsecureRequests]: true,
      },
    );
    const result = await oauth.processClientCredentialsResponse(server, client, answer);
    expect(result.token_type).toBe('bearer');
  });

  test('is issued for a form-encoded secret in the Basic header (RFC 6749)', async () => {
    const { clientId, clientSecret, environmentId } = at.ready.admin;
    const encoded = { ...at.ready.admin, clientSecret: clientSecret.replace('~', '%7E') };
    expect(encoded.clientSecret).not.toBe(clientSecret);
    expect((await at.token(environmentId, GRANT, basic(encoded))).status).toBe(200);
    expect((await at.token(environmentId, { ...GRANT, client_id: clientId }, basic(encoded))).status).toBe(200);
  });
});

describe('no token', () => {
  const worker = (set: Json) => at.control('POST /console', { create: { ...WORKER, ...set } }).then(({ body }) => body);
  const post = ({ clientId, secret }: Json) => ({ ...GRANT, client_id: clientId, client_secret: secret });

  test('for a wrong secret, an unknown client or none', async () => {
    const { environmentId } = at.ready.admin;
    const attempts = [
      at.token(environmentId, GRANT, basic({ ...at.ready.admin, clientSecret: 'wrong' })),
      at.token(environmentId, GRANT, basic({ ...at.ready.admin, clientId: 'unknown' })),
      at.token(environmentId, GRANT, { authorization: 'Basic nonsense' }),
      at.token(environmentId, GRANT),
      at.token(at.environment, GRANT, basic(at.ready.admin)),
    ];
    for (const answer of await Promise.all(attempts)) {
      expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
      expect(description(answer)).toMatch(
        /^Request denied: Invalid client credentials \(Correlation ID: [\da-f-]{36}\)$/,
      );
      expect(description(answer)).toContain(answer.headers.get('correlation-id'));
    }
  });

  test('with another method than the configured one, or with two at once', async () => {
    const { environmentId, clientId, clientSecret } = at.ready.admin;
    const form = { ...GRANT, client_id: clientId, client_secret: clientSecret };
    const poster = await worker({ enabled: true });
    const attempts = [
      at.token(environmentId, form),
      at.token(environmentId, form, basic(at.ready.admin)),
      at.token(
        at.environment,
        GRANT,
        basic({ ...at.ready.admin, clientId: poster.clientId, clientSecret: poster.secret }),
      ),
    ];
    for (const answer of await Promise.all(attempts)) {
      expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
      expect(description(answer)).toContain('Unsupported authentication method');
    }
  });

  test('without any role', async () => {
    const { environmentId } = at.ready.admin;
    const answer = await at.token(environmentId, GRANT, basic(at.ready.admins.noRoles));
    expect([answer.status, answer.body.error, answer.body.details.length]).toEqual([403, 'access_denied', 1]);
    expect(description(answer)).toContain('Application does not have any role assignments');
  });

  test.each([
    ['a disabled application', { enabled: false }, 401, 'invalid_client'],
    ['a grant that is not configured', { grantTypes: ['IMPLICIT'] }, 400, 'unauthorized_client'],
  ])('for %s', async (_, set, status, error) => {
    const answer = await at.token(at.environment, post(await worker(set)));
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  });

  test('for an invalid request', async () => {
    const { environmentId } = at.ready.admin;
    const json = { ...basic(at.ready.admin), 'content-type': 'application/json' };
    const errors = await Promise.all([
      at.token(environmentId, {}, basic(at.ready.admin)),
      at.token(environmentId, { grant_type: 'password' }, basic(at.ready.admin)),
      at.token(environmentId, GRANT, json),
    ]);
    expect(errors.map(({ status, body }) => [status, body.error])).toEqual([
      [400, 'invalid_request'],
      [400, 'unsupported_grant_type'],
      [400, 'invalid_request'],
    ]);
    expect((await at.token('00000000-0000-4000-8000-000000000000', GRANT)).status).toBe(404);
  });
});

describe('the lifetime of a token', () => {
  test("ends after one hour by the sandbox's clock", async () => {
    expect((await admin('GET /roles')).status).toBe(200);
    await at.control('POST /clock', { advance: 3540 });
    expect((await admin('GET /roles')).status).toBe(200);
    await at.control('POST /clock', { advance: 120 });
    const { status, body } = await admin('GET /roles');
    expect([status, body.code, body.details[0].code]).toEqual([401, 'ACCESS_FAILED', 'INVALID_TOKEN']);
  });

  test('does not end with a reset or another secret', async () => {
    await at.control('POST /console', { application: at.ready.admin.clientId, rotate: true });
    expect((await admin('GET /roles')).status).toBe(200);
    await at.control('POST /reset');
    expect((await admin('GET /roles')).status).toBe(200);
  });

  test.each([[''], ['Bearer '], ['Bearer unknown'], ['Basic YTpi']])(
    'the header "%s" is not a token',
    async (authorization) => {
      expect((await admin('GET /roles', undefined, { authorization })).body.details[0].code).toBe('INVALID_TOKEN');
    },
  );
});
