/** At least one violation of each rule for the inputs of the action `token`. */
import type { BrokenRule } from './broken-rules-of-access.ts';
import { is } from './broken-rules-of-access.ts';
import type { Given } from './settings.ts';

const anId = '11111111-1111-4111-8111-111111111111';
const anEndpoint = 'https://auth.example.com/as/token';

/** The least that the action has to be given. */
export const leastForToken: Given = {
  'client-id': 'an-id',
  'client-secret': 'a~secret',
  'environment-id': anId,
  GITHUB_OUTPUT: '/dev/null',
};

const empty = (names: string): string => `${names} must not be empty`;
const beside = (names: string): string => `\`token-endpoint\` cannot be combined with ${names}`;

export const brokenTokenRules: readonly BrokenRule[] = [
  [{ 'client-id': '' }, empty('`client-id`')],
  [{ 'client-secret': ' ' }, empty('`client-secret`')],
  [{ 'environment-id': undefined }, empty('`environment-id`')],
  [
    { 'client-id': '', 'client-secret': '', 'environment-id': '' },
    empty('`client-id`, `client-secret` and `environment-id`'),
  ],
  [{ 'client-id': 'an id' }, '`client-id` contains a blank or a line break'],
  [{ 'client-secret': 'a\nb' }, '`client-secret` contains a blank or a line break'],
  [{ 'environment-id': 'Production' }, is('environment-id', 'Production')],
  [
    { 'environment-id': '', 'token-endpoint': 'https://auth.example.com' },
    is('token-endpoint', 'https://auth.example.com'),
  ],
  [
    { 'environment-id': '', 'token-endpoint': 'http://auth.example.com/as/token' },
    is('token-endpoint', 'http://auth.example.com…'),
  ],
  [{ 'token-endpoint': anEndpoint }, beside('`environment-id`')],
  [
    { 'environment-id': '', 'token-endpoint': anEndpoint, region: 'EU', 'auth-url': 'https://auth.pingone.eu' },
    beside('`region` and `auth-url`'),
  ],
  [{ 'token-endpoint-auth-method': 'PRIVATE_KEY_JWT' }, is('token-endpoint-auth-method', 'PRIVATE_KEY_JWT')],
  [{ region: 'Atlantis' }, is('region', 'Atlantis')],
  [{ PINGONE_REGION_CODE: 'XX' }, is('PINGONE_REGION_CODE', 'XX')],
  [
    { region: 'NA', 'auth-url': 'https://auth.pingone.eu' },
    'The PingOne region is ambiguous: `region` is `NA` and `auth-url` is `auth.pingone.eu`',
  ],
  [
    { 'auth-url': `https://auth.pingone.eu/${anId}/as/token` },
    '`auth-url` must be the base of the token endpoint only',
  ],
  [{ GITHUB_OUTPUT: '' }, 'There is no file for the output `access-token` (GITHUB_OUTPUT is not set)'],
  [{ GITHUB_OUTPUT: '/full' }, 'The file for outputs (GITHUB_OUTPUT) cannot be written: ENOSPC'],
];
