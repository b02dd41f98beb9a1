import type { ActionMetadata } from './metadata.ts';

export interface ResolvedInputs {
  /** Name to value: what the workflow gives, then the defaults of the rest; a missing default is the empty string. */
  readonly values: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/**
 * What a step's `with:` comes to. Names match in any case; an unknown one only warns; a missing required one
 * is not noticed. Source: actions/runner, src/Runner.Worker/ActionRunner.cs.
 *
 * @param github What `${{ github.… }}` in a default means.
 */
export function resolveInputs(
  metadata: Pick<ActionMetadata, 'inputs'>,
  given: Readonly<Record<string, string>>,
  github: Readonly<Record<string, string>> = {},
): ResolvedInputs {
  const values = new Map(Object.entries(given));
  const givenNames = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const known = Object.entries(metadata.inputs);
  for (const [name, input] of known) {
    if (!givenNames.has(name.toLowerCase())) values.set(name, evaluateDefault(input.default ?? '', github));
  }
  return { values, warnings: [...deprecations(metadata, givenNames), ...unexpected(metadata, given)] };
}

/** `client-id` becomes `INPUT_CLIENT-ID`: blanks turn into underscores, dashes stay. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function evaluateDefault(text: string, github: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (expression, content: string) => {
    const name = /^\s*github\.(\w+)\s*$/.exec(content)?.[1];
    // An expression that is not understood would reach the action as text: better to stop here.
    if (name === undefined)
      throw new Error(`The default '${expression}' is an expression that this runner does not know.`);
    return github[name] ?? '';
  });
}

function deprecations(metadata: Pick<ActionMetadata, 'inputs'>, givenNames: ReadonlySet<string>): string[] {
  return Object.entries(metadata.inputs).flatMap(([name, { deprecationMessage }]) =>
    deprecationMessage !== undefined && givenNames.has(name.toLowerCase())
      ? [`Input '${name}' has been deprecated with message: ${deprecationMessage}`]
      : [],
  );
}

function unexpected(metadata: Pick<ActionMetadata, 'inputs'>, given: Readonly<Record<string, string>>): string[] {
  const valid = Object.keys(metadata.inputs);
  const lower = new Set(valid.map((name) => name.toLowerCase()));
  const names = Object.keys(given).filter((name) => !lower.has(name.toLowerCase()));
  if (names.length === 0) return [];
  return [`Unexpected input(s) '${names.join("', '")}', valid inputs are ['${valid.join("', '")}']`];
}
