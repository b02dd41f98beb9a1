import type { Document, Schema } from './openapi.ts';
import { isReference } from './openapi.ts';

/**
 * PingOne's contract lists the models of an application side by side and does not say which one is meant: its admin
 * console demands nothing, so any object at all would pass as one, and a worker with a home page is an external link
 * too. The documentation's data model says that `protocol` and `type` decide, so here they do. Roles likewise: an
 * application's own role, a model that fits whatever has an id, is never in the lists that this project reads.
 * (developer.pingidentity.com/pingone-api: platform/applications/applications-1, platform/roles)
 */
export function decideModels(document: Document): Document {
  const decided = walk(document) as Document;
  const schemas = { ...decided.components?.['schemas'], ApplicationOfOpenIDConnect: openIdConnectApplication };
  return { ...decided, components: { ...decided.components, schemas } };
}

const component = (name: string): string => `#/components/schemas/${name}`;

/** Models by `protocol`. */
const protocols: Readonly<Record<string, string>> = {
  SAML: component('ApplicationSAML'),
  WS_FED: component('ApplicationWSFED'),
  EXTERNAL_LINK: component('ApplicationExternalLink'),
  OPENID_CONNECT: component('ApplicationOfOpenIDConnect'),
};

/** Models by `type` of an application whose protocol is OpenID Connect. */
const openIdConnectTypes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['WORKER', 'WEB_APP', 'NATIVE_APP', 'SINGLE_PAGE_APP', 'SERVICE', 'CUSTOM_APP', 'TEMPLATE_APP'].map((type) => [
      type,
      component('ApplicationOIDC'),
    ]),
  ),
  PING_ONE_PORTAL: component('ApplicationPingOnePortal'),
  PING_ONE_SELF_SERVICE: component('ApplicationPingOneSelfService'),
  PING_ONE_ADMIN_CONSOLE: component('ApplicationPingOneAdminConsole'),
};

const openIdConnectApplication = unionBy('type', openIdConnectTypes);

function unionBy(propertyName: string, mapping: Readonly<Record<string, string>>): Schema {
  return { oneOf: Object.values(mapping).map(($ref) => ({ $ref })), discriminator: { propertyName, mapping } };
}

function walk(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(walk);
  if (typeof node !== 'object' || node === null) return node;
  const models = ((node as Schema)['anyOf'] ?? (node as Schema)['oneOf']) as readonly unknown[] | undefined;
  const names = Array.isArray(models) ? models.filter(isReference).map(({ $ref }) => $ref) : [];
  if (names.includes(component('ApplicationOIDC'))) return unionBy('protocol', protocols);
  if (names.includes(component('CustomAdminRole'))) {
    return { anyOf: [{ $ref: component('Role') }, { $ref: component('CustomAdminRole') }] };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
}
