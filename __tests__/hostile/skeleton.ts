/** What each line is in Markdown. Lines in a code fence are all the same. */
export function skeleton(markdown: string): string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split(/\r\n|\r|\n|\u2028|\u2029/)) {
    const opening = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      const isEnd = opening?.startsWith(fence) === true && line.trim() === opening;
      lines.push(isEnd ? 'end of fence' : 'in fence');
      if (isEnd) fence = undefined;
    } else if (opening !== undefined) {
      fence = opening;
      lines.push('fence');
    } else lines.push(outsideOfFences(line));
  }
  return lines;
}

/** Its beginning, and the signs in it that Markdown, HTML or GitHub give a meaning to, in their order. */
function outsideOfFences(line: string): string {
  const start = /^(#+ |- |\||\s*$)/.exec(line)?.[1] ?? 'text';
  const signs = line.replace(/&#\d+;/g, '').match(/<\/?\w+>|:\/\/|[|*`_~\\@#<>[\]!${}&]/g) ?? [];
  return `${start} ${signs.join('')}`;
}
