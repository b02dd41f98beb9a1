import { splitLines } from './lines.ts';

export type OneStreamItem =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'output'; readonly name: string; readonly value: string };

/** A block as @actions/core writes it: `NAME<<ghadelimiter_<uuid>`, the value, the delimiter. */
const OUTPUT_BLOCK = /^([^\n=]+)<<(ghadelimiter_\S+)\n(?:([\s\S]*?)\n)?\2(?:\n|$)/m;

/**
 * Takes apart a text to which both stdout and GITHUB_OUTPUT were written, in the order of writing. That order is the
 * one thing that the runner itself cannot see, as it reads the output file when the step is over: whether a value was
 * masked before it was returned.
 */
export function* splitOneStream(text: string): Generator<OneStreamItem, void, undefined> {
  let rest = text;
  for (let block = OUTPUT_BLOCK.exec(rest); block; block = OUTPUT_BLOCK.exec(rest)) {
    yield* lines(rest.slice(0, block.index));
    yield { kind: 'output', name: block[1] ?? '', value: block[3] ?? '' };
    rest = rest.slice(block.index + block[0].length);
  }
  yield* lines(rest);
}

function* lines(text: string): Generator<OneStreamItem, void, undefined> {
  for (const line of splitLines(text)) yield { kind: 'line', text: line };
}
