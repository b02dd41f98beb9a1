import type { Credentials } from '../../sandbox/sandbox.ts';

/** An application in `GET /__sandbox/state`: as PingOne returns it, with its secret, roles and metadata. */
export interface ApplicationState {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly clientId?: string;
  readonly enabled: boolean;
  readonly environment: { readonly id: string };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly secret?: string;
  readonly previous?: { readonly secret: string };
  readonly roleAssignments: readonly {
    readonly role: string;
    readonly scope: { readonly type: string; readonly id: string };
  }[];
  readonly metadata?: Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- any JSON
  readonly [field: string]: unknown;
}

/** A secret of GitHub, opened with the sandbox's private key, or a variable. */
export interface StoredValue {
  readonly target: string;
  readonly repository?: string;
  readonly name: string;
  readonly value: string;
  readonly visibility?: string;
  readonly selectedRepositoryIds?: readonly number[];
}

export interface SandboxState {
  readonly environments: readonly { readonly id: string; readonly name: string }[];
  readonly applications: readonly ApplicationState[];
  readonly images: readonly { readonly id: string }[];
  readonly github: {
    readonly secrets: readonly StoredValue[];
    readonly variables: readonly StoredValue[];
    readonly environments: readonly { readonly name: string; readonly protected: boolean }[];
  };
}

/** A request that a server of the sandbox received. */
export interface SeenRequest {
  readonly server: 'pingone' | 'github';
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly start: number;
  readonly end: number | null;
  readonly write: boolean;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly connection: number;
}

/** The sandbox's back door: what is in it, and what somebody else does in it. */
export class Control {
  readonly #origin: string;

  constructor(url: string) {
    this.#origin = new URL(url).origin;
  }

  async state(): Promise<SandboxState> {
    return (await this.call('state')) as SandboxState;
  }

  async requests(): Promise<readonly SeenRequest[]> {
    return (await this.call('requests')) as SeenRequest[];
  }

  /** The requests that changed something, or tried to. */
  async writes(server: SeenRequest['server']): Promise<readonly SeenRequest[]> {
    return (await this.requests()).filter((request) => request.server === server && request.write);
  }

  /** Somebody acts in the admin console. */
  async console(action: object): Promise<ApplicationState> {
    return (await this.call('console', action)) as ApplicationState;
  }

  async faults(...list: readonly object[]): Promise<void> {
    await this.call('faults', list);
  }

  async advance(seconds: number): Promise<void> {
    await this.call('clock', { advance: seconds });
  }

  async reset(): Promise<void> {
    await this.call('reset', {});
  }

  /** The applications of a name, in the order of the state. */
  async named(name: string): Promise<readonly ApplicationState[]> {
    return (await this.state()).applications.filter((application) => application.name === name);
  }

  /** The one application of a name; fails where there are none or several. */
  async theOnly(name: string): Promise<ApplicationState> {
    const [found, ...others] = await this.named(name);
    if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} applications named ${name}`);
    return found;
  }

  /** `GET /__sandbox/<path>`, or with a body a POST; undefined for an empty answer, rejects where it is refused. */
  async call(path: string, body?: unknown): Promise<unknown> {
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${this.#origin}/__sandbox/${path}`, body === undefined ? {} : post);
    const text = await response.text();
    if (!response.ok) throw new Error(`the sandbox refused ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

/** The inputs that name these admin credentials. */
export function adminInputs({ clientId, clientSecret, environmentId }: Credentials): Record<string, string> {
  return {
    'admin-client-id': clientId,
    'admin-client-secret': clientSecret,
    'admin-environment-id': environmentId,
  };
}

/** Takes the usual admin credentials away from a run. */
export const noAdminInputs = {
  'admin-client-id': undefined,
  'admin-client-secret': undefined,
  'admin-environment-id': undefined,
} as const;
