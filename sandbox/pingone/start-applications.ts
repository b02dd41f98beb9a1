/** The applications that are there from the start, as they would be sent to be created. */
import type { JsonObject } from '../json.ts';
import { seededId } from '../seed.ts';

/** Every environment has these. They lack fields that other applications have. */
export const BUILT_IN: readonly JsonObject[] = [
  {
    name: 'PingOne Admin Console',
    enabled: true,
    type: 'PING_ONE_ADMIN_CONSOLE',
    protocol: 'OPENID_CONNECT',
    tokenEndpointAuthMethod: 'NONE',
    pkceEnforcement: 'OPTIONAL',
    accessControl: { role: { type: 'ADMIN_USERS_ONLY' } },
  },
  {
    name: 'PingOne Application Portal',
    enabled: true,
    type: 'PING_ONE_PORTAL',
    protocol: 'OPENID_CONNECT',
    tokenEndpointAuthMethod: 'NONE',
    pkceEnforcement: 'S256_REQUIRED',
    applyDefaultTheme: true,
  },
  {
    name: 'PingOne Self-Service - MyAccount',
    enabled: true,
    type: 'PING_ONE_SELF_SERVICE',
    protocol: 'OPENID_CONNECT',
    tokenEndpointAuthMethod: 'NONE',
    pkceEnforcement: 'S256_REQUIRED',
    applyDefaultTheme: true,
    enableDefaultThemeFooter: false,
  },
];

interface StartApplication {
  readonly fields: JsonObject;
  readonly roles?: readonly string[];
  readonly metadata?: JsonObject;
}

const WEB_SHOP: JsonObject = {
  name: 'Web Shop',
  description: 'Owned by the shop team',
  enabled: true,
  type: 'WEB_APP',
  protocol: 'OPENID_CONNECT',
  grantTypes: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
  responseTypes: ['CODE'],
  redirectUris: ['https://shop.example.com/callback'],
  postLogoutRedirectUris: ['https://shop.example.com/'],
  tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
  refreshTokenDuration: 2_592_000,
  createdAt: '2025-02-03T08:15:00.000Z',
};

const WIKI: JsonObject = {
  name: 'Wiki',
  enabled: true,
  type: 'WEB_APP',
  protocol: 'SAML',
  spEntityId: 'https://wiki.example.com/saml',
  acsUrls: ['https://wiki.example.com/saml/acs'],
  assertionDuration: 60,
  createdAt: '2025-02-04T09:00:00.000Z',
};

const CANTEEN_MENU: JsonObject = {
  name: 'Canteen Menu',
  enabled: true,
  type: 'PORTAL_LINK_APP',
  protocol: 'EXTERNAL_LINK',
  homePageUrl: 'https://canteen.example.com/',
  createdAt: '2025-02-05T11:30:00.000Z',
};

/** A worker with settings that an update has to carry over, among them one that no client can know of. */
const PINGFEDERATE_BRIDGE: JsonObject = {
  name: 'PingFederate Bridge',
  description: 'Connects PingFederate',
  enabled: true,
  type: 'WORKER',
  protocol: 'OPENID_CONNECT',
  grantTypes: ['CLIENT_CREDENTIALS'],
  tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
  jwks: '{"keys":[]}',
  corsSettings: { behavior: 'ALLOW_SPECIFIC_ORIGINS', origins: ['https://bridge.example.com'] },
  refreshTokenDuration: 86_400,
  refreshTokenRollingDuration: 172_800,
  signing: { keyRotationPolicy: { id: seededId('key rotation policy of the bridge') } },
  tags: ['PING_FED_CONNECTION_INTEGRATION'],
  inventedForTomorrow: { level: 3, modes: ['A', 'B'] },
  createdAt: '2025-03-01T07:45:00.000Z',
};

export const IN_SANDBOX: readonly StartApplication[] = [
  { fields: WEB_SHOP, metadata: { team: 'shop' } },
  { fields: WIKI },
  { fields: CANTEEN_MENU },
  { fields: PINGFEDERATE_BRIDGE, roles: ['Identity Data Read Only'] },
];

/** One of the many that fill further pages: every tenth a worker, the others web applications. */
export function numberedApplication(n: number): JsonObject {
  const worker = n % 10 === 0;
  return {
    name: `app-${String(n).padStart(5, '0')}`,
    enabled: true,
    type: worker ? 'WORKER' : 'WEB_APP',
    protocol: 'OPENID_CONNECT',
    grantTypes: worker ? ['CLIENT_CREDENTIALS'] : ['AUTHORIZATION_CODE'],
    ...(worker ? {} : { responseTypes: ['CODE'], redirectUris: [`https://app-${n}.example.com/callback`] }),
    tokenEndpointAuthMethod: 'CLIENT_SECRET_BASIC',
    createdAt: new Date(Date.UTC(2025, 3, 1) + n * 1000).toISOString(),
  };
}
