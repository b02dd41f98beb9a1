/** One `dsconfig` command: the words after `dsconfig`, quotes taken off. */
export type Command = readonly string[];

/**
 * Reads a dsconfig batch file, in the subset of its syntax that every known reader takes alike: `#` in the first column,
 * one command a line or continued by ` \`, arguments apart by single spaces, bare or wholly in double quotes, nothing
 * escaped. What is outside of the subset is refused.
 * Source: PingDirectory docs, "About the dsconfig configuration tool"; DSConfig.java of OpenDJ and
 * StaticUtils.toArgumentList of pingidentity/ldapsdk, which read such lines.
 */
export function readBatchFile(text: string): readonly Command[] {
  if (text.includes('\r') || text.includes('\t')) throw new Error('a carriage return or a tab');
  if (!text.endsWith('\n')) throw new Error('no newline at the end');
  const lines = text
    .slice(0, -1)
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  const commands: string[] = [];
  let continued = false;
  for (const line of lines) {
    if (continued && line === '') throw new Error('an empty line inside a command');
    if (line === '') continue;
    if (/\\\s+$/.test(line)) throw new Error('a blank after the backslash');
    const part = line.endsWith(' \\') ? line.slice(0, -2) : line;
    if (continued) commands.push(`${commands.pop() ?? ''} ${part.trimStart()}`);
    else commands.push(part);
    continued = part !== line;
  }
  if (continued) throw new Error('the file ends inside a command');
  return commands.map(wordsOf);
}

function wordsOf(command: string): Command {
  if (/[\\']/.test(command)) throw new Error(`a backslash or a single quote: ${command}`);
  const words = command.match(/"[^"]*"|[^\s"]+/g) ?? [];
  if (words.join(' ') !== command) throw new Error(`a quote inside a word, or more than one blank: ${command}`);
  const [first, ...rest] = words.map((word) => word.replace(/^"(.*)"$/, '$1'));
  if (first !== 'dsconfig') throw new Error(`not a dsconfig command: ${command}`);
  return rest;
}

/** `${NAME}` replaced as `manage-profile` does. A name without a value is refused. */
export function substitute(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`nothing sets ${name}`);
    return value;
  });
}

/** What a command does: its words less the options, and each option's values in order. */
export function optionsOf([name = '', ...words]: Command): { name: string; options: Record<string, string[]> } {
  const options: Record<string, string[]> = {};
  for (let index = 0; index < words.length; index += 2) {
    const option = words[index]!;
    if (!option.startsWith('--')) throw new Error(`${option} is not an option`);
    (options[option] ??= []).push(words[index + 1]!);
  }
  return { name, options };
}
