import type { Explanation } from '../errors.ts';
import { ActionError } from '../errors.ts';
import { createBackoff, inSeconds } from '../http/backoff.ts';
import type { PingOne } from '../pingone/client.ts';
import type { Environment } from '../pingone/environments.ts';
import { findEnvironments, listEnvironments, readEnvironment } from '../pingone/environments.ts';
import { isMissing, PingOneError } from '../pingone/errors.ts';
import { explainPingOne } from '../pingone/explain.ts';
import type { Settings } from '../settings.ts';
import { distinguishable, inline, looseName, nearest, sentenceList } from '../text.ts';
import type { StepContext } from './context.ts';

/** The environment does not exist, or is about to be deleted: nothing can be ensured in it, and nothing torn down. */
export class EnvironmentGone extends ActionError {}

/** The environment exists, but was deleted in PingOne a short time ago. */
export class EnvironmentDeletePending extends EnvironmentGone {}

const namePollMs = 1_000;
const namePatienceMs = 5_000;

/**
 * The PingOne environment that the input names, by id or by exact name.
 *
 * @throws EnvironmentGone where there is none, or it is about to be deleted
 * @throws ActionError where the admin credentials may not see it
 */
export async function observeEnvironment(context: StepContext, wanted: Settings['environment']): Promise<Environment> {
  const environment = 'id' in wanted ? await byId(context, wanted.id) : await byName(context, wanted.name);
  if (environment.status === 'DELETE_PENDING') {
    throw new EnvironmentDeletePending({
      what: `The PingOne environment in \`environment\` ("${inline(environment.name)}") is about to be deleted.`,
      cause: 'somebody deleted it; PingOne keeps it for some days in the status DELETE_PENDING.',
      fix: 'restore it in PingOne, or name another one in `environment`.',
    });
  }
  return environment;
}

async function byId({ pingone }: StepContext, id: string): Promise<Environment> {
  try {
    return await readEnvironment(pingone, id);
  } catch (error) {
    if (isMissing(error)) {
      throw new EnvironmentGone(notFound(`no environment of the id ${id}`), { cause: error });
    }
    const isHidden = error instanceof PingOneError && error.isAccessDenied && !error.isFromGateway;
    if (!isHidden) throw explainPingOne(error, 'reading the environment in `environment`');
    const what = `the environment of the id ${id} exists: PingOne answers ${error.message}`;
    throw new ActionError(
      { ...notFound(''), what: `\`environment\`: the admin credentials may not see whether ${what}` },
      { cause: error },
    );
  }
}

/** A new environment takes a moment to show in the list of names. */
async function byName({ session, pingone }: StepContext, name: string): Promise<Environment> {
  const { clock, limits, runner, interruption } = session;
  const until = clock.now() + Math.min(namePatienceMs, limits.lookMs);
  const backoff = createBackoff({ clock, interruption, firstMs: namePollMs, until });
  const line = `No environment is named "${inline(name)}" yet; looking again for up to `;
  for (;;) {
    const candidates = await findEnvironments(pingone, name).catch((error: unknown) => {
      throw explainPingOne(error, 'finding the environment in `environment` by its name');
    });
    const [found, ...others] = candidates.filter((candidate) => candidate.name === name);
    if (found && others.length === 0) return found;
    if (found) throw ambiguous(name, [found, ...others]);
    if (!(await backoff.pause((leftMs) => runner.info(line + inSeconds(leftMs))))) {
      throw new EnvironmentGone(await notFoundByName(pingone, name));
    }
  }
}

const mostNames = 10;

/** The environments that there are, first of all the one that was probably meant. Not knowing them is no failure. */
async function notFoundByName(pingone: PingOne, name: string): Promise<Explanation> {
  const environments = await listEnvironments(pingone).catch(() => []);
  const names = [...new Set(environments.map((environment) => environment.name))].sort();
  const alike = names.filter((other) => looseName(other) === looseName(name));
  const near = alike.length > 0 ? alike : [nearest(name, names)].filter((other) => other !== undefined);
  const [wanted = '', ...shown] = distinguishable([name, ...(near.length > 0 ? near : names).slice(0, mostNames)]);
  const more = near.length === 0 && names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  const { what, cause, fix } = notFound(`no environment of the name ${wanted}`);
  if (shown.length === 0) return { what, cause: `${cause} They see no environment at all.`, fix };
  if (near.length > 0) return { what: what.replace(/\.$/, `, but ${sentenceList(shown)}.`), cause, fix };
  return { what, cause, fix: `${fix} The admin credentials see ${sentenceList(shown)}${more}.` };
}

function ambiguous(name: string, environments: readonly Environment[]): ActionError {
  return new ActionError({
    what: `\`environment\` "${inline(name)}" names ${environments.length} PingOne environments.`,
    cause: 'the admin credentials see several organizations, and each has one of this name.',
    fix: `give the id instead: ${sentenceList(environments.map(({ id }) => id))}.`,
  });
}

function notFound(what: string): Explanation {
  return {
    what: `\`environment\` was not found: the admin credentials see ${what}.`,
    cause:
      'a typo (names are matched exactly, including case), another region, or the admin credentials have no role there.',
    fix:
      'copy the environment ID from PingOne (Settings > Environment Properties), and check `region` and the roles of ' +
      "the admin credentials' application.",
  };
}
