import { describe, expect, test } from '@jest/globals';
import type { Schema } from './openapi.ts';
import type { Fault } from './schema-check.ts';
import { createSchemaCheck } from './schema-check.ts';

const text = { type: 'string' };

/** Checks a value against a schema with the given components beside it. */
function faults(
  schema: Schema,
  value: unknown,
  schemas: Record<string, unknown> = {},
  direction: 'request' | 'response' = 'response',
): string[] {
  const check = createSchemaCheck({ paths: {}, components: { schemas } });
  return check(direction, schema, value).map(({ at, message }: Fault) => `${at} ${message}`.trim());
}

const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

describe('OpenAPI 3.0 schemas', () => {
  test.each([
    ['a type', { type: 'string', nullable: true }],
    ['an enumeration', { type: 'string', enum: ['a'], nullable: true }],
    ['a composition', { allOf: [text], nullable: true }],
    ['a union', { anyOf: [text], nullable: true }],
  ])('nullable allows null in addition to %s', (_, schema) => {
    expect(faults(schema, null)).toEqual([]);
    expect(faults({ ...schema, nullable: false }, null)).not.toEqual([]);
    expect(faults(schema, 1)).not.toEqual([]);
  });

  test('boolean exclusiveMinimum excludes the minimum', () => {
    expect(faults({ type: 'integer', minimum: 1, exclusiveMinimum: true }, 1)).toEqual(['must be > 1']);
    expect(faults({ type: 'integer', minimum: 1, exclusiveMinimum: false }, 1)).toEqual([]);
    expect(faults({ type: 'integer', maximum: 1, exclusiveMaximum: true }, 1)).toEqual(['must be < 1']);
  });

  test('readOnly properties are not required and not allowed in a request', () => {
    const schema = { type: 'object', properties: { id: { type: 'string', readOnly: true } }, required: ['id'] };
    expect(faults(schema, {}, {}, 'request')).toEqual([]);
    expect(faults(schema, { id: 'a' }, {}, 'request')).toEqual(['/id is read-only: never sent']);
    expect(faults(schema, {}, {}, 'response')).toEqual(["must have required property 'id'"]);
  });

  test('writeOnly properties are not required and not allowed in a response', () => {
    const schema = { type: 'object', properties: { key: { type: 'string', writeOnly: true } }, required: ['key'] };
    expect(faults(schema, {}, {}, 'request')).toEqual(["must have required property 'key'"]);
    expect(faults(schema, {}, {}, 'response')).toEqual([]);
    expect(faults(schema, { key: 'a' }, {}, 'response')).toEqual(['/key is write-only: never answered']);
  });

  test('properties can have names of keywords', () => {
    const properties = { readOnly: { type: 'boolean' }, nullable: text, properties: text, required: text, $ref: text };
    const schema = { type: 'object', properties, required: ['readOnly'] };
    const value = { readOnly: true, nullable: 'a', properties: 'b', required: 'c', $ref: 'd' };
    expect(faults(schema, value, {}, 'request')).toEqual([]);
    expect(faults(schema, {}, {}, 'request')).toEqual(["must have required property 'readOnly'"]);
  });

  test('known formats are checked, unknown formats are ignored', () => {
    expect(faults({ type: 'string', format: 'uri' }, 'nowhere')).toEqual(['must match format "uri"']);
    expect(faults({ type: 'string', format: 'password' }, 'x')).toEqual([]);
    expect(faults({ type: 'string', format: 'of-our-own' }, 'x')).toEqual([]);
  });

  test('the message names an unknown property', () => {
    const schema = { type: 'object', properties: {}, additionalProperties: false };
    expect(faults(schema, { colour: 'red' })).toEqual(['/colour is not known']);
  });

  test('schemas can refer to themselves, also through unions', () => {
    const tree = { type: 'object', properties: { next: { anyOf: [reference('Tree'), text] } } };
    expect(faults(reference('Tree'), { next: { next: 'end' } }, { Tree: tree })).toEqual([]);
    expect(faults(reference('Tree'), { next: { next: 1 } }, { Tree: tree })).toEqual(['/next/next must be object']);
  });
});

describe('unions', () => {
  const cat = { type: 'object', properties: { lives: { type: 'integer' } }, required: ['lives'] };
  const dog = { type: 'object', properties: { lives: text, bark: text, kind: text }, required: ['bark'] };
  const union = { oneOf: [reference('Cat'), reference('Dog')] };
  const components = { Cat: cat, Dog: dog };

  test('report the branch with the fewest problems', () => {
    expect(faults({ anyOf: union.oneOf }, { bark: 1 }, components)).toHaveLength(1);
    expect(faults(union, { lives: 9.5 }, components)).toEqual(['/lives must be integer']);
  });

  test('oneOf rejects a value that matches two branches, anyOf accepts it', () => {
    const both = { oneOf: [text, { type: 'string', minLength: 1 }] };
    expect(faults(both, 'a')).toEqual(['must match exactly one of 2 schemas, but matches 2']);
    expect(faults({ anyOf: both.oneOf }, 'a')).toEqual([]);
  });

  test.each([
    ['its mapping', { propertyName: 'kind', mapping: { dog: '#/components/schemas/Dog' } }, 'dog'],
    ['the names of the components', { propertyName: 'kind' }, 'Dog'],
  ])('a discriminator selects the branch by %s', (_, discriminator, kind) => {
    const schema = { ...union, discriminator };
    expect(faults(schema, { kind, bark: 'wuff' }, components)).toEqual([]);
    expect(faults(schema, { kind, lives: 9 }, components)).toContain("must have required property 'bark'");
    expect(faults(schema, { bark: 'wuff' }, components)).toEqual(["must have required property 'kind'"]);
    expect(faults(schema, { kind: 'fish' }, components)).toEqual([expect.stringMatching(/^\/kind must be one of/)]);
    expect(faults(schema, 'dog', components)).toEqual(['must be object']);
  });
});
