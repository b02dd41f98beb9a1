import type { ValueSource } from './stored-values.ts';

export interface WorkflowOptions {
  /** The workflow's file. */
  readonly file: string;
  /** The root of the repository that holds the workflows which jobs call. */
  readonly root: string;
  /** The directory of the action that is run, and the name by which `uses:` names it, without `@`. */
  readonly action: string;
  readonly actionName: string;
  /** Inputs that every step of our actions gets beside its own, if the action has them: the sandbox's addresses. */
  readonly extraInputs: Readonly<Record<string, string>>;
  /** Environment of every step, e.g. `GITHUB_API_URL`. */
  readonly env: Readonly<Record<string, string>>;
  /** What replaces other actions, by name: their outputs. */
  readonly stubs: Readonly<
    Record<
      string,
      {
        readonly outputs?: Readonly<Record<string, string>>;
        /** Outputs that the action masks. */
        readonly secretOutputs?: Readonly<Record<string, string>>;
        /** Files that the action leaves in the workspace, by name. */
        readonly files?: Readonly<Record<string, string>>;
      }
    >
  >;
  readonly values: ValueSource;
  /** The context `github`. */
  readonly github: Readonly<Record<string, unknown>>;
  /** The context `inputs`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the context `job` says of the called workflow that the job belongs to. */
  readonly calledWorkflow?: { readonly workflow_repository: string; readonly workflow_sha: string };
}
