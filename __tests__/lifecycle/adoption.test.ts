import { describe, expect, test } from '@jest/globals';
import type { ApplicationState } from '../bundle/control.ts';
import type { Inputs } from '../bundle/harness.ts';
import { workerName } from '../bundle/harness.ts';
import { outputsOf } from '../bundle/outcome.ts';
import { inSandbox } from '../in-process/lab.ts';
import { inWorkspace, png } from './images.ts';
import { byHand, getsToken, owner, recordKey } from './scenes.ts';

/** All that somebody may have set in the console, or PingOne may come up with tomorrow. */
const theirs = {
  description: 'Made by hand',
  enabled: false,
  tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
  grantTypes: ['REFRESH_TOKEN'],
  jwks: '{"keys":[{"kty":"RSA","kid":"1","n":"AQAB","e":"AQAB"}]}',
  signing: { keyRotationPolicy: { id: '44444444-4444-4444-8444-444444444444' } },
  corsSettings: { behavior: 'ALLOW_SPECIFIC_ORIGINS', origins: ['https://a.example.com', 'https://b.example.com'] },
  accessControl: {
    role: { type: 'ADMIN_USERS_ONLY' },
    group: { type: 'ANY_GROUP', groups: [{ id: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' }] },
  },
  refreshTokenDuration: 86_400,
  refreshTokenRollingDuration: 172_800,
  refreshTokenRollingGracePeriodDuration: 0,
  parRequirement: 'REQUIRED',
  parTimeout: 30,
  pkceEnforcement: 'S256_REQUIRED',
  hiddenFromAppPortal: true,
  loginPageUrl: 'https://login.example.com/ü?a=1&b=2',
  homePageUrl: 'https://home.example.com/',
  tags: ['PING_FED_CONNECTION_INTEGRATION'],
  icon: { id: '11111111-1111-4111-8111-111111111111', href: 'https://assets.pingone.com/icon.png' },
  inventedForTomorrow: { level: 3, modes: ['A', 'B'], empty: {}, none: [], zero: 0, no: false, blank: '' },
  'invented-2': ['ünïcode', '\u2028', 1e21, -0.5],
};

/** What the step may change, and what comes of it. */
type Touched = Partial<ApplicationState>;

const runs: readonly [string, Inputs, Touched][] = [
  [
    'an update',
    {},
    {
      enabled: true,
      tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
      grantTypes: ['REFRESH_TOKEN', 'CLIENT_CREDENTIALS'],
    },
  ],
  [
    'a new description',
    { description: 'Ours', enabled: 'keep', 'token-endpoint-auth-method': 'keep', verify: 'false' },
    { description: 'Ours', grantTypes: ['REFRESH_TOKEN', 'CLIENT_CREDENTIALS'] },
  ],
  [
    'new redirect URIs',
    { 'redirect-uris': 'https://a.example.com/', enabled: 'keep', 'token-endpoint-auth-method': 'keep' },
    {
      grantTypes: ['REFRESH_TOKEN', 'CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'],
      responseTypes: ['CODE'],
      redirectUris: ['https://a.example.com/'],
    },
  ],
  [
    'a run with `keep` only',
    { enabled: 'keep', 'token-endpoint-auth-method': 'keep', roles: 'keep' },
    {
      grantTypes: ['REFRESH_TOKEN', 'CLIENT_CREDENTIALS'],
    },
  ],
];

describe('a worker that was created by hand', () => {
  test.concurrent.each(runs)('keeps all other settings and its secret after %s', (_, inputs, touched) =>
    inSandbox(async (lab) => {
      const before = await byHand(lab, theirs);
      const outputs = outputsOf(await lab.run({ roles: 'none', ...inputs }));
      const after = await lab.theOnly(workerName);
      expect(outputs).toMatchObject({ result: 'updated', 'client-id': before.id });
      const { updatedAt, metadata } = after;
      expect(after).toEqual({ ...before, ...touched, updatedAt, metadata });
      expect(after.secret).toBe(before.secret);
      expect(
        (await lab.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith('/secret')),
      ).toEqual([]);
    }),
  );

  test.concurrent('keeps them when its icon or its name changes, too', () =>
    inSandbox((lab) =>
      inWorkspace({ 'icon.png': png() }, async (workspace) => {
        const { id, ...before } = await byHand(lab, theirs);
        const kept = { roles: 'none', enabled: 'keep', 'token-endpoint-auth-method': 'keep' };
        const inputs = { ...kept, name: 'Renamed', 'application-id': id, icon: 'icon.png' };
        outputsOf(await lab.run(inputs, { workspace }));
        const { icon, updatedAt, metadata, ...after } = await lab.theOnly('Renamed');
        expect(icon).not.toEqual(theirs.icon);
        const grantTypes = ['REFRESH_TOKEN', 'CLIENT_CREDENTIALS'];
        expect({ ...after, icon, updatedAt, metadata }).toEqual({
          ...before,
          id,
          name: 'Renamed',
          grantTypes,
          icon,
          updatedAt,
          metadata,
        });
      }),
    ),
  );

  test.concurrent('keeps metadata of others, and the record says adopted', () =>
    inSandbox(async (lab) => {
      const metadata = { team: 'directory', nested: { a: [1, null] } };
      await byHand(lab, { metadata });
      outputsOf(await lab.run());
      expect((await lab.theOnly(workerName)).metadata).toEqual({
        ...metadata,
        [recordKey]: { version: 1, owner, origin: 'adopted', secret: expect.anything(), stored: [] },
      });
    }),
  );

  test.concurrent('keeps its client secret', () =>
    inSandbox(async (lab) => {
      const { id, secret } = await byHand(lab);
      const outputs = outputsOf(await lab.run(lab.storing));
      expect(outputs['client-secret']).toBe(secret);
      expect(await getsToken(lab, id, secret!)).toBe(true);
    }),
  );

  test.concurrent('that somebody changes between the read and the write keeps that change', () =>
    inSandbox(async (lab) => {
      const { id } = await byHand(lab, { enabled: false });
      await lab.faults({ match: { path: '/v1/roles' }, do: { delay: 700 } });
      const running = lab.run({ roles: 'none' });
      const isListed = async () => (await lab.requests()).some(({ path }) => path.startsWith('/v1/roles'));
      while (!(await isListed())) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 300));
      await lab.console({ application: id, set: { loginPageUrl: 'https://meanwhile.example.com/' } });
      outputsOf(await running);
      expect(await lab.theOnly(workerName)).toMatchObject({
        enabled: true,
        loginPageUrl: 'https://meanwhile.example.com/',
      });
    }),
  );
});
