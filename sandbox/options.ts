/** The command line's flags. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { faultsSchema } from './faults.ts';
import { withoutNulls } from './json.ts';
import type { SandboxOptions } from './sandbox.ts';

export const USAGE = `usage: npm run --silent sandbox -- [options]

Starts local simulators of PingOne and GitHub, prints one line of JSON with their addresses and
credentials, and runs until SIGINT or SIGTERM. Ports default to free ones.

It ends with the shell that started it. To keep it running (on macOS with nohup instead of
setsid), and to stop it later:

  setsid npm run --silent sandbox > /tmp/sandbox.json &
  kill "$(node -p "require('/tmp/sandbox.json').pid")"

  --port N          port of PingOne
  --auth-port N     separate port for PingOne's sign-in; 0 for a free one
  --github-port N   port of GitHub
  --apps N          N more applications in the environment Sandbox
  --latency MS      delay of each response; a new connection costs twice that in addition
  --rate N          requests per minute and address, then 429
  --github-rate N   content-creating requests to GitHub per minute, then 403
  --faults FILE     JSON list of faults, in the format of POST /__sandbox/faults
  --help            show this help
`;

/** A flag that is not valid. */
export class UsageError extends Error {}

function wholeNumber(flag: string, text: string | undefined, minimum: number, maximum: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
  throw new UsageError(`--${flag} must be a whole number from ${minimum} to ${maximum}; got "${text}".`);
}

function faultsFrom(file: string | undefined): unknown {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--faults: ${file} cannot be read.`, { cause: error });
  }
  let faults: unknown;
  try {
    faults = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--faults: ${file} is not JSON.`, { cause: error });
  }
  const { error } = faultsSchema.safeParse(faults);
  if (error) throw new UsageError(`--faults: ${file} is not a list of faults:\n${z.prettifyError(error)}`);
  return faults;
}

function parse(args: readonly string[]) {
  const string = { type: 'string' } as const;
  const options = {
    port: string,
    'auth-port': string,
    'github-port': string,
    apps: string,
    latency: string,
    rate: string,
    'github-rate': string,
    faults: string,
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(Error.isError(error) ? error.message : String(error), { cause: error });
  }
}

/** The options; undefined if the flags ask for help. */
export function readOptions(args: readonly string[]): SandboxOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const optional = {
    authPort: wholeNumber('auth-port', values['auth-port'], 0, 65_535),
    ratePerMinute: wholeNumber('rate', values.rate, 1, 1_000_000),
    githubRatePerMinute: wholeNumber('github-rate', values['github-rate'], 1, 1_000_000),
  };
  return {
    ...withoutNulls(optional),
    port: wholeNumber('port', values.port, 0, 65_535) ?? 0,
    githubPort: wholeNumber('github-port', values['github-port'], 0, 65_535) ?? 0,
    apps: wholeNumber('apps', values.apps, 0, 99_999) ?? 0,
    latencyMs: wholeNumber('latency', values.latency, 0, 600_000) ?? 0,
    faults: faultsFrom(values.faults),
  };
}
