import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ActionError } from './errors.ts';
import { explained } from './errors.ts';
import type { Runner } from './github/runner.ts';
import { readSettings } from './inputs/settings.ts';
import { connect, logSettings } from './run/connect.ts';
import type { Dependencies, RunContext } from './run/context.ts';
import { createRunContext, runnerOf } from './run/context.ts';
import { progressAdvice } from './run/progress.ts';
import type { Settings } from './settings.ts';
import { inline, sentenceList } from './text.ts';

/**
 * Loads the rest of the program while the step waits for the sign-in (docs/performance.md). First, Node needs some turns
 * of its event loop to open the connection and to send the request.
 */
async function loadTheRest(): Promise<typeof import('./run/run.ts')> {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  return import('./run/run.ts');
}

/**
 * The whole step, from inputs to outputs. Never throws: a failure is explained and fails the step.
 *
 * @param dependencies everything outside of the program: environment, toolkit, files, network, clock, signals
 * @param runner knows the credentials of this run from here on, also for what is told outside of this function
 */
export async function main(dependencies: Dependencies, runner: Runner = runnerOf(dependencies)): Promise<void> {
  let run: RunContext | undefined;
  const ended = new AbortController();
  try {
    const settings = readSettings({ ...dependencies, mask: runner.mask });
    run = createRunContext(dependencies, runner, settings);
    logSettings(run);

    const opened = run;
    const connecting = connect(opened);
    dependencies.transport.connectAhead?.(settings.apiUrl, connectionsAhead(settings), ended.signal);
    const carrying = loadTheRest().then(({ run }) => run(opened, connecting));
    const [outputs] = await Promise.all([carrying, connecting]);
    setOutputs(runner, outputs, settings.dryRun);
  } catch (error) {
    const failure = explained(error);
    if (Error.isError(failure.cause)) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    const noted = failure.withAdvice(cancelNote(failure, dependencies));
    runner.fail(noted.withAdvice(run ? progressAdvice(run.progress) : '').message);
    dependencies.abortPending();
    const { reportFailure } = await import('./run/run.ts');
    reportFailure({ runner, env: dependencies.env }, failure, run);
  } finally {
    ended.abort();
  }
}

/** For a request that failed for another reason after the step was cancelled. */
function cancelNote({ message }: ActionError, { interruption }: Dependencies): string {
  if (!interruption.requested.aborted || message.includes('The step was cancelled')) return '';
  return 'The step was also cancelled.';
}

// After the sign-in three requests go out side by side. Then either four, as soon as the list of applications is there,
// when another of the three may still be under way; or two that create, which do not use a connection again
// (`Connections`).
const requestsAtOnce = 5;

/** How many connections to open during the sign-in, which has its own connection. */
function connectionsAhead({ apiUrl, authUrl }: Settings): number {
  return new URL(apiUrl).origin === new URL(authUrl).origin ? requestsAtOnce - 1 : requestsAtOnce;
}

/** The secret comes last: if writing the outputs fails, it is not set. */
function setOutputs(
  runner: Runner,
  { 'client-secret': secret, ...others }: Readonly<Record<string, string>>,
  isPlan: boolean,
): void {
  const outputs = { ...others, ...(secret === undefined ? {} : { 'client-secret': secret }) };
  try {
    for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  } catch (error) {
    throw explained(error).withAdvice(whatIsDone(others, isPlan));
  }
}

function whatIsDone(outputs: Readonly<Record<string, string>>, isPlan: boolean): string {
  if (isPlan) return 'This was a dry run: nothing was changed.';
  const targets = (JSON.parse(outputs['stored'] ?? '[]') as readonly { target: string }[]).map(({ target }) => target);
  const files = JSON.parse(outputs['datasync-files'] ?? '[]') as readonly string[];
  const stored = [...targets, ...(files.length > 0 ? ['the files for PingDataSync'] : [])];
  return [
    `Everything else is done (result: \`${outputs['result'] ?? ''}\`).`,
    stored.length > 0 ? `The credentials are in ${sentenceList(stored.map((target) => inline(target, 100)))}.` : '',
    outputs['secret-rotated'] === 'true'
      ? `The secret was rotated${stored.length > 0 ? '' : '. The new secret is not stored yet; the next run reads it'}.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}
