// Loaded into the action by row 5 of the benchmarks (NODE_OPTIONS): writes its peak memory in kB into a file. Not the
// maxRSS of getrusage where that can be avoided: Linux counts into it what the process was before it became Node.
import { readFileSync, writeFileSync } from 'node:fs';

process.on('exit', () => {
  const file = process.env['PEAK_MEMORY_FILE'];
  if (file) writeFileSync(file, String(highWaterMark() ?? process.resourceUsage().maxRSS));
});

function highWaterMark() {
  try {
    return /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
