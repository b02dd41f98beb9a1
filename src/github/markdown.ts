import { inline, shown } from '../text.ts';

/**
 * Text from outside as Markdown shows it literally: every character that Markdown or HTML gives a meaning to, escaped.
 * Credentials have been taken out before (`Runner.summarize`).
 */
export function text(value: string, limit?: number): string {
  return shown(inline(shown(value), limit)).replace(
    /[&<>"'`*_~|[\](){}#+\-.!\\:@/$=^]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

/** The same in the typewriter face. Backquotes would show the escapes as they are. */
export function code(value: string): string {
  return `<code>${text(value)}</code>`;
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}

/** Lines of code, in a fence that none of them can close; they hold no text from outside but what `inline` has passed. */
export function codeBlock(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(0, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, ...lines, fence, ''];
}
