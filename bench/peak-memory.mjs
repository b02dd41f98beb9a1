// Loaded into the action by row 5 of the benchmarks (NODE_OPTIONS): writes its peak memory in kB into a file. It avoids
// maxRSS of getrusage if possible, because Linux includes the memory of the process before it started Node.
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
