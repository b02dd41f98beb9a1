/**
 * Splits a byte stream into lines as the runner's StreamReader.ReadLine does: `\n`, `\r\n` and a lone `\r` each end a
 * line. The lone `\r` matters: what follows it is read as a line of its own, and so possibly as a command.
 */
export class LineReader {
  readonly #decoder = new TextDecoder();
  #pending = '';
  #skipLineFeed = false;

  /** The lines that this chunk completes, without their line ends. */
  push(chunk: Uint8Array): string[] {
    return this.#split(this.#decoder.decode(chunk, { stream: true }));
  }

  /** The rest, if the stream did not end with a line end. */
  end(): string[] {
    const lines = this.#split(this.#decoder.decode());
    return this.#pending === '' ? lines : [...lines, this.#pending];
  }

  #split(text: string): string[] {
    if (text === '') return [];
    // A line ended with `\r` is returned at once; the `\n` that completes a `\r\n` may come with the next chunk.
    const rest = this.#skipLineFeed && text.startsWith('\n') ? text.slice(1) : text;
    this.#skipLineFeed = text.endsWith('\r');
    const lines = (this.#pending + rest).split(/\r\n|\n|\r/);
    this.#pending = lines.pop() ?? '';
    return lines;
  }
}

/** The lines of a whole text, by the same rule. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
