import type { Document, Operation, Parameter, PathItem, Reference } from './openapi.ts';
import { resolve } from './openapi.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** An operation with everything that the document says about it. */
export type FoundOperation = {
  readonly template: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  /** The values of the path's parameters, decoded. */
  readonly pathValues: Readonly<Record<string, string>>;
};

/** The operation of a method and path; `no-path` or `no-method` where the contract has none. */
export function findOperation(document: Document, method: string, path: string): FoundOperation | Missing {
  const match = matchPath(Object.keys(document.paths), path);
  if (!match) return { missing: 'path' };
  const item = document.paths[match.template] ?? {};
  const key = method.toLowerCase();
  const operation = methods.includes(key) ? (item[key] as Operation | undefined) : undefined;
  if (!operation) return { missing: 'method', template: match.template };
  return { ...match, operation, parameters: parametersOf(document, item, operation) };
}

export type Missing = { readonly missing: 'path' } | { readonly missing: 'method'; readonly template: string };

/** The operation's own parameters, and those of the path that it does not override. */
function parametersOf(document: Document, item: PathItem, operation: Operation): Parameter[] {
  const shared = (item['parameters'] ?? []) as readonly (Parameter | Reference)[];
  const all = [...shared, ...(operation.parameters ?? [])].map((parameter) => resolve<Parameter>(document, parameter));
  return [...new Map(all.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

type PathMatch = { readonly template: string; readonly pathValues: Readonly<Record<string, string>> };

/** The template that fits the path. Where several do, a literal segment wins over a parameter, from the left. */
function matchPath(templates: readonly string[], path: string): PathMatch | undefined {
  const segments = path.split('/');
  const fitting = templates.filter((template) => fits(template.split('/'), segments));
  const [template] = fitting.sort((a, b) => (specificity(a) < specificity(b) ? -1 : 1));
  if (template === undefined) return undefined;
  const values = template.split('/').flatMap((part, index) => {
    const name = parameterName(part);
    return name === undefined ? [] : [[name, decode(segments[index] ?? '')] as const];
  });
  return { template, pathValues: Object.fromEntries(values) };
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  if (template.length !== segments.length) return false;
  return template.every((part, index) => {
    const segment = segments[index] ?? '';
    return parameterName(part) === undefined ? part === segment : segment !== '';
  });
}

/** A key that sorts templates by their literal segments. */
function specificity(template: string): string {
  return template
    .split('/')
    .map((part) => (parameterName(part) === undefined ? '0' : '1'))
    .join('');
}

function parameterName(segment: string): string | undefined {
  return /^\{(.+)\}$/.exec(segment)?.[1];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
