import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readActionMetadata } from '../sandbox/runner/metadata.ts';
import { runStep } from '../sandbox/runner/step.ts';
import type { Ready, SandboxOptions } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import type { Waiting } from './round-trips.ts';
import { waitingOf } from './round-trips.ts';
import { root } from '../scripts/child.mjs';

/** The repository's root, which is the action's directory. */
export const action = root;

/** What a workflow runs. */
export const dist = join(action, 'dist');
export const bundle = join(dist, 'index.js');

const requestsSchema = z.array(z.object({ start: z.number(), end: z.number().nullable(), connection: z.number() }));

// The smallest PNG that there is: one pixel.
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A run that was measured. */
export interface Run {
  /** From the start of the process to its end. */
  readonly ms: number;
  readonly waiting: Waiting;
  readonly clientId: string;
}

/** What a run is to come to; one that comes to something else is no measurement. */
export type Result = 'created' | 'unchanged';

/** A sandbox with a latency, and both ways to ensure a worker in it. */
export class Lab {
  readonly #ready: Ready;
  readonly #close: () => Promise<void>;
  readonly #action: string;
  readonly #dir = mkdtempSync(join(tmpdir(), 'bench-'));

  private constructor(ready: Ready, close: () => Promise<void>, directory: string) {
    this.#ready = ready;
    this.#action = directory;
    this.#close = close;
    writeFileSync(join(this.#dir, 'icon.png'), Buffer.from(png, 'base64'));
  }

  /**
   * Sign-in and API have an origin each, as in PingOne.
   *
   * @param directory holds action.yml and dist/ of the action
   */
  static async start(options: SandboxOptions, directory = action): Promise<Lab> {
    const sandbox = await startSandbox({ authPort: 0, ...options });
    return new Lab(sandbox.ready, () => sandbox.close(), directory);
  }

  /** The ID of the environment that the workers live in. */
  get environmentId(): string {
    return this.#ready.environments[0]?.id ?? '';
  }

  /** The built action, as GitHub's runner starts it. With an icon, as soon as it has that input. */
  async byAction(name: string, expected: Result, more: Inputs = {}, env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const { pingone, admin, github } = this.#ready;
    const before = (await this.#requests()).length;
    const hasIcon = 'icon' in readActionMetadata(this.#action).inputs;
    const step = await runStep({
      action: this.#action,
      workspace: this.#dir,
      timeoutMs: 900_000,
      with: {
        name,
        environment: this.environmentId,
        ...(hasIcon ? { icon: 'icon.png' } : {}),
        'admin-client-id': admin.clientId,
        'admin-client-secret': admin.clientSecret,
        'admin-environment-id': admin.environmentId,
        'api-url': pingone.apiUrl,
        'auth-url': pingone.authUrl,
        ...more,
      },
      env: {
        GITHUB_API_URL: github.apiUrl,
        GITHUB_REPOSITORY: github.repository,
        GITHUB_REPOSITORY_ID: github.repositoryId,
        ...env,
      },
    });
    checkResult(expected, step.outputs.get('result'), step.log);
    const waiting = waitingOf((await this.#requests()).slice(before));
    return { ms: step.phases[0]?.durationMs ?? NaN, waiting, clientId: step.outputs.get('client-id') ?? '' };
  }

  /** The script with curl and jq. */
  async byHand(name: string, expected: Result): Promise<Run> {
    const before = (await this.#requests()).length;
    const outputFile = join(this.#dir, 'output');
    writeFileSync(outputFile, '');
    const start = performance.now();
    const script = spawn('bash', [join(root, 'bench/by-hand.sh')], {
      env: this.#scriptEnvironment(name, outputFile),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    for (const stream of [script.stdout, script.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (log += text));
    }
    await once(script, 'close');
    const ms = performance.now() - start;
    const outputs = new Map(readFileSync(outputFile, 'utf8').split('\n').map(keyAndValue));
    checkResult(expected, outputs.get('result'), log);
    const waiting = waitingOf((await this.#requests()).slice(before));
    return { ms, waiting, clientId: outputs.get('client-id') ?? '' };
  }

  /** Takes a worker away, so that the next one of its name is created. */
  async remove(application: string): Promise<void> {
    const { ok, status } = await fetch(new URL('/__sandbox/console', this.#ready.pingone.apiUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ application, delete: true }),
    });
    if (!ok) throw new Error(`The sandbox did not delete ${application}: ${status}`);
  }

  /** The inputs with which the credentials are stored in the repository. */
  get storing(): Inputs {
    return { 'store-in': 'repository', 'github-token': this.#ready.github.token };
  }

  /** How many requests the sandbox was sent so far. */
  async requestCount(): Promise<number> {
    return (await this.#requests()).length;
  }

  async close(): Promise<void> {
    rmSync(this.#dir, { recursive: true, force: true });
    await this.#close();
  }

  async #requests(): Promise<z.output<typeof requestsSchema>> {
    const response = await fetch(new URL('/__sandbox/requests', this.#ready.pingone.apiUrl));
    return requestsSchema.parse(await response.json());
  }

  #scriptEnvironment(name: string, outputFile: string): NodeJS.ProcessEnv {
    const { pingone, admin } = this.#ready;
    const hasIcon = 'icon' in readActionMetadata(action).inputs;
    return {
      PATH: process.env['PATH'],
      API_URL: pingone.apiUrl,
      AUTH_URL: pingone.authUrl,
      ENVIRONMENT_ID: this.environmentId,
      NAME: name,
      ADMIN_CLIENT_ID: admin.clientId,
      ADMIN_CLIENT_SECRET: admin.clientSecret,
      ADMIN_ENVIRONMENT_ID: admin.environmentId,
      GITHUB_OUTPUT: outputFile,
      ...(hasIcon ? { ICON: join(this.#dir, 'icon.png') } : {}),
    };
  }
}

/** Inputs of the action. */
export type Inputs = Readonly<Record<string, string>>;

function keyAndValue(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}

function checkResult(expected: Result, result: string | undefined, log: string): void {
  if (result !== expected) throw new Error(`The run was to be ${expected}, and is ${result ?? 'failed'}:\n${log}`);
}
