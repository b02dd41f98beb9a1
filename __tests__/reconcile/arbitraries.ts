import type { IconFile } from '../../src/pingone/images.ts';
import fc from 'fast-check';
import type { Application } from '../../src/pingone/applications.ts';
import type { RoleAssignment } from '../../src/pingone/roles.ts';
import type { DesiredWorker } from '../../src/reconcile/attributes.ts';
import type { ObservedWorker } from '../../src/reconcile/diff.ts';
import type { RoleGrant } from '../../src/reconcile/roles.ts';

/** Where all workers of these tests live. */
export const workerScope = { environmentId: 'env-1', organizationId: 'org-1' };

/** The attributes that PingOne sets itself, and that no PUT may hold. */
export const readOnly = [
  '_links',
  '_embedded',
  'id',
  'environment',
  'createdAt',
  'updatedAt',
  'clientId',
  'assignActorRoles',
] as const;

/** The attributes that the inputs speak of. */
const ours = [
  'name',
  'description',
  'enabled',
  'grantTypes',
  'responseTypes',
  'redirectUris',
  'tokenEndpointAuthMethod',
  'icon',
];

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const method = fc.constantFrom('CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC');
const uris = fc.uniqueArray(fc.constantFrom('https://a.example/', 'https://b.example/', 'http://127.0.0.1/'), {
  minLength: 1,
});
const grantTypes = fc.uniqueArray(
  fc.constantFrom('CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'REFRESH_TOKEN', 'IMPLICIT', 'TOKEN_EXCHANGE'),
);

const scopes: fc.Arbitrary<RoleAssignment['scope']> = fc.constantFrom(
  { type: 'ENVIRONMENT', id: workerScope.environmentId },
  { type: 'ENVIRONMENT', id: 'env-2' },
  { type: 'ORGANIZATION', id: workerScope.organizationId },
  { type: 'POPULATION', id: 'population-1' },
);
const roleIds = fc.constantFrom('role-1', 'role-2', 'role-3');

/** Roles that are asked for. */
export const grants: fc.Arbitrary<readonly RoleGrant[]> = fc.array(
  fc
    .tuple(roleIds, scopes)
    .map(([roleId, scope]) => ({ roleId, roleName: roleId, scope, label: `${roleId} @ ${scope.type}` })),
  { maxLength: 3 },
);

/** An attribute that this version of the action has never heard of. */
const unknownAttributes = fc.dictionary(
  fc.string({ minLength: 1 }).filter((name) => ![...ours, ...readOnly, 'type', 'protocol'].includes(name)),
  fc.jsonValue().filter((value) => value !== null),
);

/** A worker as PingOne may have it: each attribute of ours may be missing, and there are unknown ones. */
export const applications: fc.Arbitrary<Application> = fc
  .tuple(
    unknownAttributes,
    fc.record(
      {
        description: fc.option(fc.string()),
        enabled: fc.boolean(),
        grantTypes,
        responseTypes: fc.uniqueArray(fc.constantFrom('CODE', 'TOKEN', 'ID_TOKEN')),
        redirectUris: uris,
        tokenEndpointAuthMethod: fc.oneof(method, fc.constantFrom('NONE', 'PRIVATE_KEY_JWT')),
        icon: fc.constantFrom({ id: 'image-1', href: 'https://x/1' }, { id: 'image-2', href: 'https://x/2' }),
        assignActorRoles: fc.boolean(),
        clientId: fc.string({ minLength: 1 }),
        updatedAt: fc.constant('2026-01-01T00:00:00.000Z'),
        _links: fc.constant({ self: { href: 'https://x' } }),
      },
      { requiredKeys: [] },
    ),
    fc.constantFrom('PingDataSync', 'Other'),
  )
  .map(([unknown, known, name]) => ({ ...unknown, ...known, id: 'app-1', name, type: 'WORKER' }));

/** A file for the input `icon`. */
export function iconFile(sha256: string): IconFile {
  return { bytes: new Uint8Array(), contentType: 'image/png', sha256 };
}

/** What inputs may ask for: as they were read, so nothing is both given and cleared. */
export const desires: fc.Arbitrary<DesiredWorker> = fc
  .record({
    name: fc.constant('PingDataSync'),
    description: maybe(fc.string({ minLength: 1 })),
    icon: maybe(fc.constantFrom('a'.repeat(64), 'b'.repeat(64)).map(iconFile)),
    enabled: fc.constantFrom(true, false, 'keep' as const),
    tokenEndpointAuthMethod: fc.constantFrom('CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC', 'keep'),
    redirectUris: maybe(uris),
    clear: fc.uniqueArray(fc.constantFrom('description', 'icon', 'redirect-uris')),
    kind: fc.constantFrom('default', 'keep', 'none', 'listed'),
  })
  .map(({ clear, kind, ...given }) => ({
    ...given,
    applicationId: undefined,
    rotateSecret: false,
    clear: new Set(
      clear.filter(
        (name) =>
          ({ description: given.description, icon: given.icon, 'redirect-uris': given.redirectUris })[name] ===
          undefined,
      ),
    ),
    roles: kind === 'listed' ? { kind, lines: [] } : { kind },
  }));

/** A worker, or none, with what belongs to it. */
export const observations: fc.Arbitrary<ObservedWorker> = fc
  .record({
    application: maybe(applications),
    assignments: fc.array(
      fc.tuple(roleIds, scopes).map(([id, scope]) => ({ id: `${id} ${scope.id}`, role: { id }, scope })),
      { maxLength: 3 },
    ),
    createdHere: fc.boolean(),
    secret: fc.record({ since: maybe(fc.integer()), now: fc.integer() }),
    icon: fc.record({
      canBeRecorded: fc.boolean(),
      recorded: maybe(fc.constantFrom({ sha256: 'a'.repeat(64), imageId: 'image-1' })),
    }),
  })
  .map(({ application, assignments, icon, ...rest }) => ({
    ...rest,
    workerScope,
    application,
    assignments: application ? assignments : [],
    icon: application && icon.canBeRecorded ? icon : { ...icon, recorded: undefined },
  }));
