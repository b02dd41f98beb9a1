import { readAddresses } from './addresses.ts';
import { findAdminCredentials } from './admin.ts';
import { dataSyncProblems, readCustomDomain, readDataSync } from './datasync.ts';
import { maskCredentials } from './masks.ts';
import type { Problem } from './problems.ts';
import { refusal } from './problems.ts';
import { InputReader } from './reader.ts';
import { environmentOf, runIdentity, whyNoSecrets } from './run.ts';
import { readStore } from './store.ts';
import { readDesired, secretAuthMethods } from './worker.ts';
import type { Settings } from '../settings.ts';

/** What `readSettings` needs from outside. */
export interface InputSources {
  /** The process's environment: inputs arrive as `INPUT_<NAME>`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The payload of the event that started the workflow; undefined where there is none. */
  readonly event: () => unknown;
  /** Hides a value in the log from now on. */
  readonly mask: (value: string) => void;
}

/**
 * The inputs as one record. Credentials are masked first; then every rule is checked, and all that is wrong comes in
 * one message.
 *
 * @throws ActionError naming each input that is wrong
 */
export function readSettings({ env, event, mask }: InputSources): Settings {
  const reader = new InputReader(env);
  maskCredentials(reader, mask);

  const method = reader.choice('admin-auth-method', secretAuthMethods);
  const admin = findAdminCredentials(reader.text, reader.variable, method, whyNoSecrets(reader.variable, event));
  const desired = readDesired(reader);
  const environment = reader.required('environment', 'the id or the exact name of the PingOne environment');
  const outputSecret = reader.boolean('output-secret', true);
  const settings = {
    desired,
    environment: environmentOf(environment),
    ...readAddresses(reader),
    verify: reader.boolean('verify', true),
    maskIds: reader.boolean('mask-ids', true),
    outputSecret,
    customDomain: readCustomDomain(reader),
    store: readStore(reader),
    dataSync: readDataSync(reader),
    timeoutSeconds: reader.seconds('timeout', 300),
    run: runIdentity(reader.variable),
  };
  const problems = [
    ...reader.problems,
    ...('what' in admin ? [admin] : []),
    ...outputProblem(reader, outputSecret),
    ...dataSyncProblems(settings.dataSync, settings),
  ];
  if ('what' in admin || problems.length > 0) throw refusal(problems);
  return { ...settings, admin };
}

/** The toolkit prints outputs where the runner gives no file for them, and would print the secret with them. */
function outputProblem(reader: InputReader, outputSecret: boolean): Problem[] {
  if (!outputSecret || reader.variable('GITHUB_OUTPUT') !== '') return [];
  return [
    {
      what: '`output-secret` is true, but there is no file for outputs (GITHUB_OUTPUT is not set)',
      cause: 'the step does not run on a GitHub runner, or on one older than 2.327.1',
      fix: 'set `output-secret` to false, or run the step on a current runner',
    },
  ];
}
