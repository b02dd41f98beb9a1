/** What PingOne refuses in a request that creates or replaces an application: by itself, and beside what is there. */
import type { JsonObject } from '../json.ts';
import { isObject, withoutNulls } from '../json.ts';
import { problemsOf } from './application-rules.ts';
import type { ErrorDetail } from './errors.ts';
import { invalidData, invalidValue, requiredValue } from './errors.ts';

/** Once set, these can be changed but not taken away. */
const NOT_NULLABLE = ['refreshTokenDuration', 'refreshTokenRollingDuration'];

function refuse(problems: readonly ErrorDetail[]): void {
  if (problems.length > 0) throw invalidData(...problems);
}

/** Whether the environment has an image of this ID. */
export type ImageExists = (id: string) => boolean;

function unknownImage(sent: JsonObject, exists: ImageExists): ErrorDetail[] {
  const { id, href } = isObject(sent['icon']) ? sent['icon'] : {};
  // Half an icon is refused by another rule.
  return typeof id !== 'string' || typeof href !== 'string' || exists(id)
    ? []
    : [invalidValue('icon.id', 'Image does not exist')];
}

export function checkNewApplication(sent: JsonObject, imageExists: ImageExists): void {
  const imported = ['clientId', 'clientSecret'].filter((target) => target in sent);
  refuse([
    ...problemsOf(sent),
    ...unknownImage(sent, imageExists),
    ...imported.map((target) => invalidValue(target, 'importing credentials is not enabled for this environment')),
  ]);
}

export function checkReplacement(current: JsonObject, sent: JsonObject, imageExists: ImageExists): void {
  const fields = withoutNulls(sent);
  const immutable = ['type', 'protocol'].filter((target) => target in fields && fields[target] !== current[target]);
  const nullified = NOT_NULLABLE.filter((target) => target in current && !(target in fields));
  // An image may have been deleted under an application: what it has already may be sent back.
  const has = isObject(current['icon']) ? current['icon']['id'] : undefined;
  refuse([
    ...problemsOf(sent),
    ...unknownImage(sent, (id) => id === has || imageExists(id)),
    ...('enabled' in fields ? [] : [requiredValue('enabled')]),
    ...immutable.map((target) => invalidValue(target, 'cannot be changed')),
    ...nullified.map((target) => invalidValue(target, 'once specified, cannot be nullified')),
  ]);
}
