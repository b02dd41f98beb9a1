import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files through which a step talks to the runner, by the variable that names each. */
export const COMMAND_FILE_VARIABLES = {
  output: 'GITHUB_OUTPUT',
  state: 'GITHUB_STATE',
  env: 'GITHUB_ENV',
  path: 'GITHUB_PATH',
  summary: 'GITHUB_STEP_SUMMARY',
} as const;

export type CommandFile = keyof typeof COMMAND_FILE_VARIABLES;

/** What each file held when the phase was over: bytes, so that a test can look at what was really written. */
export type CommandFileContents = Readonly<Record<CommandFile, Buffer>>;

export const COMMAND_FILES = Object.keys(COMMAND_FILE_VARIABLES) as CommandFile[];

/** In RUNNER_TEMP. */
export const COMMAND_FOLDER = '_runner_file_commands';

/** Empty files for one phase: each phase of a step gets its own, as each of a job's steps does. */
export function createCommandFiles(tempDirectory: string, suffix: string): Record<CommandFile, string> {
  const directory = join(tempDirectory, COMMAND_FOLDER);
  mkdirSync(directory, { recursive: true });
  return mapFiles((file) => {
    const path = join(directory, `${file}_${suffix}`);
    writeFileSync(path, '');
    return path;
  });
}

export function readCommandFiles(paths: Readonly<Record<CommandFile, string>>): CommandFileContents {
  return mapFiles((file) => readIfThere(paths[file]));
}

function mapFiles<T>(value: (file: CommandFile) => T): Record<CommandFile, T> {
  return Object.fromEntries(COMMAND_FILES.map((file) => [file, value(file)])) as Record<CommandFile, T>;
}

/** A step may delete its files; the runner then accepts them as empty. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (Error.isError(error) && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
