import type { CommandFileContents } from './command-files.ts';
import { parseKeyValues } from './key-values.ts';
import { splitLines } from './lines.ts';
import type { StepState } from './state.ts';
import { setOutput } from './state.ts';
import { publishSummary } from './summary.ts';

/**
 * Does what a phase's command files say, and returns the summary as GitHub shows it. A file that cannot be read fails
 * the step, and the others still count. Source: actions/runner, src/Runner.Worker/FileCommandManager.cs.
 */
export function applyCommandFiles(files: CommandFileContents, state: StepState): string | undefined {
  attempt('path', state, () => splitLines(decode(files.path)).forEach((line) => addPath(state, line)));
  attempt('env', state, () => forEachPair(files.env, (name, value) => setEnv(state, name, value)));
  attempt('state', state, () => forEachPair(files.state, (name, value) => saveState(state, name, value)));
  attempt('output', state, () => forEachPair(files.output, (name, value) => setOutput(state, name, value)));
  return publishSummary(files.summary, state.log);
}

function attempt(file: string, { log }: StepState, apply: () => void): void {
  try {
    apply();
  } catch (error) {
    log.failCommand(`file command '${file}'`, Error.isError(error) ? error.message : String(error));
  }
}

function forEachPair(content: Buffer, apply: (name: string, value: string) => void): void {
  for (const [name, value] of parseKeyValues(decode(content))) apply(name, value);
}

function decode(content: Buffer): string {
  return new TextDecoder().decode(content);
}

function addPath({ log, path }: StepState, value: string): void {
  if (value === '') return;
  const known = path.indexOf(value);
  if (known >= 0) path.splice(known, 1);
  path.push(value);
  log.record({ kind: 'path', value });
}

function setEnv({ log, env }: StepState, name: string, value: string): void {
  if (name.toUpperCase() === 'NODE_OPTIONS') {
    log.issue('error', `Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.`);
    return;
  }
  env.set(name, value);
  log.record({ kind: 'env', name, value });
  log.debug(`${name}='${value}'`);
}

function saveState({ log, saved }: StepState, name: string, value: string): void {
  saved.set(name, value);
  log.record({ kind: 'state', name, value });
  log.debug(`Save intra-action state ${name} = ${value}`);
}
