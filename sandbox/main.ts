/** The sandbox as a process: one line of JSON on stdout when it is ready, then it runs until SIGINT or SIGTERM. */
import { readOptions, USAGE, UsageError } from './options.ts';
import type { SandboxOptions } from './sandbox.ts';
import { startSandbox } from './sandbox.ts';

function options(): SandboxOptions {
  try {
    const given = readOptions(process.argv.slice(2));
    if (given) return given;
    process.stdout.write(USAGE);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${USAGE}\n`);
    process.exit(2);
  }
}

// Open connections must not hold the process: whoever started it wants it gone.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));

try {
  const { ready } = await startSandbox(options());
  process.stdout.write(`${JSON.stringify(ready)}\n`);
} catch (error) {
  process.stderr.write(`The sandbox did not start: ${Error.isError(error) ? error.message : String(error)}\n`);
  process.exit(1);
}
