import { expect, test } from '@jest/globals';
import { attributesOfNew, replacementBody } from '../../src/reconcile/attributes.ts';
import { application, desired } from './samples.ts';

test('a replacement contains every attribute, known or not, except those that PingOne sets', () => {
  const body = { ...application, signing: { keyRotationPolicy: { id: 'k' } }, inventedForTomorrow: [{ a: null }] };
  const { id, ...sent } = body;
  const whole = {
    ...body,
    id,
    _links: {},
    _embedded: {},
    environment: { id: 'e' },
    createdAt: 'x',
    updatedAt: 'y',
    clientId: 'c',
    assignActorRoles: false,
  };
  expect(replacementBody(whole, {})).toEqual(sent);
});

test('changes are applied, and null removes an attribute', () => {
  const body = replacementBody({ ...application, description: 'x' }, { enabled: false, description: null, added: 1 });
  expect(body).toMatchObject({ enabled: false, added: 1, name: application.name });
  expect(body).not.toHaveProperty('description');
});

test('an attribute named like a member of Object.prototype is an ordinary attribute', () => {
  const odd = JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 2 }');
  expect(JSON.stringify(replacementBody({ ...application, ...odd }, {}))).toContain(
    '"__proto__":{"a":1},"constructor":2',
  );
});

test('a new worker does not inherit the roles of its creator, and always sets `enabled`', () => {
  for (const enabled of [true, false, 'keep'] as const) {
    expect(attributesOfNew({ ...desired, enabled })).toMatchObject({
      assignActorRoles: false,
      enabled: enabled !== false,
    });
  }
});
