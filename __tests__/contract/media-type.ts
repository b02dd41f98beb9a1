import type { Content } from './openapi.ts';

/** A media type without parameters and in lower case. PingOne answers `application/hal+json` where its contract says JSON. */
export function mediaType(contentType: string | undefined): string | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/hal+json') return 'application/json';
  return type === '' ? undefined : type;
}

/** The entry of a content map that covers a media type: itself, `image/*`, or any. */
export function entryFor(content: Content, type: string): Content[string] | undefined {
  const major = type.split('/', 1)[0] ?? '';
  const wanted = [type, `${major}/*`, '*/*'];
  const known = new Map(Object.entries(content).map(([key, entry]) => [mediaType(key), entry]));
  return wanted.map((key) => known.get(key)).find((entry) => entry !== undefined);
}

export function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json');
}
