import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { StepOptions } from '../../sandbox/runner/step-options.ts';
import type { StepResult } from '../../sandbox/runner/step-result.ts';
import type { Ready, Sandbox } from '../../sandbox/sandbox.ts';
import type { ApplicationState, SandboxState, SeenRequest, StoredValue } from '../bundle/control.ts';
import { Control } from '../bundle/control.ts';
import type { Secret } from '../bundle/leaks.ts';
import { insistOnDiscretion } from '../bundle/leaks.ts';
import { Witness } from '../bundle/witness.ts';
import { contractGuard } from '../contract/guard.ts';
import { runStep } from '../../sandbox/runner/step.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { startInProcess } from '../in-process/start.ts';
import { root } from '../../scripts/child.mjs';

/** The directory of action.yml. */
export const action = root;

/** One sandbox for the tests of a file, reset before each; every exchange is held against its vendor's contract. */
export class DeliveryHarness {
  #sandbox: Sandbox | undefined;
  #witness: Witness | undefined;

  get ready(): Ready {
    return this.#sandbox!.ready;
  }

  /** @param allowRefusedRequests false for tests in which no request of the action may be refused */
  constructor({ allowRefusedRequests = true } = {}) {
    const guard = contractGuard({ allowRefusedRequests });
    beforeAll(async () => {
      this.#sandbox = await startSandbox({
        onExchange: (exchange) => {
          guard.onExchange(exchange);
          this.#witness?.observe(exchange);
        },
      });
      this.#witness = new Witness(this.#sandbox.ready);
    });
    beforeEach(async () => {
      await this.control('reset', {});
      this.#witness?.forget();
    });
    afterEach(() => guard.assertClean());
    afterAll(() => this.#sandbox?.close());
  }

  get #control(): Control {
    return new Control(this.ready.github.apiUrl);
  }

  async control(name: string, body: unknown): Promise<void> {
    await this.#control.call(name, body);
  }

  state(): Promise<SandboxState> {
    return this.#control.state();
  }

  async requests(server?: SeenRequest['server']): Promise<readonly SeenRequest[]> {
    const all = await this.#control.requests();
    return server === undefined ? all : all.filter((request) => request.server === server);
  }

  /** Calls GitHub as somebody with all rights would, e.g. to put a secret there by hand. */
  async gitHub(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(this.ready.github.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${this.ready.github.token}`,
        accept: 'application/vnd.github+json',
        'user-agent': 'somebody',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>);
  }

  /** The inputs that every run here needs; what a test gives wins. */
  inputs(given: Readonly<Record<string, string>> = {}): Record<string, string> {
    const { admin, github, pingone } = this.ready;
    return {
      name: 'PingDataSync',
      environment: 'Sandbox',
      'admin-client-id': admin.clientId,
      'admin-client-secret': admin.clientSecret,
      'admin-environment-id': admin.environmentId,
      'api-url': pingone.apiUrl,
      'auth-url': pingone.authUrl,
      'github-token': github.token,
      ...given,
    };
  }

  /** Every secret that there is, or that was sent since the last reset: no run may show any. */
  async secrets(): Promise<readonly Secret[]> {
    return this.#witness!.all((await this.state()).applications);
  }

  /**
   * Runs the action as a step of a workflow, in this process: the cases are many. Rejects where it shows a secret.
   */
  async run(given: Readonly<Record<string, string>>, options: Partial<StepOptions> = {}): Promise<StepResult> {
    const { admin, github } = this.ready;
    const step = await runStep({
      action,
      with: this.inputs(given),
      secrets: [admin.clientSecret, github.token],
      startProcess: startInProcess,
      ...options,
      env: {
        GITHUB_API_URL: github.apiUrl,
        GITHUB_REPOSITORY: github.repository,
        GITHUB_REPOSITORY_ID: github.repositoryId,
        ...options.env,
      },
    });
    insistOnDiscretion(step, await this.secrets());
    return step;
  }

  /** Fails unless these are the worker's id, secret and environment under the default names. */
  async expectCredentials(values: Readonly<Record<string, string>>): Promise<void> {
    const worker = await this.worker();
    expect(values).toEqual({
      PINGONE_WORKER_CLIENT_ID: worker.id,
      PINGONE_WORKER_CLIENT_SECRET: worker.secret,
      PINGONE_WORKER_ENVIRONMENT_ID: this.ready.environments[0]!.id,
    });
  }

  /** The worker that the runs here ensure, as PingOne has it. */
  async worker(name = 'PingDataSync'): Promise<ApplicationState> {
    const { applications } = await this.state();
    return applications.find((application) => application.name === name && application.type === 'WORKER')!;
  }
}

/** The failed step's message. */
export const errorOf = (step: StepResult): string =>
  step.annotations
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message)
    .join('\n');

/** Name to value of what a target holds. */
export const valuesIn = (entries: readonly StoredValue[], target: string): Record<string, string> =>
  Object.fromEntries(entries.filter((entry) => entry.target === target).map(({ name, value }) => [name, value]));
