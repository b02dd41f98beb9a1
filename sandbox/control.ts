/** `/__sandbox/*`: how a test or a demo looks into the sandbox and acts on it from outside. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { actInConsole, ConsoleError, consoleSchema } from './console.ts';
import type { FaultList } from './faults.ts';
import { faultsSchema } from './faults.ts';
import { actOnGitHub, GitHubConsoleError, gitHubConsoleSchema } from './github/console.ts';
import type { GitHubWorld } from './github/world.ts';
import type { PingOneWorld } from './pingone/world.ts';
import type { RequestLog } from './request-log.ts';
import { reportApplication, reportState } from './state-report.ts';

export interface Controlled {
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly faults: FaultList;
  readonly pingone: PingOneWorld;
  readonly github: GitHubWorld;
  reset(): void;
}

class BadControl extends Error {
  readonly status: 400 | 403 | 415;

  constructor(message: string, status: 400 | 403 | 415 = 400) {
    super(message);
    this.status = status;
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** The addresses of a request must be the sandbox's own: a web page or a DNS name that points here gets nothing. */
function checkSource(c: Context): void {
  const origin = c.req.header('Origin')?.replace(/^\w+:\/\//, '');
  const foreign = [c.req.header('Host') ?? '', origin ?? 'localhost'].find((host) => !LOOPBACK.test(host));
  if (foreign !== undefined) throw new BadControl(`The control answers on loopback only, not for "${foreign}".`, 403);
}

async function read<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  // A browser sends this type across origins only after it asked, and the control does not answer that.
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new BadControl('The body must be application/json.', 415);
  }
  let body: unknown;
  try {
    body = JSON.parse(await c.req.text());
  } catch {
    throw new BadControl('The body is not JSON.');
  }
  const result = schema.safeParse(body);
  if (!result.success) throw new BadControl(z.prettifyError(result.error));
  return result.data;
}

export function controlApi(controlled: Controlled): Hono {
  const { clock, log, faults, pingone, github } = controlled;
  const api = new Hono();
  api.use(async (c, next) => {
    checkSource(c);
    await next();
  });
  api.get('/__sandbox/state', (c) => c.json(reportState(pingone, github.state)));
  api.get('/__sandbox/requests', (c) => c.json(log.all()));
  api.post('/__sandbox/reset', (c) => {
    controlled.reset();
    return c.body(null, 204);
  });
  api.post('/__sandbox/console', async (c) => {
    const action = await read(c, z.union([consoleSchema, gitHubConsoleSchema]));
    if ('repository' in action || 'organization' in action) {
      actOnGitHub(github.state, action);
      return c.json({});
    }
    const application = actInConsole(pingone.state, action, clock);
    return c.json(application ? reportApplication(pingone, application) : {});
  });
  api.post('/__sandbox/clock', async (c) => {
    clock.advance((await read(c, z.object({ advance: z.number() }))).advance);
    return c.json({ now: clock.iso() });
  });
  api.post('/__sandbox/faults', async (c) => {
    const list = await read(c, faultsSchema);
    faults.replace(list);
    return c.json({ faults: list.length });
  });
  api.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path} in the sandbox's control.` }, 404));
  api.onError((error, c) => {
    if (error instanceof BadControl) return c.json({ error: error.message }, error.status);
    if (error instanceof ConsoleError || error instanceof GitHubConsoleError)
      return c.json({ error: error.message }, 400);
    throw error;
  });
  return api;
}
