import type { SecretMasker } from './masks.ts';

export interface JobOutputs {
  /** What later jobs can read. */
  readonly passed: ReadonlyMap<string, string>;
  /** The names of those that hold a masked value, in any form, anywhere in them. */
  readonly skipped: readonly string[];
  /** What the job's log says about them. */
  readonly warnings: readonly string[];
}

/**
 * What becomes of values that a job declares as its outputs: one that masking would change is dropped, whether or not
 * it is a secret; an empty one is dropped silently.
 * Source: actions/runner, src/Runner.Worker/JobExtension.cs (FinalizeJob); GitHub Docs, "Workflow syntax",
 * `jobs.<job_id>.outputs`.
 */
export function selectJobOutputs(outputs: Iterable<readonly [string, string]>, masker: SecretMasker): JobOutputs {
  const present = [...outputs].filter(([, value]) => value !== '');
  const isMasked = (value: string): boolean => masker.mask(value) !== value;
  const skipped = present.filter(([, value]) => isMasked(value)).map(([name]) => name);
  return {
    passed: new Map(present.filter(([, value]) => !isMasked(value))),
    skipped,
    warnings: skipped.map((name) => `Skip output '${name}' since it may contain secret.`),
  };
}
