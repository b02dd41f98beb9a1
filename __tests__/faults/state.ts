/** What the sandbox's back door shows. */

export interface LoggedRequest {
  readonly server: 'pingone' | 'github';
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly start: number;
  readonly end: number | null;
  readonly write: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StateApplication {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly clientId?: string;
  readonly secret?: string;
  readonly previous?: { readonly secret: string };
  readonly metadata?: Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- any JSON
  readonly roleAssignments: readonly { readonly role: string; readonly scope: { type: string; id: string } }[];
  readonly [field: string]: unknown;
}

export interface SandboxState {
  readonly environments: readonly { readonly id: string; readonly name: string }[];
  readonly applications: readonly StateApplication[];
  readonly images: readonly { readonly id: string }[];
  readonly github: {
    readonly secrets: readonly StoredValue[];
    readonly variables: readonly StoredValue[];
    readonly environments: readonly { readonly name: string; readonly protected: boolean }[];
  };
}

/** A secret or a variable of GitHub. */
export interface StoredValue {
  readonly target: string;
  readonly repository?: string;
  readonly name: string;
  readonly value: string;
  readonly visibility?: string;
  readonly selectedRepositoryIds?: readonly number[];
}
