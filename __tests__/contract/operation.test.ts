import { describe, expect, test } from '@jest/globals';
import type { Document } from './openapi.ts';
import { findOperation } from './operation.ts';

const get = { responses: {} };
const shared = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const document: Document = {
  paths: {
    '/things/{id}': { parameters: [{ $ref: '#/components/parameters/id' }], get, put: get },
    '/things/special': { get },
    '/{kind}/special': { get },
    '/things/{id}/parts/{part}': { get },
  },
  components: { parameters: { id: shared } },
};

describe('findOperation', () => {
  test('prefers literal segments over parameters', () => {
    expect(findOperation(document, 'GET', '/things/special')).toMatchObject({ template: '/things/special' });
    expect(findOperation(document, 'GET', '/others/special')).toMatchObject({ template: '/{kind}/special' });
    expect(findOperation(document, 'GET', '/things/1')).toMatchObject({ template: '/things/{id}' });
  });

  test('decodes the values of path parameters', () => {
    const found = findOperation(document, 'GET', '/things/a%2Fb/parts/%zz');
    expect(found).toMatchObject({ pathValues: { id: 'a/b', part: '%zz' } });
  });

  test('adds the parameters of the path to those of the operation', () => {
    expect(findOperation(document, 'PUT', '/things/1')).toMatchObject({ parameters: [shared] });
  });

  test('distinguishes an unknown path from an unknown method', () => {
    expect(findOperation(document, 'GET', '/things')).toEqual({ missing: 'path' });
    expect(findOperation(document, 'GET', '/things/')).toEqual({ missing: 'path' });
    expect(findOperation(document, 'DELETE', '/things/1')).toEqual({ missing: 'method', template: '/things/{id}' });
    expect(findOperation(document, 'PARAMETERS', '/things/1')).toMatchObject({ missing: 'method' });
  });
});
