import { basicCredentials, formEncode } from '../pingone/token.ts';
import type { Lookup } from './admin.ts';
import { adminPairs, adminSecretNames } from './admin.ts';
import type { InputReader } from './reader.ts';

/** Every credential that arrives, in each form in which the step sends it or an error might show it. */
export function maskCredentials(reader: InputReader, mask: (value: string) => void): void {
  const secrets: readonly [Lookup, readonly string[]][] = [
    [reader.text, [...adminSecretNames.inputs, 'github-token']],
    [reader.variable, adminSecretNames.variables],
  ];
  for (const [lookup, names] of secrets) {
    for (const name of names) {
      mask(lookup(name));
      mask(formEncode(lookup(name)));
    }
  }
  const pairs: readonly [Lookup, readonly { id: string; secret: string }[]][] = [
    [reader.text, adminPairs.inputs],
    [reader.variable, adminPairs.variables],
  ];
  for (const [lookup, names] of pairs) {
    for (const { id, secret } of names) {
      if (lookup(secret) === '') continue;
      mask(basicCredentials({ clientId: lookup(id), clientSecret: lookup(secret) }));
      mask(Buffer.from(`${lookup(id)}:${lookup(secret)}`).toString('base64'));
    }
  }
}
