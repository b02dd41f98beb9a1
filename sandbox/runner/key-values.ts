/**
 * Reads the files behind GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE: lines `NAME=VALUE`, and blocks
 *
 *     NAME<<DELIMITER
 *     value, over any number of lines
 *     DELIMITER
 *
 * A value keeps its bytes, line ends at its end included. There is no comment syntax; empty lines are skipped.
 * Source: actions/runner, src/Runner.Worker/FileCommandManager.cs (EnvFileKeyValuePairs); GitHub Docs, "Workflow
 * commands", "Multiline strings".
 *
 * What comes before a mistake counts: the pairs are returned one by one, and the mistake is thrown when reached.
 */
export function* parseKeyValues(text: string): Generator<readonly [name: string, value: string], void, undefined> {
  const reader = new TextReader(text);
  for (let line = reader.next(); line; line = reader.next()) {
    if (line.text === '') continue;
    const equals = line.text.indexOf('=');
    const heredoc = line.text.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      yield [nonEmptyName(line.text.slice(0, equals)), line.text.slice(equals + 1)];
    } else if (heredoc >= 0) {
      yield readBlock(reader, line.text, heredoc);
    } else {
      throw new Error(`Invalid format '${line.text}'`);
    }
  }
}

function readBlock(reader: TextReader, head: string, heredoc: number): readonly [string, string] {
  const name = head.slice(0, heredoc);
  const delimiter = head.slice(heredoc + 2);
  if (name === '' || delimiter === '') {
    throw new Error(`Invalid format '${head}'. Name must not be empty and delimiter must not be empty`);
  }
  const start = reader.position;
  let end = start;
  for (;;) {
    const line = reader.next();
    if (!line) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    if (line.text === delimiter) return [name, reader.slice(start, end)];
    if (line.end === line.next) throw new Error('Invalid value. EOF marker missing new line.');
    end = line.end;
  }
}

function nonEmptyName(name: string): string {
  if (name === '') throw new Error('Value cannot be null. (Parameter name)');
  return name;
}

/** Lines end with `\n`; a `\r` before it belongs to the value, as on the runners for Linux and macOS. */
class TextReader {
  readonly #text: string;
  position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next line; `end` is where its text ends, `next` where the following line starts. */
  next(): { text: string; end: number; next: number } | undefined {
    if (this.position >= this.#text.length) return undefined;
    const start = this.position;
    const lineFeed = this.#text.indexOf('\n', start);
    const end = lineFeed < 0 ? this.#text.length : lineFeed;
    this.position = lineFeed < 0 ? end : end + 1;
    return { text: this.#text.slice(start, end), end, next: this.position };
  }

  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }
}
