import type { RoleGrant } from './roles.ts';

/** One attribute of the application: PingOne's name for it, and JSON values, null where it is absent. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  /** Why a person should check it first, e.g. because the worker may have other users. */
  readonly warning?: string;
}

/** One thing to do, as data. */
export type Change =
  | { readonly kind: 'create-application' | 'update-application'; readonly fields: readonly FieldChange[] }
  | { readonly kind: 'rename-application'; readonly from: string; readonly to: string; readonly warning?: string }
  | { readonly kind: 'upload-icon'; readonly sha256: string; readonly warning?: string }
  | { readonly kind: 'remove-icon'; readonly warning?: string }
  | { readonly kind: 'grant-role'; readonly grant: RoleGrant; readonly warning?: string }
  | { readonly kind: 'rotate-secret' | 'delete-application'; readonly warning?: string };

/** One entry of the output `changes`. Never a secret, a client id or an environment id. */
export interface ReportedChange {
  readonly kind: Change['kind'];
  readonly field?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly warning?: string;
}

/** A plan as the output `changes`, the log and the summary show it: one entry an attribute, in plan order. */
export function reportedChanges(plan: readonly Change[]): readonly ReportedChange[] {
  return plan.flatMap((change): readonly ReportedChange[] => {
    switch (change.kind) {
      case 'create-application':
      case 'update-application':
        return change.fields.map((field) => ({ kind: change.kind, ...field }));
      case 'upload-icon': {
        const { sha256, ...rest } = change;
        return [{ ...rest, to: sha256 }];
      }
      case 'grant-role': {
        const { grant, ...rest } = change;
        return [{ ...rest, to: grant.label }];
      }
      case 'rename-application':
      case 'remove-icon':
      case 'rotate-secret':
      case 'delete-application':
        return [change];
    }
  });
}

/** What the step did with the application in PingOne, or would do: the output `result`. */
export type Result = 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent';

/** The output `result` of a plan for a worker that is to be present. */
export function resultOf(plan: readonly Change[]): Result {
  if (plan.some(({ kind }) => kind === 'create-application')) return 'created';
  return plan.length === 0 ? 'unchanged' : 'updated';
}

/** A change in a few words, e.g. to say what was done before a failure. */
export function describeChange(change: Change): string {
  if (change.kind === 'update-application') return `update ${change.fields.map(({ field }) => field).join(', ')}`;
  if (change.kind === 'grant-role') return `grant ${change.grant.label}`;
  const [verb = '', object = ''] = change.kind.split('-');
  return `${verb} the ${object}`;
}
