import type { ChildProcess } from 'node:child_process';

/** Children that still run. They lead process groups of their own, so a Ctrl-C in the terminal does not reach them. */
const running = new Set<ChildProcess>();

/** Makes sure that the child does not outlive this process. */
export function watchTree(child: ChildProcess): void {
  if (running.size === 0) process.on('exit', killAll);
  running.add(child);
  const forget = (): void => {
    running.delete(child);
    if (running.size === 0) process.off('exit', killAll);
  };
  child.once('close', forget);
  child.once('error', forget);
}

/** Kills the child and its process group. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // Nobody left in the group: what was asked for.
    if (!(Error.isError(error) && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function killAll(): void {
  for (const child of running) killTree(child);
}
