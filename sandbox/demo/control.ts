import { z } from 'zod';

const secretSchema = z.object({
  target: z.string(),
  repository: z.string().optional(),
  name: z.string(),
  value: z.string(),
});
const stateSchema = z.object({ github: z.object({ secrets: z.array(secretSchema) }) });
const requestsSchema = z.array(z.object({ server: z.enum(['pingone', 'github']), write: z.boolean() }));

/** A secret as GitHub keeps it, opened with the sandbox's private key. */
export type StoredSecret = z.output<typeof secretSchema>;

/** `{ pingone: { all: 12, writes: 3 }, github: { all: 5, writes: 3 } }` */
export type RequestCounts = Readonly<Record<'pingone' | 'github', { readonly all: number; readonly writes: number }>>;

/** The sandbox's control: its state, its requests, and edits as in the admin console. */
export class SandboxControl {
  readonly #origin: string;

  constructor(url: string) {
    this.#origin = new URL(url).origin;
  }

  async storedSecrets(): Promise<StoredSecret[]> {
    return stateSchema.parse(await this.#get('state')).github.secrets;
  }

  /** How many requests there have been so far. */
  async requestCount(): Promise<number> {
    return requestsSchema.parse(await this.#get('requests')).length;
  }

  /** The requests after the first so many. */
  async countRequestsSince(count: number): Promise<RequestCounts> {
    const requests = requestsSchema.parse(await this.#get('requests')).slice(count);
    const countOf = (server: 'pingone' | 'github'): RequestCounts['github'] => {
      const own = requests.filter((request) => request.server === server);
      return { all: own.length, writes: own.filter(({ write }) => write).length };
    };
    return { pingone: countOf('pingone'), github: countOf('github') };
  }

  async editApplication(application: string, set: Readonly<Record<string, unknown>>): Promise<void> {
    const response = await fetch(`${this.#origin}/__sandbox/console`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ application, set }),
    });
    if (!response.ok) throw new Error(`The sandbox refused the edit: ${response.status} ${await response.text()}`);
  }

  async #get(name: string): Promise<unknown> {
    return (await fetch(`${this.#origin}/__sandbox/${name}`)).json();
  }
}
