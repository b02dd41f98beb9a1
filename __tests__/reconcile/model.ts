import type { Application } from '../../src/pingone/applications.ts';
import { replacementBody } from '../../src/reconcile/attributes.ts';
import type { Attributes, DesiredWorker } from '../../src/reconcile/attributes.ts';
import type { Change, ObservedWorker } from '../../src/reconcile/diff.ts';
import { readOnly } from './arbitraries.ts';

/** PingOne's PUT: all that is not its own is replaced; null, like what is left out, is taken away. */
function put(application: Application, body: Attributes): Application {
  const own = Object.entries(application).filter(([name]) => readOnly.some((each) => each === name));
  const sent = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries([...own, ...sent]) as Application;
}

/** What a plan makes of an application, by one PUT as the step sends it; undefined where it does not touch it. */
export function bodyOf(application: Application, plan: readonly Change[]): Attributes | undefined {
  const attributes = plan.flatMap((change) => Object.entries(attributesOf(change)));
  return attributes.length === 0 ? undefined : replacementBody(application, Object.fromEntries(attributes));
}

function attributesOf(change: Change): Attributes {
  switch (change.kind) {
    case 'create-application':
    case 'update-application':
      return Object.fromEntries(change.fields.map(({ field, to }) => [field, to]));
    case 'rename-application':
      return { name: change.to };
    case 'upload-icon':
      return { icon: { id: 'image-new', href: 'https://x/new' } };
    case 'remove-icon':
      return { icon: null };
    case 'grant-role':
    case 'rotate-secret':
    case 'delete-application':
      return {};
  }
}

/** What there is in PingOne, and in the record, once a plan was carried out. */
export function carriedOut(observed: ObservedWorker, desired: DesiredWorker, plan: readonly Change[]): ObservedWorker {
  const before = observed.application ?? ({ id: 'app-new' } as unknown as Application);
  const body = bodyOf(before, plan);
  const application = body ? put(before, body) : before;
  const granted = plan.flatMap((change) => (change.kind === 'grant-role' ? [change.grant] : []));
  const uploaded = plan.some(({ kind }) => kind === 'upload-icon') && desired.icon !== undefined;
  const recorded = { sha256: desired.icon?.sha256 ?? '', imageId: 'image-new' };
  return {
    ...observed,
    application,
    assignments: [
      ...observed.assignments,
      ...granted.map(({ roleId, scope }, index) => ({ id: `new-${index}`, role: { id: roleId }, scope })),
    ],
    icon: uploaded && observed.icon.canBeRecorded ? { canBeRecorded: true, recorded } : observed.icon,
  };
}
