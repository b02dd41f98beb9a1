import { withLineBreaks } from '../pingone/assertion.ts';
import { formEncode, secretForms } from '../pingone/token.ts';
import type { Lookup } from './admin.ts';
import { adminPairs, adminSecretNames } from './admin.ts';
import type { InputReader } from './reader.ts';

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The ids in `application-id` and `environment`, unless `mask-ids` is `false`. */
export function maskGivenIds(reader: InputReader, mask: (value: string) => void): void {
  if (reader.text('mask-ids').toLowerCase() === 'false') return;
  const ids = ['application-id', 'environment'].flatMap((input) => reader.text(input).match(uuid) ?? []);
  for (const id of ids) [id, id.toLowerCase()].forEach(mask);
}

/** Every credential that arrives, in each form in which the step sends it or an error might show it. */
export function maskCredentials(reader: InputReader, mask: (value: string) => void): void {
  const sources: readonly (readonly [Lookup, readonly string[], readonly { id: string; secret: string }[]])[] = [
    [reader.text, [...adminSecretNames.inputs, 'github-token'], adminPairs.inputs],
    [reader.variable, adminSecretNames.variables, adminPairs.variables],
  ];
  for (const [lookup, names, pairs] of sources) {
    for (const value of names.map(lookup)) [value, formEncode(value), withLineBreaks(value)].forEach(mask);
    for (const { id, secret } of pairs.filter((pair) => lookup(pair.secret) !== '')) {
      secretForms({ clientId: lookup(id), clientSecret: lookup(secret) }).forEach(mask);
    }
  }
}
