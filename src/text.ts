// Control characters, line and paragraph separators, bidirectional marks and lone surrogates: whatever could end a
// line, move a cursor or change the reading order where the text is shown.
const unprintable = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/**
 * Text from outside (names, descriptions, error messages) on one printable line, to stand inside a sentence of ours.
 *
 * @param text anything that PingOne, GitHub or a user wrote
 * @param limit the most characters to keep; what is cut off is marked by an ellipsis
 */
export function inline(text: string, limit = 300): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return cut.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A list as a person writes it: `a`, `a and b`, `a, b and c`. */
export function sentenceList(items: readonly string[]): string {
  const head = items.slice(0, -1);
  const last = items.at(-1) ?? '';
  return head.length === 0 ? last : `${head.join(', ')} and ${last}`;
}

/** Whether this is a UUID, as all ids of PingOne are. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
