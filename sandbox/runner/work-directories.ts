import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Directories } from './environment.ts';
import type { StepOptions } from './step-options.ts';

export interface WorkDirectories extends Directories {
  /** Removes what was made here; directories that the caller gave stay. */
  remove(): void;
}

/** The workspace and RUNNER_TEMP of a step, with the event's payload in a file. */
export function prepareDirectories(options: Pick<StepOptions, 'workspace' | 'temp' | 'event'>): WorkDirectories {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'runner-')));
  const workspace = options.workspace ?? join(root, 'workspace');
  const temp = options.temp ?? join(root, 'temp');
  const eventDirectory = join(temp, '_github_workflow');
  for (const directory of [workspace, eventDirectory]) mkdirSync(directory, { recursive: true });
  const eventPath = join(eventDirectory, 'event.json');
  writeFileSync(eventPath, JSON.stringify(options.event ?? {}));
  return { workspace, temp, eventPath, remove: () => rmSync(root, { recursive: true, force: true }) };
}
