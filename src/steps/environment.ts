import { ActionError } from '../errors.ts';
import type { PingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import { findEnvironments, readEnvironment } from '../pingone/environments.ts';
import { PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import type { Settings } from '../settings.ts';
import { inline, sentenceList } from '../text.ts';

/**
 * The PingOne environment that the input names, by id or by exact name.
 * Throws ActionError where there is none that the admin credentials can see, or it is about to be deleted.
 */
export async function observeEnvironment(pingone: PingOne, wanted: Settings['environment']): Promise<Environment> {
  const environment = 'id' in wanted ? await byId(pingone, wanted.id) : await byName(pingone, wanted.name);
  if (environment.status === 'DELETE_PENDING') {
    throw new ActionError({
      what: `The PingOne environment in \`environment\` ("${inline(environment.name)}") is about to be deleted.`,
      cause: 'somebody deleted it; PingOne keeps it for some days in the status DELETE_PENDING.',
      fix: 'restore it in PingOne, or name another one in `environment`.',
    });
  }
  return environment;
}

async function byId(pingone: PingOne, id: string): Promise<Environment> {
  try {
    return await readEnvironment(pingone, id);
  } catch (error) {
    const isMissing = error instanceof PingOneError && (error.status === 404 || error.isAccessDenied);
    if (!isMissing) throw explainPingOne(error, 'reading the environment in `environment`');
    throw notFound(`no environment of the id ${id}: ${error.message}`, error);
  }
}

async function byName(pingone: PingOne, name: string): Promise<Environment> {
  const candidates = await findEnvironments(pingone, name).catch((error: unknown) => {
    throw explainPingOne(error, 'finding the environment in `environment` by its name');
  });
  const [found, ...others] = candidates.filter((candidate) => candidate.name === name);
  if (found && others.length === 0) return found;
  if (found) {
    throw new ActionError({
      what: `\`environment\` "${inline(name)}" names ${others.length + 1} PingOne environments.`,
      cause: 'the admin credentials see several organizations, and each has one of this name.',
      fix: `give the id instead: ${sentenceList([found, ...others].map(({ id }) => id))}.`,
    });
  }
  const similar = candidates.map((candidate) => `"${inline(candidate.name, 60)}"`).slice(0, 5);
  throw notFound(
    `no environment of the name "${inline(name)}"${similar.length ? `, but ${sentenceList(similar)}` : ''}`,
  );
}

function notFound(what: string, cause?: unknown): ActionError {
  return new ActionError(
    {
      what: `\`environment\` was not found: the admin credentials see ${what}`,
      cause: 'a typo (names are exact, case and all), another region, or the admin credentials hold no role there.',
      fix:
        'copy the environment id from PingOne (Settings > Environment Properties), and check `region` and the roles of ' +
        "the admin credentials' application.",
    },
    { cause },
  );
}
