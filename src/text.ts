// What could end a line, move a cursor, change the reading order or stay unseen where the text is shown. Two invisible
// characters belong to emoji (U+200D, U+FE0F) and stay; `spelledOut` shows those as well.
const unprintable =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\u200d|\ufe0f)[\p{Cf}\p{Default_Ignorable_Code_Point}]|\u200d(?!\p{Extended_Pictographic})/gu;

// Unicode reserves noncharacters for use inside a program. The limit follows the first one as a private character, so
// that a credential made of digits cannot damage it.
const [open, close] = ['\ufdd0', '\ufdd1'];
const limitBase = 0xf0000;
const mostCharacters = 0xfffd;
const markers = new RegExp(`[${open}${close}]`, 'g');

/** Replaces what is marked in a message. Not by an expression: those run out of stack on texts of some megabytes. */
function mapMarked(message: string, map: (raw: string, limit: number) => string): string {
  const [before = '', ...parts] = message.split(open);
  const mapped = parts.map((part) => {
    const limit = (part.codePointAt(0) ?? 0) - limitBase;
    const end = part.indexOf(close);
    return limit < 0 || end < 2 ? part : map(part.slice(2, end), limit) + part.slice(end + 1);
  });
  return [before, ...mapped].join('').replace(markers, '\ufffd');
}

/**
 * Text from outside (names, descriptions, error messages) for a sentence of ours. It is marked, not changed: only the
 * place where a message leaves the program knows the credentials, and they have to be redacted before a cut or an
 * escape makes them unrecognizable. `shown` does all three. Short printable text needs no mark.
 *
 * @param text anything that PingOne, GitHub or a user wrote
 * @param limit the most characters to keep; an ellipsis shows that the rest was cut off
 */
export function inline(text: string, limit = 300): string {
  const raw = mapMarked(text, (inner) => inner);
  if (raw.length <= limit && raw.search(unprintable) < 0) return raw;
  return open + String.fromCodePoint(limitBase + Math.min(limit, mostCharacters)) + raw + close;
}

/**
 * A message as a person reads it: credentials are redacted first, then each text from outside is shortened, then what
 * cannot be printed is escaped.
 *
 * @param redact takes out the credentials; the default is for texts that were redacted before
 */
export function shown(message: string, redact: (text: string) => string = (text) => text): string {
  return mapMarked(redact(message), (raw, limit) => escaped(shortened(raw, limit)));
}

function shortened(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

function escaped(text: string): string {
  return text.replace(unprintable, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/**
 * Texts in double quotes that a reader can tell apart: if two of them look alike (invisible characters, Unicode forms,
 * letters of other alphabets), every character outside of ASCII is written as an escape.
 */
export function distinguishable(texts: readonly string[], limit = 60): readonly string[] {
  const looks = texts.map(appearance);
  return texts.map((text, index) => {
    const isUnique = looks.indexOf(looks[index] ?? '') === looks.lastIndexOf(looks[index] ?? '');
    return `"${inline(isUnique ? text : spelledOut(text), limit)}"`;
  });
}

/** Every character outside of printable ASCII as an escape. */
function spelledOut(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, escapeCharacter);
}

/** The same for texts that look alike on a screen. */
function appearance(text: string): string {
  return withoutInvisible(text.normalize('NFKC')).replace(/\s/gu, ' ');
}

/** The same for names that a person would take for one: case, Unicode form, invisible characters and blanks aside. */
export function looseName(name: string): string {
  return appearance(name).replace(/ +/g, ' ').trim().toLowerCase().normalize('NFC');
}

function withoutInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
    /\s/u.test(character) ? ' ' : '',
  );
}

/** A list as a person writes it: `a`, `a and b`, `a, b and c`. */
export function sentenceList(items: readonly string[]): string {
  const head = items.slice(0, -1);
  const last = items.at(-1) ?? '';
  return head.length === 0 ? last : `${head.join(', ')} and ${last}`;
}

/** `2026-11-25 04:00 UTC`; as it is if it is no time. */
export function toMinute(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `5 min`, `2 h` or `45 days`, rounded down. */
export function timeSpan(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}

/** Whether this is a UUID, as all IDs of PingOne are. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/**
 * The word that a typo leads to: at most two letters in five differ, and case, Unicode form and invisible characters do
 * not count. Undefined if no word is that near.
 */
export function nearest(value: string, words: readonly string[]): string | undefined {
  const distances = words.map((word) => ({ word, distance: editDistance(looseName(value), looseName(word)) }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= best.word.length * 0.4 ? best.word : undefined;
}

/**
 * How many letters have to be put in, taken out, replaced or swapped with their neighbour (optimal string alignment),
 * for texts up to a word's length.
 */
function editDistance(from: string, to: string): number {
  if (from.length > 60) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      const isSwap = i > 0 && j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j];
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
