/**
 * The forms of a secret that the runner masks besides the secret itself.
 * Source: actions/runner, src/Sdk/DTLogging/Logging/ValueEncoders.cs, in the order in which
 * src/Runner.Common/HostContext.cs registers them.
 *
 * Not among them, and so readable in a log: hex, base64url, base64 of base64, another case, the secret in pieces.
 */
const ENCODERS: readonly ((value: string) => string)[] = [
  (value) => base64(value, 0),
  // base64(user:password) shifts the password by 0, 1 or 2 bytes against base64's groups of three.
  (value) => base64(value, 1),
  (value) => base64(value, 2),
  (value) => value.replaceAll('"', '\\"'),
  (value) => value.replaceAll("'", "''"),
  escapeJsonString,
  escapeUriData,
  escapeXml,
  trimDoubleQuotes,
  beforeAmpersand,
  afterAmpersand,
];

/** The derived forms of a value, without repetitions, empty ones, and the value itself. */
export function derivedForms(value: string): string[] {
  const forms = new Set(ENCODERS.map((encode) => encode(value)));
  forms.delete('');
  forms.delete(value);
  return [...forms];
}

function base64(value: string, skip: number): string {
  const bytes = Buffer.from(value, 'utf8');
  return (bytes.length > skip ? bytes.subarray(skip) : bytes).toString('base64');
}

function escapeJsonString(value: string): string {
  // .NET's serializer also escapes the line separators that JSON allows in the raw.
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function escapeUriData(value: string): string {
  // RFC 3986 reserves five characters that encodeURIComponent leaves alone.
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
};

function escapeXml(value: string): string {
  return value.replace(/[<>"'&]/g, (character) => XML_ENTITIES[character] ?? character);
}

function trimDoubleQuotes(value: string): string {
  return value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '';
}

/** PowerShell's error messages break a command at `&`, and colour the character after `&+`. Short parts are spared. */
function beforeAmpersand(value: string): string {
  const coloured = value.indexOf('&+');
  const part = coloured >= 0 ? value.slice(0, coloured + 2) : value.slice(0, value.lastIndexOf('&') + 1);
  return part.length >= 6 ? part : '';
}

function afterAmpersand(value: string): string {
  if (!value.includes('&')) return '';
  const coloured = value.indexOf('&+');
  const part = coloured >= 0 ? value.slice(coloured + 3) : value.slice(value.lastIndexOf('&') + 1);
  return part.length >= 6 ? part : '';
}
