// Makes the plan: finds roles by name, and recognizes values that PingOne normalizes.
import { createHash } from 'node:crypto';
import { ActionError } from '../errors.ts';
import { clientIdOf, listApplications } from '../pingone/applications.ts';
import type { PingOne } from '../pingone/client.ts';
import { listPopulations } from '../pingone/environments.ts';
import { explainPingOne } from '../pingone/errors.ts';
import type { Role, RoleAssignment } from '../pingone/roles.ts';
import { listCustomRoles } from '../pingone/roles.ts';
import type { DesiredRoles } from '../reconcile/attributes.ts';
import { needsRedirectUris } from '../reconcile/attributes.ts';
import type { Change, FieldChange } from '../reconcile/diff.ts';
import { planChanges } from '../reconcile/diff.ts';
import type { Notes } from '../reconcile/notes.ts';
import { notesOn } from '../reconcile/notes.ts';
import type { RecordState } from '../reconcile/ownership.ts';
import { recordOf } from '../reconcile/ownership.ts';
import type { RoleGrant, RoleLine, ScopeTarget, WorkerScope } from '../reconcile/roles.ts';
import { defaultRoleLine, findRole, grantOf, isApplicable, roleOf } from '../reconcile/roles.ts';
import { distinguishable, inline, nearest, sentenceList } from '../text.ts';
import type { StepContext } from './context.ts';
import type { Observation } from './observe.ts';
import { observe } from './observe.ts';
import { awaitedPrevious, credentialsVersion } from './read-secret.ts';
import { implicitNeedsRedirectUris, unknownSecretAge } from './refusals.ts';

/** Digests of a value that was sent to PingOne, and of the value that PingOne returned for it. */
export interface NormalizedPair {
  readonly asked: string;
  readonly got: string;
}

/** The values that PingOne normalized, by attribute. */
export type Normalized = Readonly<Record<string, NormalizedPair>>;

// PingOne may normalize free text and addresses. Any other attribute must have exactly the desired value.
const normalizable: ReadonlySet<string> = new Set(['name', 'description', 'redirectUris']);

/**
 * Whether PingOne's value is the normalized form of the desired value, so that another update would change nothing.
 *
 * @param normalized from the record
 */
export function isNormalized(normalized: Normalized | undefined, { field, from, to }: FieldChange): boolean {
  const pair = normalized?.[field];
  return pair?.asked === digest(to) && pair.got === digest(from);
}

/**
 * Compares the response to a POST or PUT with the plan.
 *
 * @param returned the application from PingOne's response
 * @returns a pair for each attribute that PingOne normalized; undefined for an unchanged attribute
 */
export function normalizedBy(
  plan: readonly Change[],
  returned: Readonly<Record<string, unknown>>,
): Readonly<Record<string, NormalizedPair | undefined>> {
  const asked = plan.flatMap((change): readonly Pick<FieldChange, 'field' | 'to'>[] => {
    if (change.kind === 'rename-application') return [{ field: 'name', to: change.to }];
    return change.kind === 'create-application' || change.kind === 'update-application' ? change.fields : [];
  });
  const pairs = asked
    .filter(({ field }) => normalizable.has(field))
    .map(({ field, to }) => {
      const pair = { asked: digest(to), got: digest(returned[field]) };
      return [field, pair.asked === pair.got ? undefined : pair] as const;
    });
  return Object.fromEntries(pairs);
}

/** The order of a list is ignored, and a missing attribute is null. */
function digest(value: unknown): string {
  const canonical = Array.isArray(value) ? value.map(String).sort() : (value ?? null);
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}

/**
 * The built-in roles, and the environment's custom roles if the inputs or the worker need them.
 *
 * @param held the role assignments of the worker
 */
export async function knownRoles(
  pingone: PingOne,
  builtIn: readonly Role[],
  desired: DesiredRoles,
  held: readonly RoleAssignment[],
  { environmentId }: WorkerScope,
): Promise<readonly Role[]> {
  const isAsked = !desiredLines(desired).every((line) => findRole(builtIn, line.roleName));
  if (!isAsked && held.every((assignment) => roleOf(assignment, builtIn))) return builtIn;
  const reading = listCustomRoles(pingone, environmentId);
  const custom = isAsked
    ? await reading.catch((error: unknown) => {
        throw explainPingOne(error, 'reading the custom roles of the environment');
      })
    : // Only for the names in the log.
      await reading.catch(() => []);
  return [...builtIn, ...custom];
}

/**
 * The desired roles with their IDs.
 *
 * @throws ActionError if PingOne does not know a role or does not allow it at its scope, or if a population or an
 *   application is not found
 */
export async function resolveGrants(
  pingone: PingOne,
  roles: readonly Role[],
  desired: DesiredRoles,
  workerScope: WorkerScope,
): Promise<readonly RoleGrant[]> {
  const lines = desiredLines(desired);
  const unknown = lines.filter((line) => !findRole(roles, line.roleName));
  if (unknown.length > 0) throw unknownRoles(unknown, roles);
  const grants: RoleGrant[] = [];
  for (const line of lines) {
    const role = findRole(roles, line.roleName);
    if (!role) continue;
    if (!isApplicable(role, line)) throw notApplicable(role, line);
    grants.push(grantOf(role, line, workerScope, await scopeTarget(pingone, line, workerScope)));
  }
  return grants;
}

function desiredLines(desired: DesiredRoles): readonly RoleLine[] {
  if (desired.kind === 'listed') return desired.lines;
  return desired.kind === 'default' ? [defaultRoleLine] : [];
}

async function scopeTarget(
  pingone: PingOne,
  { scope, scopeTarget: wanted }: RoleLine,
  { environmentId }: WorkerScope,
): Promise<ScopeTarget | undefined> {
  if (wanted === undefined) return undefined;
  const list = scope === 'population' ? listPopulations : listApplications;
  const candidates: readonly ScopeTarget[] = await list(pingone, environmentId).catch((error: unknown) => {
    throw explainPingOne(error, `reading the ${scope}s of the environment, for \`roles\``);
  });
  const matches = candidates.filter(({ id, name }) => name === wanted || id === wanted.toLowerCase());
  const [match, ...others] = matches;
  if (!match || others.length > 0) throw noSuchScopeTarget(scope, wanted, matches, candidates);
  return { id: match.id, name: match.name };
}

/** Names all unknown roles, each with the most similar known one. */
function unknownRoles(lines: readonly RoleLine[], roles: readonly Role[]): ActionError {
  const names = roles.map(({ name }) => name);
  const named = lines.map(({ roleName }) => {
    const meant = nearest(roleName, names);
    const [wanted = '', near = ''] = distinguishable(meant === undefined ? [roleName] : [roleName, meant]);
    return { wanted, near: meant === undefined ? '' : `${wanted}: did you mean ${near}?` };
  });
  const isList = lines.some(({ roleName }) => roleName.split(/[,;]/).some((part) => names.includes(part.trim())));
  const suggestions = named.map(({ near }) => near).filter(Boolean);
  const form = isList ? 'write one role per line, without commas. ' : '';
  return new ActionError({
    what: `\`roles\` contains ${sentenceList(named.map(({ wanted }) => wanted))}, which PingOne does not have.`,
    cause: isList ? 'several roles are in one line.' : 'a typo, or a custom role of another environment.',
    fix:
      suggestions.length > 0
        ? form + suggestions.join(' ')
        : `${form || 'use the exact name of a role. '}PingOne shows the names on the Roles tab of an application.`,
  });
}

function notApplicable(role: Role, line: RoleLine): ActionError {
  const scopes = (role.applicableTo ?? []).map((scope) => inline(scope, 40).toLowerCase());
  return new ActionError({
    what: `\`roles\` contains ${inline(role.name, 60)} @ ${line.scope}, but PingOne does not grant this role at this scope.`,
    cause: 'PingOne grants each role only at some kinds of scope.',
    fix: `write one of: ${scopes.map((scope) => `\`${inline(role.name, 60)} @ ${withTarget(scope)}\``).join(', ')}.`,
  });
}

/** A scope as a line of `roles` writes it. */
function withTarget(scope: string): string {
  return scope === 'population' || scope === 'application' ? `${scope}:<ID or name>` : scope;
}

function noSuchScopeTarget(
  scope: string,
  wanted: string,
  matches: readonly ScopeTarget[],
  candidates: readonly ScopeTarget[],
): ActionError {
  const names = candidates.slice(0, 20).map(({ name }) => `"${inline(name, 60)}"`);
  const isAmbiguous = matches.length > 1;
  return new ActionError({
    what: isAmbiguous
      ? `\`roles\`: ${matches.length} ${scope}s are named "${inline(wanted, 60)}".`
      : `\`roles\`: the environment has no ${scope} "${inline(wanted, 60)}".`,
    cause: isAmbiguous
      ? 'names are not unique in PingOne.'
      : `a typo (names are matched exactly, including case), or the ${scope} belongs to another environment.`,
    fix: isAmbiguous
      ? `use one of their IDs: ${sentenceList(matches.map(({ id }) => id))}.`
      : names.length > 0
        ? `use an ID or one of these names: ${sentenceList(names)}.`
        : `create the ${scope} in PingOne first.`,
  });
}

/** A plan with the observation that it is based on. */
export interface Planned extends Observation {
  readonly grants: readonly RoleGrant[];
  readonly record: RecordState;
  readonly plan: readonly Change[];
  readonly notes: Notes;
}

const noRecord: RecordState = { kind: 'none', metadata: {} };

/**
 * Observes the worker and makes the plan. Changes nothing.
 *
 * @throws ActionError if the inputs cannot be applied
 */
export async function planWorker(given: StepContext): Promise<Planned> {
  const observation = await observe(given);
  const { context, worker, roles } = observation;
  const { desired } = context.run.settings;
  if (worker && desired.clear.has('redirect-uris') && needsRedirectUris(worker.application)) {
    throw implicitNeedsRedirectUris();
  }
  const workerScope = scopeOf(observation);
  const known = await knownRoles(context.pingone, roles, desired.roles, worker?.assignments ?? [], workerScope);
  const grants = await resolveGrants(context.pingone, known, desired.roles, workerScope);
  return decide({ ...observation, roles: known, grants }, worker?.record ?? noRecord);
}

/**
 * Makes the plan from an observation and a record.
 *
 * @throws ActionError if `rotate-secret` is an age and there is no record of the secret's age
 */
export function decide(observation: Observation & Pick<Planned, 'grants'>, record: RecordState): Planned {
  const { context, worker, roles, grants } = observation;
  const { desired, run } = context.run.settings;
  const needsRecord = worker !== undefined && typeof desired.rotateSecret !== 'boolean';
  if (needsRecord && !('metadata' in record)) throw unknownSecretAge(record.kind);
  const own = record.kind === 'own' ? record.record : undefined;
  const observed = {
    application: worker?.application,
    assignments: worker?.assignments ?? [],
    createdHere: own?.origin === 'created',
    icon: {
      canBeRecorded: run.owner !== undefined && (record.kind === 'none' || record.kind === 'own'),
      recorded: own?.icon,
      isMissing: worker?.isIconMissing ?? false,
    },
    isNormalized: (change: FieldChange) => isNormalized(recordOf(record)?.normalized, change),
    secret: {
      since: firstSeen(observation, record),
      now: context.pingone.now(),
      previous: awaitedPrevious(context, worker?.secret?.previous),
    },
    workerScope: scopeOf(observation),
  };
  const plan = planChanges(desired, observed, grants);
  return { ...observation, record, plan, notes: notesOn(desired, observed, grants, roles, plan) };
}

/** When the current secret was first seen. A dry run does not read the secret, so it uses the record. */
function firstSeen({ context, worker }: Observation, record: RecordState): number | undefined {
  const noted = recordOf(record)?.secret;
  const version = worker?.secret && credentialsVersion(clientIdOf(worker.application), worker.secret.secret);
  const isCurrent = context.run.settings.dryRun || version === noted?.version;
  const since = isCurrent && noted ? Date.parse(noted.since) : NaN;
  return Number.isNaN(since) ? undefined : since;
}

function scopeOf({ environment }: Observation): WorkerScope {
  return { environmentId: environment.id, organizationId: environment.organization.id };
}
