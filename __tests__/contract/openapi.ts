/** The part of an OpenAPI 3.0 document that the check reads. */
export type Document = {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** Operations by method in lower case, beside `parameters` that all of them share. */
export type PathItem = Readonly<Record<string, unknown>>;

export type Operation = {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: RequestBody | Reference;
  readonly responses: Readonly<Record<string, Response | Reference>>;
};

export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema;
};

export type RequestBody = { readonly required?: boolean; readonly content: Content };
export type Response = { readonly content?: Content };
/** Media types, which may hold wildcards, with the schema of their bodies. */
export type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
export type Schema = Readonly<Record<string, unknown>>;
export type Reference = { readonly $ref: string };

export function isReference(node: unknown): node is Reference {
  return typeof node === 'object' && node !== null && typeof (node as Reference).$ref === 'string';
}

/** The node itself, or what its `$ref` leads to in the document, however many steps that takes. */
export function resolve<T>(document: Document, node: T | Reference): T {
  if (!isReference(node)) return node;
  const keys = node.$ref.replace(/^#\//, '').split('/');
  let target: unknown = document;
  for (const key of keys) {
    target = (target as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  if (target === undefined) throw new Error(`the contract has no ${node.$ref}`);
  return resolve(document, target as T | Reference);
}
