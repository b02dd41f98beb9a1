/** The command line's flags. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { faultsSchema } from './faults.ts';
import type { SandboxOptions } from './sandbox.ts';

export const USAGE =
  'usage: sandbox/main.ts [--port N] [--github-port N] [--apps N] [--latency MS] [--rate N] [--faults FILE]';

/** A flag that cannot be understood. */
export class UsageError extends Error {}

function wholeNumber(flag: string, text: string | undefined, minimum: number, maximum: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
  throw new UsageError(`--${flag} must be a whole number from ${minimum} to ${maximum}, not "${text}".`);
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
  const options = { port: string, 'github-port': string, apps: string, latency: string, rate: string, faults: string };
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(Error.isError(error) ? error.message : String(error), { cause: error });
  }
}

export function readOptions(args: readonly string[]): SandboxOptions {
  const values = parse(args);
  const ratePerMinute = wholeNumber('rate', values.rate, 1, 1_000_000);
  return {
    port: wholeNumber('port', values.port, 0, 65_535) ?? 0,
    githubPort: wholeNumber('github-port', values['github-port'], 0, 65_535) ?? 0,
    apps: wholeNumber('apps', values.apps, 0, 99_999) ?? 0,
    latencyMs: wholeNumber('latency', values.latency, 0, 600_000) ?? 0,
    ...(ratePerMinute === undefined ? {} : { ratePerMinute }),
    faults: faultsFrom(values.faults),
  };
}
