/**
 * What PingOne refuses in an application: missing, wrong and contradicting attributes.
 * Sources: PingOne API docs, Applications (data model tables); ranges and enumerations from the SDK's OpenAPI; the nine
 * characters refused in descriptions and the redirect URI rule as practitioners and the Terraform provider report them.
 */
import type { JsonObject } from '../json.ts';
import { asText, isObject, withoutNulls } from '../json.ts';
import type { ErrorDetail } from './errors.ts';
import { invalidValue, requiredValue } from './errors.ts';
import { redirectUriProblems } from './redirect-uris.ts';

const TYPES_BY_PROTOCOL: Record<string, readonly string[]> = {
  OPENID_CONNECT: ['WEB_APP', 'NATIVE_APP', 'SINGLE_PAGE_APP', 'WORKER', 'SERVICE', 'CUSTOM_APP', 'AI_AGENT'],
  SAML: ['WEB_APP', 'CUSTOM_APP', 'TEMPLATE_APP'],
  WS_FED: ['WEB_APP', 'CUSTOM_APP', 'TEMPLATE_APP'],
  EXTERNAL_LINK: ['PORTAL_LINK_APP'],
};

const REQUIRED_BY_PROTOCOL: Record<string, readonly string[]> = {
  OPENID_CONNECT: ['tokenEndpointAuthMethod', 'grantTypes'],
  SAML: ['spEntityId', 'acsUrls', 'assertionDuration'],
  WS_FED: ['domainName', 'replyUrl'],
  EXTERNAL_LINK: ['homePageUrl'],
};

const ENUMERATIONS: Record<string, readonly string[]> = {
  protocol: Object.keys(TYPES_BY_PROTOCOL),
  tokenEndpointAuthMethod: [
    'NONE',
    'CLIENT_SECRET_BASIC',
    'CLIENT_SECRET_POST',
    'CLIENT_SECRET_JWT',
    'PRIVATE_KEY_JWT',
  ],
  pkceEnforcement: ['OPTIONAL', 'REQUIRED', 'S256_REQUIRED'],
  parRequirement: ['OPTIONAL', 'REQUIRED'],
  refreshTokenType: ['JSON_WEB_TOKEN', 'OPAQUE_TOKEN'],
};

const LISTS: Record<string, readonly string[]> = {
  grantTypes: [
    'AUTHORIZATION_CODE',
    'IMPLICIT',
    'REFRESH_TOKEN',
    'CLIENT_CREDENTIALS',
    'DEVICE_CODE',
    'TOKEN_EXCHANGE',
    'CIBA',
  ],
  responseTypes: ['TOKEN', 'ID_TOKEN', 'CODE'],
  tags: ['PING_FED_CONNECTION_INTEGRATION'],
};

const RANGES: Record<string, readonly [minimum: number, maximum: number]> = {
  parTimeout: [1, 600],
  deviceTimeout: [1, 3600],
  devicePollingInterval: [1, 60],
  refreshTokenDuration: [60, 2_147_483_647],
  refreshTokenRollingDuration: [60, 2_147_483_647],
  refreshTokenRollingGracePeriodDuration: [0, 86_400],
};

const BOOLEANS = ['enabled', 'hiddenFromAppPortal', 'assignActorRoles', 'idpSignoff', 'allowWildcardInRedirectUris'];
const STRINGS = ['name', 'description', 'homePageUrl', 'loginPageUrl', 'jwks', 'jwksUrl'];

type Rule = (fields: JsonObject) => ErrorDetail[];

/** A rule for each of a table's attributes that is present. */
const each =
  <Limit>(
    table: Record<string, Limit>,
    problem: (target: string, value: unknown, limit: Limit) => ErrorDetail | null,
  ) =>
  (fields: JsonObject): ErrorDetail[] =>
    Object.entries(table)
      .filter(([target]) => target in fields)
      .map(([target, limit]) => problem(target, fields[target], limit))
      .filter((detail) => detail !== null);

const required: Rule = (fields) =>
  ['name', 'type', 'protocol', ...(REQUIRED_BY_PROTOCOL[String(fields['protocol'])] ?? [])]
    .filter((target) => !(target in fields))
    .map(requiredValue);

const enumerations = each(ENUMERATIONS, (target, value, allowedValues) =>
  typeof value === 'string' && allowedValues.includes(value)
    ? null
    : invalidValue(target, 'is not one of the allowed values', { allowedValues }),
);

const lists = each(LISTS, (target, value, allowedValues) =>
  Array.isArray(value) && value.every((item) => allowedValues.includes(String(item)))
    ? null
    : invalidValue(target, 'must be a list of the allowed values', { allowedValues }),
);

const ranges = each(RANGES, (target, value, [rangeMinimumValue, rangeMaximumValue]) =>
  Number.isInteger(value) && Number(value) >= rangeMinimumValue && Number(value) <= rangeMaximumValue
    ? null
    : {
        code: 'OUT_OF_RANGE',
        target,
        message: 'is out of range',
        innerError: { rangeMinimumValue, rangeMaximumValue },
      },
);

const jsonTypes: Rule = (fields) => [
  ...BOOLEANS.filter((target) => target in fields && typeof fields[target] !== 'boolean').map((target) =>
    invalidValue(target, 'must be a boolean'),
  ),
  ...STRINGS.filter((target) => target in fields && typeof fields[target] !== 'string').map((target) =>
    invalidValue(target, 'must be a string'),
  ),
];

const name: Rule = (fields) =>
  typeof fields['name'] === 'string' && fields['name'].trim() === ''
    ? [{ code: 'EMPTY_VALUE', target: 'name', message: 'must not be empty' }]
    : [];

const type: Rule = ({ type: value, protocol }) => {
  const allowedValues = TYPES_BY_PROTOCOL[String(protocol)];
  if (value === undefined || allowedValues === undefined || allowedValues.some((allowed) => allowed === value))
    return [];
  return [invalidValue('type', 'is not a type of this protocol', { allowedValues })];
};

const description: Rule = (fields) =>
  /[$+<=>^`|~]/.test(asText(fields['description']) ?? '')
    ? [invalidValue('description', 'contains invalid characters', { allowedPattern: '^[^$+<=>^`|~]*$' })]
    : [];

const icon: Rule = ({ icon: value }) => {
  if (value === undefined) return [];
  const given = isObject(value) ? value : {};
  return ['id', 'href'].filter((key) => typeof given[key] !== 'string').map((key) => requiredValue(`icon.${key}`));
};

const corsSettings: Rule = ({ corsSettings: value }) =>
  value === undefined ||
  (isObject(value) && ['ALLOW_NO_ORIGINS', 'ALLOW_SPECIFIC_ORIGINS'].includes(String(value['behavior'])))
    ? []
    : [invalidValue('corsSettings.behavior', 'is not one of the allowed values')];

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Source: the SDK's OpenAPI. */
const devicePath: Rule = ({ devicePathId }) =>
  devicePathId === undefined || /^[a-zA-Z0-9_-]{1,50}$/.test(asText(devicePathId) ?? '')
    ? []
    : [invalidValue('devicePathId', 'does not match the pattern', { allowedPattern: '^[a-zA-Z0-9_-]{1,50}$' })];

/** Source: the SDK ("must be less than or equal to the rolling duration"). */
const refreshTokens: Rule = ({ refreshTokenDuration: duration, refreshTokenRollingDuration: rolling }) =>
  rolling !== undefined && Number(duration) > Number(rolling)
    ? [invalidValue('refreshTokenDuration', 'must not be above refreshTokenRollingDuration')]
    : [];

const groups: Rule = ({ accessControl }) => {
  const group = isObject(accessControl) && isObject(accessControl['group']) ? accessControl['group'] : {};
  const given: unknown[] = Array.isArray(group['groups']) ? group['groups'] : [];
  const isGroup = (entry: unknown) => isObject(entry) && UUID.test(asText(entry['id']) ?? '');
  return given.every(isGroup) ? [] : [invalidValue('accessControl.group.groups.id', 'must be a UUID')];
};

const requestObjects: Rule = (fields) =>
  fields['supportUnsignedRequestObject'] === true && fields['requireSignedRequestObject'] === true
    ? [invalidValue('requireSignedRequestObject', 'must not be true together with supportUnsignedRequestObject')]
    : [];

const RULES: readonly Rule[] = [
  required,
  jsonTypes,
  name,
  enumerations,
  type,
  lists,
  ranges,
  description,
  icon,
  corsSettings,
  devicePath,
  refreshTokens,
  groups,
  requestObjects,
  redirectUriProblems,
];

/** Everything that is wrong with the attributes by themselves. */
export const problemsOf = (sent: JsonObject): ErrorDetail[] => {
  const fields = withoutNulls(sent);
  return RULES.flatMap((rule) => rule(fields));
};
