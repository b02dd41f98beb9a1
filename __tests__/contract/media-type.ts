import type { Content } from './openapi.ts';

/** A media type without parameters and in lower case. */
export function mediaType(contentType: string | undefined): string | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return type === '' ? undefined : type;
}

/**
 * The content type of an answer as its contract names it. PingOne answers `application/hal+json` where its contract says
 * JSON, but to whoever accepts JSON by name: the vendor's own SDK refuses HAL.
 */
export function answeredType(contentType: string | undefined, accept: string | undefined): string | undefined {
  const isHal = mediaType(contentType) === 'application/hal+json';
  const asksForJson = accept?.split(',').some((range) => mediaType(range) === 'application/json');
  return isHal && !asksForJson ? 'application/json' : contentType;
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
