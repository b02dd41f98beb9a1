import { distance } from 'fastest-levenshtein';

// Characters that could end a line, move the cursor, change the reading order or be invisible. U+200D and U+FE0F are
// kept, since emoji need them; `spelledOut` escapes them, too.
const unprintable =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\u200d|\ufe0f)[\p{Cf}\p{Default_Ignorable_Code_Point}]|\u200d(?!\p{Extended_Pictographic})/gu;

// Noncharacters, which Unicode reserves for internal use. The limit follows the first one as a private-use character, so
// that redacting a credential made of digits cannot damage it.
const [open, close] = ['\ufdd0', '\ufdd1'];
const limitBase = 0xf0000;
const mostCharacters = 0xfffd;
const markers = new RegExp(`[${open}${close}]`, 'g');

/** Replaces the marked texts in a message. A regular expression would overflow the stack on texts of some megabytes. */
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
 * Marks text from outside (names, descriptions, error messages) in a message. `shown` redacts, shortens and escapes it
 * later, in this order: a shortened or escaped credential could not be recognized. Short printable text is not marked.
 *
 * @param text from PingOne, GitHub or a user
 * @param limit the number of characters to keep; an ellipsis replaces the rest
 */
export function inline(text: string, limit = 300): string {
  const raw = mapMarked(text, (inner) => inner);
  if (raw.length <= limit && raw.search(unprintable) < 0) return raw;
  return open + String.fromCodePoint(limitBase + Math.min(limit, mostCharacters)) + raw + close;
}

/**
 * A message as a person reads it: credentials are redacted, then each marked text is shortened, then unprintable
 * characters are escaped.
 *
 * @param redact removes the credentials; the default is for text that is already redacted
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
 * Texts in double quotes that a reader can distinguish: if two look alike (invisible characters, Unicode forms), their
 * characters outside of ASCII are escaped.
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

/** The same result for texts that look alike. */
function appearance(text: string): string {
  return withoutInvisible(text.normalize('NFKC')).replace(/\s/gu, ' ');
}

/** The same result for names that differ only in case, Unicode form, invisible characters or blanks. */
export function looseName(name: string): string {
  return appearance(name).replace(/ +/g, ' ').trim().toLowerCase().normalize('NFC');
}

function withoutInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
    /\s/u.test(character) ? ' ' : '',
  );
}

/** A list in a sentence: `a`, `a and b`, `a, b and c`. */
export function sentenceList(items: readonly string[]): string {
  const head = items.slice(0, -1);
  const last = items.at(-1) ?? '';
  return head.length === 0 ? last : `${head.join(', ')} and ${last}`;
}

/** `2026-11-25 04:00 UTC`; unchanged if it is not a time. */
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

/** Whether this is a UUID, as all PingOne IDs are. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

// Comparing longer texts takes too long, and they are no typos.
const longestTypo = 60;

/**
 * The word that was probably meant: at most half of its characters differ. Case, Unicode form and invisible characters
 * are ignored. Undefined if no word is that similar.
 */
export function nearest(value: string, words: readonly string[]): string | undefined {
  if (value.length > longestTypo) return undefined;
  const distances = words.map((word) => ({ word, edits: distance(looseName(value), looseName(word)) }));
  const [best] = distances.sort((a, b) => a.edits - b.edits);
  return best && best.edits <= best.word.length / 2 && best.edits < best.word.length - 1 ? best.word : undefined;
}
