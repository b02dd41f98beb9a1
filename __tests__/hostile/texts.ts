/** Text for names, descriptions, error messages or headers that looks like commands, Markdown or other syntax. */
import fc from 'fast-check';

export const nasty: readonly string[] = [
  '::set-output name=client-secret::forged',
  '::add-mask::a',
  '  ::stop-commands::forged-token',
  '\u0085::error::forged',
  '##[error]forged',
  'a ##[add-mask]b',
  '\r\n::error::forged\r\n',
  '%0A::error::forged%0D%0A%25',
  '\u001b[2J\u001b[31m\u001b]8;;https://x.example\u0007',
  'a\nb<<ghadelimiter_x\nghadelimiter_x\nclient-secret=forged\n',
  'client-secret=forged',
  '<img src=x onerror=alert(1)>',
  '</code></td></tr></table><script>alert(1)</script><!--',
  '| a | b |\n|---|---|\n| c | d |',
  '\n\n# heading\n\n- item\n\n```yaml\nrun: forged\n```\n~~~\n',
  '[click](javascript:alert(1)) ![i](https://x.example/i.png) <https://x.example> `x` **b** @octocat #1 &lt;',
  '[x]: https://x.example "t"',
  '${{ secrets.GITHUB_TOKEN }}',
  '{"a":1}\u0000"}]',
  '\ud800 lone \udc00',
  '\u202eevil\u2066 \u200f',
  '\u2028::notice::forged\u2029',
  '\'; rm -rf / #$(id)`id`"\\',
  ': &a !!x {b: c} # d\n--- \n...',
  '',
  ' ',
];

// Not `unit: 'binary'`, which takes a second to make a table of all characters.
const characters = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));
const halves = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

/** Any text: of any characters, also halves of them, or made of the nasty ones. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: characters }),
  fc.string({ unit: halves }),
  fc.constantFrom(...nasty),
  fc
    .array(fc.constantFrom(...nasty, '\n', '\r', ' ', '::', '##[', '|', '`', '<', '>', 'x'), { maxLength: 6 })
    .map((parts) => parts.join('')),
);

export const tenMegabytes = 10 * 1024 * 1024;
