/** Row 1: how long Node and the bundle take before anything useful happens. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inputVariable, resolveInputs } from '../sandbox/runner/inputs.ts';
import type { ActionMetadata } from '../sandbox/runner/metadata.ts';
import { readActionMetadata } from '../sandbox/runner/metadata.ts';
import type { Subject } from './interleave.ts';
import { interleave, median } from './interleave.ts';
import { action, bundle } from './lab.ts';
import type { Row } from './row.ts';

// Nothing of the caller's environment: NODE_EXTRA_CA_CERTS alone makes Node read certificates at the start.
const bareEnvironment = { PATH: process.env['PATH'] };

/** Milliseconds from starting Node until it has ended. */
export const startNode: Subject = () => runInNode('0');

// What any client for HTTPS that also hashes and reads files makes Node load: nothing that a bundle could leave out.
const loadModules: Subject = () => runInNode("['https', 'http', 'crypto', 'os', 'fs', 'path'].forEach(require)");

async function runInNode(script: string): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, ['-e', script], { env: bareEnvironment, stdio: 'ignore' }), 'close');
  return performance.now() - start;
}

/** Measures both moments of the start against `node -e 0`. */
export async function coldStart(rounds: number): Promise<Row[]> {
  const listener = await listen();
  try {
    const samples = await interleave(
      {
        node: startNode,
        modules: loadModules,
        message: untilMessage,
        request: () => listener.untilRequest(action, adminAt),
        token: () => listener.untilRequest(join(action, 'token'), workerAt),
      },
      rounds,
    );
    const node = median(samples.node);
    const row = (name: string, what: string, values: readonly number[], atMost?: number): Row => ({
      row: name,
      what,
      value: median(values),
      unit: 'ms',
      against: { what: 'node -e 0', value: node },
      ratio: median(values) / node,
      ...(atMost === undefined ? {} : { target: { atMost } }),
    });
    return [
      row('1a', 'cold start, until inputs are missed', samples.message, 1.8),
      row('1b', 'cold start, until the first request', samples.request, 2.0),
      row('1c', "Node's own modules for HTTPS alone", samples.modules),
      row('1d', 'cold start of `token`, until the first request', samples.token),
    ];
  } finally {
    listener.close();
  }
}

async function untilMessage(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [bundle], {
    env: { ...bareEnvironment, ...inputVariables({}, readActionMetadata(action)) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  let seen: number | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.includes('`name` is missing')) seen ??= performance.now() - start;
  });
  await once(child, 'close');
  if (seen === undefined) throw new Error(`The bundle did not miss \`name\`, but said:\n${output}`);
  return seen;
}

/** A server that refuses every sign-in, and the time of the first one. */
async function listen(): Promise<{
  untilRequest: (folder: string, inputs: SignIn) => Promise<number>;
  close: () => void;
}> {
  let asked: number | undefined;
  const server = createServer((_, response) => {
    asked ??= performance.now();
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    close: () => server.close(),
    untilRequest: async (folder, inputs) => {
      asked = undefined;
      const metadata = readActionMetadata(folder);
      const start = performance.now();
      const env = { ...bareEnvironment, ...inputVariables(inputs(url), metadata), GITHUB_OUTPUT: '/dev/null' };
      await once(spawn(process.execPath, [join(folder, metadata.runs.main)], { env, stdio: 'ignore' }), 'close');
      // `asked` is set by the server in the meantime, which TypeScript does not see.
      const time = asked as number | undefined;
      if (time === undefined) throw new Error('The bundle sent no request.');
      return time - start;
    },
  };
}

/** The inputs with which an action signs in at a URL. */
type SignIn = (url: string) => Record<string, string>;

const id = '00000000-0000-4000-8000-000000000000';
const secret = 'a-secret-of-the-benchmark';

const adminAt: SignIn = (url) => ({
  name: 'Bench',
  environment: id,
  'admin-client-id': id,
  'admin-client-secret': secret,
  'admin-environment-id': id,
  'api-url': `${url}/v1`,
  'auth-url': url,
});

const workerAt: SignIn = (url) => ({
  'client-id': id,
  'client-secret': secret,
  'environment-id': id,
  'auth-url': url,
});

function inputVariables(given: Readonly<Record<string, string>>, metadata: ActionMetadata): Record<string, string> {
  const inputs = [...resolveInputs(metadata, given).values];
  return Object.fromEntries(inputs.map(([name, value]) => [inputVariable(name), value]));
}
