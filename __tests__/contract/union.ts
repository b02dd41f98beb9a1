import type { Ajv, AnySchemaObject, ErrorObject, FuncKeywordDefinition, SchemaValidateFunction } from 'ajv';
import type { Schema } from './openapi.ts';

/** Checks a value against one branch of a union. Empty if it matches. */
type Branch = (data: unknown) => readonly Partial<ErrorObject>[];

/** Keywords for unions, with the errors of the branch that was meant instead of the errors of all branches. */
export function addUnionKeywords(ajv: Ajv): void {
  const define = (keyword: string, rule: Rule): FuncKeywordDefinition => ({
    keyword,
    errors: true,
    compile: (value: unknown) => compile(value, (schema) => branchOf(ajv, schema), rule),
  });
  ajv.addKeyword(define('anyBranch', anyBranch));
  ajv.addKeyword(define('oneBranch', oneBranch));
  ajv.addKeyword(define('branchBy', branchBy));
}

type Rule = (value: never, open: (schema: Schema) => Branch) => Branch;

/** Branches are compiled at the first value that reaches them: components refer to each other in circles. */
function branchOf(ajv: Ajv, schema: Schema): Branch {
  return (data) => {
    const validate = ajv.compile(schema as AnySchemaObject);
    return validate(data) ? [] : [...(validate.errors ?? [])];
  };
}

function compile(value: unknown, open: (schema: Schema) => Branch, rule: Rule): SchemaValidateFunction {
  const check = rule(value as never, open);
  const validate: SchemaValidateFunction = (data: unknown, context) => {
    const base = context?.instancePath ?? '';
    validate.errors = check(data).map((error) => ({ ...error, instancePath: `${base}${error.instancePath ?? ''}` }));
    return validate.errors.length === 0;
  };
  return validate;
}

function anyBranch(schemas: readonly Schema[], open: (schema: Schema) => Branch): Branch {
  const branches = schemas.map(open);
  return (data) => closest(branches.map((branch) => branch(data)));
}

function oneBranch(schemas: readonly Schema[], open: (schema: Schema) => Branch): Branch {
  const branches = schemas.map(open);
  return (data) => {
    const failures = branches.map((branch) => branch(data));
    const matching = failures.filter((errors) => errors.length === 0).length;
    if (matching <= 1) return closest(failures);
    return [failure(`must match exactly one of ${schemas.length} schemas, but matches ${matching}`)];
  };
}

function branchBy({ property, mapping }: BranchBy, open: (schema: Schema) => Branch): Branch {
  const branches = new Map(Object.entries(mapping).map(([value, schema]) => [value, open(schema)]));
  return (data) => {
    if (typeof data !== 'object' || data === null) return [failure('must be object')];
    const value = (data as Record<string, unknown>)[property];
    if (value === undefined) return [failure(`must have required property '${property}'`)];
    const branch = typeof value === 'string' ? branches.get(value) : undefined;
    return branch ? branch(data) : [failure(`must be one of ${[...branches.keys()].join(', ')}`, `/${property}`)];
  };
}

type BranchBy = { readonly property: string; readonly mapping: Readonly<Record<string, Schema>> };

/** The shortest list of errors: most likely that of the branch which was meant. Empty where a branch fits. */
function closest(failures: readonly (readonly Partial<ErrorObject>[])[]): readonly Partial<ErrorObject>[] {
  return failures.reduce((best, errors) => (errors.length < best.length ? errors : best), failures[0] ?? []);
}

function failure(message: string, instancePath = ''): Partial<ErrorObject> {
  return { keyword: 'union', message, instancePath, params: {} };
}
