import type { ActionError } from '../../src/errors.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import type { Settings } from '../../src/settings.ts';

/** Values of inputs and, in capitals, of environment variables; undefined takes one away. */
export type Given = Readonly<Record<string, string | undefined>>;

/** The least that a step has to be given. */
export const least: Given = {
  name: 'PingDataSync',
  environment: 'Sandbox',
  'admin-client-id': 'an-id',
  'admin-client-secret': 'a~secret',
  'admin-environment-id': '11111111-1111-4111-8111-111111111111',
  GITHUB_OUTPUT: '/dev/null',
  GITHUB_REPOSITORY: 'octo/sync',
};

/** A step's environment, in which inputs arrive as `INPUT_<NAME>` with their dashes. */
export function environmentFor(given: Given): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      /^[A-Z_]+$/.test(name) ? name : `INPUT_${name.toUpperCase()}`,
      value,
    ]),
  );
}

/** What the least and these values come to. */
export function settingsFor(
  given: Given = {},
  event?: unknown,
  mask: (value: string) => void = () => undefined,
): Settings {
  const env = environmentFor({ ...least, ...given });
  const files = { readFile: () => ({ unreadable: 'missing' }) as const, appendProblem: () => undefined };
  return readSettings({ env, event: () => event, ...files, mask, clock: Date });
}

/** The three parts of the message with which these values are refused. */
export function refusalFor(given: Given, event?: unknown): ActionError['explanation'] {
  try {
    settingsFor(given, event);
  } catch (error) {
    return (error as ActionError).explanation;
  }
  throw new Error('nothing was refused');
}
