// Loaded into the action by row 5 of the benchmarks (NODE_OPTIONS): adds its peak memory in kB to a file, a line for each
// process, since the post step is one, too. Not the maxRSS of getrusage if that can be avoided: Linux counts what the
// process was before it became Node.
import { appendFileSync, readFileSync } from 'node:fs';

process.on('exit', () => {
  const file = process.env['PEAK_MEMORY_FILE'];
  if (file) appendFileSync(file, `${highWaterMark() ?? process.resourceUsage().maxRSS}\n`);
});

function highWaterMark() {
  try {
    return /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
