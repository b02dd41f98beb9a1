/** `${{ }}` through GitHub's own implementation of the expression language. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** Name to content of the contexts that an expression may use: `{ secrets: { A: '…' }, needs: { … } }`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How what came before has ended, for `success()` and its kin. */
export type Status = 'success' | 'failure' | 'cancelled';

type FunctionDefinition =
  NonNullable<ConstructorParameters<typeof Evaluator>[2]> extends Map<string, infer F> ? F : never;

/** The value of one expression, without `${{ }}` around it. */
export function evaluate(expression: string, contexts: Contexts, status: Status = 'success'): data.ExpressionData {
  const functions = statusFunctions(status);
  const names = Object.keys(contexts);
  const parsed = new Parser(new Lexer(expression).lex().tokens, names, functions).parse();
  const content = new data.Dictionary(...names.map((key) => ({ key, value: toData(contexts[key]) })));
  return new Evaluator(parsed, content, new Map(functions.map((f) => [f.name, f]))).evaluate();
}

/** A text with each `${{ … }}` in it replaced by its value. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression, contexts).coerceString());
}

/** The same for each value. */
export function interpolateAll(values: Readonly<Record<string, string>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, interpolate(text, contexts)]));
}

/**
 * Whether an `if` holds. Without a status function in it, it holds after success only.
 * Source: GitHub Docs, "Evaluate expressions", "Status check functions".
 */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  const expression = (condition ?? 'success()').replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1');
  const mentionsStatus = /\b(success|failure|always|cancelled)\s*\(/.test(expression);
  const whole = mentionsStatus ? expression : `success() && (${expression})`;
  const value = evaluate(whole, contexts, status);
  return (
    evaluate('!!value', { value: JSON.parse(JSON.stringify(value, data.replacer)) as unknown }).coerceString() ===
    'true'
  );
}

function statusFunctions(status: Status): FunctionDefinition[] {
  const define = (name: string, value: boolean): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  });
  return [
    define('success', status === 'success'),
    define('failure', status === 'failure'),
    define('cancelled', status === 'cancelled'),
    define('always', true),
  ];
}

function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value ?? null), data.reviver) as data.ExpressionData;
}
