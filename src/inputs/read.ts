import { readAddresses } from './addresses.ts';
import { findAdminCredentials } from './admin.ts';
import type { ReadFile } from './icon.ts';
import { readIcon } from './icon.ts';
import { maskCredentials } from './masks.ts';
import { readOverlap } from './overlap.ts';
import type { Problem } from './problems.ts';
import { refusal } from './problems.ts';
import { InputReader } from './reader.ts';
import { environmentOf, runIdentity, whyNoSecrets } from './run.ts';
import { readGitHub, readStore } from './store.ts';
import { readDesired, secretAuthMethods } from './worker.ts';
import type { Settings } from '../settings.ts';

/** What `readSettings` needs from outside. */
export interface InputSources {
  /** The process's environment: inputs arrive as `INPUT_<NAME>`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The payload of the event that started the workflow; undefined where there is none. */
  readonly event: () => unknown;
  /** Reads a file of the workspace. */
  readonly readFile: ReadFile;
  /** Hides a value in the log from now on. */
  readonly mask: (value: string) => void;
}

/**
 * The inputs as one record. Credentials are masked first; then every rule is checked, and all that is wrong comes in
 * one message.
 *
 * @throws ActionError naming each input that is wrong
 */
export function readSettings({ env, event, readFile, mask }: InputSources): Settings {
  const reader = new InputReader(env);
  maskCredentials(reader, mask);

  const method = reader.choice('admin-auth-method', secretAuthMethods);
  const admin = findAdminCredentials(reader.text, reader.variable, method, whyNoSecrets(reader.variable, event));
  const icon = readIcon(reader, readFile);
  const desired = readDesired(reader, icon?.sha256);
  const state = reader.choice('state', ['present', 'absent']) ?? 'present';
  const dryRun = reader.boolean('dry-run', false);
  const environment = reader.required('environment', 'the id or the exact name of the PingOne environment');
  const outputSecret = reader.boolean('output-secret', true);
  const settings = {
    state,
    dryRun,
    desired,
    icon,
    secretOverlapMs: readOverlap(reader),
    teardown: {
      force: reader.boolean('force-delete', false),
      production: reader.boolean('allow-production-delete', false),
    },
    environment: environmentOf(environment),
    ...readAddresses(reader),
    verify: reader.boolean('verify', true),
    maskIds: reader.boolean('mask-ids', true),
    outputSecret,
    gitHub: readGitHub(reader),
    store: readStore(reader, state === 'present' && !dryRun),
    timeoutSeconds: reader.seconds('timeout', 300),
    run: runIdentity(reader.variable),
  };
  // Only then is the secret an output.
  const needsOutputFile = outputSecret && state === 'present' && !dryRun;
  if (needsOutputFile && reader.variable('GITHUB_OUTPUT') === '') reader.problems.push(noOutputFile);
  if (state === 'absent' && desired.rotateSecret) reader.problems.push(rotatesWhatGoes);
  const problems = [...reader.problems, ...('what' in admin ? [admin] : [])];
  if ('what' in admin || problems.length > 0) throw refusal(problems);
  return { ...settings, admin };
}

/** The toolkit prints outputs where the runner gives no file for them, and would print the secret with them. */
const noOutputFile: Problem = {
  what: '`output-secret` is true, but there is no file for outputs (GITHUB_OUTPUT is not set)',
  cause: 'the step does not run on a GitHub runner, or on one older than 2.327.1',
  fix: 'set `output-secret` to false, or run the step on a current runner',
};

const rotatesWhatGoes: Problem = {
  what: '`rotate-secret` is true, and `state` is absent',
  cause: 'inputs of two different jobs were mixed',
  fix: 'leave `rotate-secret` out where `state` is absent',
};
