/** Making applications, and showing them: shared by the API's routes, the start state and the console. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import { newSecret, seededId } from '../seed.ts';
import { isBuiltIn, isOidc, withDefaults } from './application-fields.ts';
import { link } from './hal.ts';
import type { Application } from './state.ts';

/** An application as of `createdAt`, with PingOne's defaults for what `sent` leaves out. No role, no metadata. */
export function createApplication(environmentId: string, sent: JsonObject, createdAt: string, id: string): Application {
  const hasClient = isOidc(sent) && !isBuiltIn(sent);
  const fields = {
    environment: { id: environmentId },
    id,
    ...(hasClient ? { clientId: id, assignActorRoles: false } : {}),
    ...withDefaults(sent, environmentId),
    createdAt,
    updatedAt: createdAt,
  };
  return { id, environmentId, fields, ...(hasClient ? { secret: newSecret() } : {}), roleAssignments: [] };
}

export const newId = (): string => randomUUID();

/** An ID of the start state: the same in each sandbox. */
export const startId = (environment: string, name: string): string => seededId(`application ${environment}/${name}`);

export const applicationPath = ({ environmentId, id }: Application): string =>
  `/environments/${environmentId}/applications/${id}`;

/** As a read returns it: never with the secret. */
export function presentApplication(api: string, application: Application): JsonObject {
  const path = applicationPath(application);
  return {
    _links: {
      self: link(api, path),
      environment: link(api, `/environments/${application.environmentId}`),
      attributes: link(api, `${path}/attributes`),
      ...(application.secret === undefined ? {} : { secret: link(api, `${path}/secret`) }),
      grants: link(api, `${path}/grants`),
    },
    ...application.fields,
  };
}
