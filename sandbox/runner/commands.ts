/**
 * Parses workflow commands: `::name key=value,key=value::data`, and the older `##[name key=value;key=value]data`.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs (TryParseV2, TryParse); GitHub Docs, "Workflow commands".
 */
export interface Command {
  /** In lower case. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

type Escapes = readonly (readonly [escaped: string, character: string])[];

// The order counts: `%25` comes last, so that `%250A` becomes the text `%0A` and not a line feed.
const DATA_ESCAPES: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const PROPERTY_ESCAPES: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
];
const BRACKET_ESCAPES: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
];

/**
 * The command that a line holds, or undefined.
 *
 * @param registered The names that count as commands, in lower case: a line that names anything else is plain output.
 */
export function parseCommand(line: string, registered: ReadonlySet<string>): Command | undefined {
  return parseColonCommand(line, registered) ?? parseBracketCommand(line, registered);
}

/** `::name properties::data`; only white space may come before it, to which .NET counts U+0085. */
function parseColonCommand(line: string, registered: ReadonlySet<string>): Command | undefined {
  const message = line.replace(/^[\s\u0085]+/, '');
  if (!message.startsWith('::')) return undefined;
  const end = message.indexOf('::', 2);
  if (end < 0) return undefined;
  const { name, properties } = splitHead(message.slice(2, end));
  if (!registered.has(name)) return undefined;
  return {
    name,
    properties: parseProperties(properties.trim(), ',', PROPERTY_ESCAPES),
    data: unescape(message.slice(end + 2), DATA_ESCAPES),
  };
}

/** `##[name properties]data`; found anywhere in the line. */
function parseBracketCommand(line: string, registered: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf('##[');
  if (start < 0) return undefined;
  const end = line.indexOf(']', start);
  if (end < 0) return undefined;
  const { name, properties } = splitHead(line.slice(start + 3, end));
  if (!registered.has(name)) return undefined;
  return {
    name,
    properties: parseProperties(properties, ';', BRACKET_ESCAPES),
    data: unescape(line.slice(end + 1), BRACKET_ESCAPES),
  };
}

function splitHead(head: string): { name: string; properties: string } {
  const blank = head.indexOf(' ');
  if (blank < 0) return { name: head.toLowerCase(), properties: '' };
  return { name: head.slice(0, blank).toLowerCase(), properties: head.slice(blank + 1) };
}

function parseProperties(text: string, separator: string, escapes: Escapes): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const pair of text.split(separator)) {
    // Without a name or without a value, the runner drops the pair.
    const match = /^=*([^=]+)=+([^=].*)$/s.exec(pair);
    if (match?.[1] !== undefined && match[2] !== undefined) properties[match[1]] = unescape(match[2], escapes);
  }
  return properties;
}

function unescape(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [escaped, character]) => result.replaceAll(escaped, character), text);
}
