import type { Document, Schema } from './openapi.ts';

type Paths = Document['paths'];

const documentedErrors = ['400', '401', '403', '404', '429', '500'];

/** Answers of an operation: the given ones, and the contract's own errors, which every operation has. */
function answers(success: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const errors = documentedErrors.map((status) => [status, { $ref: `#/components/responses/${status}` }]);
  return { ...success, ...Object.fromEntries(errors) };
}

function json(schema: Schema): Readonly<Record<string, unknown>> {
  return { content: { 'application/json': { schema } } };
}

function pathParameters(...names: readonly string[]): readonly unknown[] {
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

const filter = { name: 'filter', in: 'query', schema: { type: 'string' } };
const identified: Schema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
const anyObject: Schema = { type: 'object' };

const metadata: Schema = {
  type: 'object',
  properties: {
    _links: { $ref: '#/components/schemas/LinksHATEOAS' },
    environment: identified,
    application: identified,
    metadata: anyObject,
  },
};

/** Free metadata of an application. A PUT without `metadata` removes it. */
export const metadataPaths: Paths = {
  '/environments/{environmentID}/applications/{applicationID}/metadata': {
    parameters: pathParameters('environmentID', 'applicationID'),
    get: { responses: answers({ 200: json(metadata) }) },
    put: {
      requestBody: {
        required: true,
        ...json({ type: 'object', properties: { metadata: anyObject }, additionalProperties: false }),
      },
      responses: answers({ 200: json(metadata), 201: json(metadata), 204: {} }),
    },
    delete: { responses: answers({ 204: {} }) },
  },
};

/** Roles that can be assigned in an environment: the platform's and its own. */
export const environmentRolesPaths: Paths = {
  '/environments/{environmentID}/roles': {
    parameters: [...pathParameters('environmentID'), filter],
    get: { responses: answers({ 200: json({ $ref: '#/components/schemas/EntityArray' }) }) },
  },
  '/environments/{environmentID}/roles/{roleID}': {
    parameters: pathParameters('environmentID', 'roleID'),
    get: { responses: answers({ 200: json(identified) }) },
  },
};

/** A list of the application's parts, of which nothing is known but that they are objects. */
const partList = (name: string): Schema => ({
  type: 'object',
  properties: {
    _embedded: { type: 'object', properties: { [name]: { type: 'array', items: anyObject } } },
    count: { type: 'number' },
    size: { type: 'number' },
  },
});

/** What the links of an application name, and the products of an environment. */
export const linkedPaths: Paths = {
  '/environments/{environmentID}/billOfMaterials': {
    parameters: pathParameters('environmentID'),
    get: { responses: answers({ 200: json({ $ref: '#/components/schemas/BillOfMaterials' }) }) },
  },
  ...Object.fromEntries(
    ['attributes', 'grants'].map((name) => [
      `/environments/{environmentID}/applications/{applicationID}/${name}`,
      {
        parameters: pathParameters('environmentID', 'applicationID'),
        get: { responses: answers({ 200: json(partList(name)) }) },
      },
    ]),
  ),
};

const organizations: Schema = {
  type: 'object',
  properties: {
    _embedded: { type: 'object', properties: { organizations: { type: 'array', items: identified } } },
    count: { type: 'number' },
    size: { type: 'number' },
  },
};

/** Organizations that the caller can see. */
export const organizationsPaths: Paths = {
  '/organizations': { parameters: [filter], get: { responses: answers({ 200: json(organizations) }) } },
};
