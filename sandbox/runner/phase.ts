import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CommandFileContents } from './command-files.ts';
import { COMMAND_FILES, COMMAND_FILE_VARIABLES, createCommandFiles, readCommandFiles } from './command-files.ts';
import { CommandProcessor } from './command-processor.ts';
import type { Environment, EnvironmentOverrides } from './environment.ts';
import { mergeEnvironment, prependPath } from './environment.ts';
import type { Conclusion, Phase, Stream } from './events.ts';
import { applyCommandFiles } from './file-effects.ts';
import { inputVariable } from './inputs.ts';
import { splitOneStream } from './one-stream.ts';
import type { GracePeriods, ProcessResult, RunningProcess, StartProcess } from './process.ts';
import type { StepState } from './state.ts';
import { setOutput } from './state.ts';

/** What stays the same over the phases of a step. */
export interface PhaseSettings {
  readonly actionDirectory: string;
  readonly workspace: string;
  readonly temp: string;
  readonly node: string;
  readonly startProcess: StartProcess;
  readonly inputs: ReadonlyMap<string, string>;
  readonly defaults: Environment;
  readonly env: EnvironmentOverrides;
  readonly oneStream: boolean;
  readonly timeoutMs: number;
  readonly graceMs: GracePeriods;
  readonly onLine: (text: string, stream: Stream) => void;
}

/** One process of a step, when it is over. */
export interface PhaseResult extends ProcessResult {
  readonly phase: Phase;
  readonly conclusion: Conclusion;
  readonly files: CommandFileContents;
  /** The step summary as GitHub shows it; undefined when there is none or it is too large. */
  readonly summary: string | undefined;
}

export interface RunningPhase extends Pick<RunningProcess, 'cancel' | 'send'> {
  readonly result: Promise<PhaseResult>;
}

/** Starts `pre`, `main` or `post`: a Node process without arguments, in the workspace. */
export function startPhase(phase: Phase, script: string, settings: PhaseSettings, state: StepState): RunningPhase {
  const { log } = state;
  log.record({ kind: 'phase', phase });
  log.commandFailed = false;
  const paths = createCommandFiles(settings.temp, `${phase}_${randomUUID()}`);
  const processor = new CommandProcessor(log);
  const running = settings.startProcess({
    command: settings.node,
    args: [join(settings.actionDirectory, script)],
    cwd: settings.workspace,
    env: phaseEnvironment(settings, state, paths),
    stdoutFile: settings.oneStream ? paths.output : undefined,
    timeoutMs: settings.timeoutMs,
    graceMs: settings.graceMs,
    onLine: (text, stream) => {
      processor.process(text, stream);
      settings.onLine(text, stream);
    },
  });
  const finish = (ended: ProcessResult): PhaseResult => {
    const files = readCommandFiles(paths);
    if (settings.oneStream) readOneStream(files.output.toString(), processor, state);
    log.debug(`Node Action run completed with exit code ${ended.exitCode}`);
    if (ended.timedOut) log.issue('error', `The step was killed after ${settings.timeoutMs} ms.`);
    const summary = applyCommandFiles(settings.oneStream ? { ...files, output: Buffer.alloc(0) } : files, state);
    const stdout = settings.oneStream ? files.output : ended.stdout;
    return { ...ended, stdout, phase, files, summary, conclusion: conclude(ended, log.commandFailed) };
  };
  return { ...running, result: running.result.then(finish) };
}

/** A cancelled step counts as cancelled with any exit code, unless it ended before the signal. */
function conclude({ cancelled, exitCode }: ProcessResult, commandFailed: boolean): Conclusion {
  if (cancelled) return 'cancelled';
  return exitCode === 0 && !commandFailed ? 'success' : 'failure';
}

function readOneStream(text: string, processor: CommandProcessor, state: StepState): void {
  for (const item of splitOneStream(text)) {
    if (item.kind === 'line') processor.process(item.text, 'stdout');
    else setOutput(state, item.name, item.value);
  }
}

function phaseEnvironment(settings: PhaseSettings, state: StepState, paths: Record<string, string>): Environment {
  const merged = mergeEnvironment(
    settings.defaults,
    Object.fromEntries(COMMAND_FILES.map((file) => [COMMAND_FILE_VARIABLES[file], paths[file]])),
    Object.fromEntries(state.env),
    settings.env,
    Object.fromEntries([...settings.inputs].map(([name, value]) => [inputVariable(name), value])),
    Object.fromEntries([...state.saved].map(([name, value]) => [`STATE_${name}`, value])),
  );
  return { ...merged, PATH: prependPath(state.path, merged['PATH'] ?? '') };
}
