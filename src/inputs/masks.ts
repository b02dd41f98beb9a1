import { formEncode, secretForms } from '../pingone/token.ts';
import type { Lookup } from './admin.ts';
import { adminPairs, adminSecretNames } from './admin.ts';
import type { InputReader } from './reader.ts';

/** Every credential that arrives, in each form in which the step sends it or an error might show it. */
export function maskCredentials(reader: InputReader, mask: (value: string) => void): void {
  const sources: readonly (readonly [Lookup, readonly string[], readonly { id: string; secret: string }[]])[] = [
    [reader.text, [...adminSecretNames.inputs, 'github-token'], adminPairs.inputs],
    [reader.variable, adminSecretNames.variables, adminPairs.variables],
  ];
  for (const [lookup, names, pairs] of sources) {
    for (const name of names) [lookup(name), formEncode(lookup(name))].forEach(mask);
    for (const { id, secret } of pairs.filter((pair) => lookup(pair.secret) !== '')) {
      secretForms({ clientId: lookup(id), clientSecret: lookup(secret) }).forEach(mask);
    }
  }
}
