import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND_FOLDER } from './command-files.ts';
import type { Directories } from './environment.ts';
import type { StepOptions } from './step-options.ts';

export interface WorkDirectories extends Directories {
  /** Removes what was made here; directories that the caller gave stay. */
  remove(): void;
}

const EVENT_FOLDER = '_github_workflow';

/** The workspace and RUNNER_TEMP of a step, with the event's payload in a file. */
export function prepareDirectories(options: Pick<StepOptions, 'workspace' | 'temp' | 'event'>): WorkDirectories {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'runner-')));
  const workspace = options.workspace ?? join(root, 'workspace');
  const temp = options.temp ?? join(root, 'temp');
  const eventDirectory = join(temp, EVENT_FOLDER);
  for (const directory of [workspace, eventDirectory]) mkdirSync(directory, { recursive: true });
  const eventPath = join(eventDirectory, 'event.json');
  writeFileSync(eventPath, JSON.stringify(options.event ?? {}));
  return { workspace, temp, eventPath, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Folders that are not the step's: the runner's own, and what is too much to be looked through. */
const NOT_THE_STEPS = new RegExp(`(^|[/\\\\])(${EVENT_FOLDER}|${COMMAND_FOLDER}|\\.git|node_modules)([/\\\\]|$)`);
// Time stamps of files are a little behind the clock of the process.
const STAMP_LAG_MS = 20;

/** The files in the workspace and in RUNNER_TEMP that were written since a moment, by path, with what they hold. */
export function filesWritten({ workspace, temp }: Directories, sinceMs: number): ReadonlyMap<string, string> {
  const paths = [workspace, temp].flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !NOT_THE_STEPS.test(path.slice(root.length))),
  );
  const written = paths.filter((path) => statSync(path).mtimeMs >= sinceMs - STAMP_LAG_MS);
  return new Map(written.map((path) => [path, readFileSync(path, 'utf8')]));
}
