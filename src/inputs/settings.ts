// All inputs as one object, and the rules between them.
import { secretAuthMethods } from '../pingone/token.ts';
import type { Settings } from '../settings.ts';
import { delivers } from '../settings.ts';
import { isUuid } from '../text.ts';
import type { ReadFile } from './application.ts';
import { readDesired, readOverlap, rotationProblems } from './application.ts';
import { findAdminCredentials, maskCredentials, maskGivenIds } from './credentials.ts';
import { dataSyncProblems, readDataSync, readGitHub, readStore } from './delivery.ts';
import { readAddresses, readCustomDomain } from './endpoints.ts';
import type { Problem } from './reader.ts';
import { inputError, InputReader } from './reader.ts';
import { outputFileProblems, runIdentity, whyNoSecrets } from './run.ts';

/** The dependencies of `readSettings`. */
export interface InputSources {
  /** The process's environment, which contains inputs as `INPUT_<NAME>`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The payload of the event that started the workflow; undefined if there is none. */
  readonly event: () => unknown;
  /** Reads a file of the workspace. */
  readonly readFile: ReadFile;
  /** Why nothing can be appended to a file; undefined if it can. */
  readonly appendProblem: (path: string) => string | undefined;
  /** For the expiry of assertions. */
  readonly clock: { readonly now: () => number };
  /** Masks a value in the log from now on. */
  readonly mask: (value: string) => void;
}

/**
 * The inputs as one object. Credentials are masked first. Then every rule is checked.
 *
 * @throws ActionError that names each wrong input
 */
export function readSettings({ env, event, readFile, appendProblem, mask, clock }: InputSources): Settings {
  const reader = new InputReader(env);
  maskCredentials(reader, mask);
  maskGivenIds(reader, mask);

  const method = reader.choice('admin-auth-method', secretAuthMethods);
  const addresses = readAddresses(reader);
  const signing = { authUrl: addresses.authUrl, now: clock.now() };
  const noSecrets = whyNoSecrets(reader.variable, event);
  const admin = findAdminCredentials(reader.text, reader.variable, method, noSecrets, signing);
  const mode = readMode(reader);
  const settings = {
    ...mode,
    desired: readDesired(reader, mode.state, readFile),
    secretOverlapMs: readOverlap(reader),
    environment: readEnvironmentInput(reader),
    ...addresses,
    verify: reader.boolean('verify', true),
    maskIds: reader.boolean('mask-ids', true),
    outputSecret: reader.boolean('output-secret', true),
    customDomain: readCustomDomain(reader),
    gitHub: readGitHub(reader),
    store: readStore(reader, delivers(mode)),
    dataSync: readDataSync(reader),
    timeoutSeconds: reader.seconds('timeout', 300),
    run: runIdentity(reader.variable),
  };
  const problems = [
    ...reader.problems,
    ...('what' in admin ? [admin] : []),
    ...dataSyncProblems(settings.dataSync, settings),
    ...outputFileProblems(reader.variable('GITHUB_OUTPUT'), whenNoFile(settings), appendProblem),
    ...rotationProblems(reader, settings),
  ];
  if ('what' in admin || problems.length > 0) throw inputError(problems);
  return { ...settings, admin };
}

/** Without a file the toolkit prints outputs, which the secret must not be. */
function whenNoFile(settings: Pick<Settings, 'state' | 'dryRun' | 'outputSecret'>): Problem | undefined {
  return settings.outputSecret && delivers(settings) ? noOutputFile : undefined;
}

function readMode(reader: InputReader): Pick<Settings, 'state' | 'dryRun' | 'teardown'> {
  return {
    state: reader.choice('state', ['present', 'absent']) ?? 'present',
    dryRun: reader.boolean('dry-run', false),
    teardown: {
      force: reader.boolean('force-delete', false),
      production: reader.boolean('allow-production-delete', false),
    },
  };
}

/** The input `environment`: a UUID is an ID, any other text a name. */
function readEnvironmentInput(reader: InputReader): Settings['environment'] {
  const text = reader.required('environment', 'the ID or the exact name of the PingOne environment');
  return isUuid(text) ? { id: text.toLowerCase() } : { name: text };
}

const noOutputFile: Problem = {
  what: '`output-secret` is `true`, but there is no file for outputs (GITHUB_OUTPUT is not set)',
  cause: 'the step does not run on a GitHub runner, or on one older than 2.327.1',
  fix: 'set `output-secret` to `false`, or run the step on a current runner',
};
