import type { SecretFile } from './secret-file.ts';
import { removeSecretFile, secretFileState } from './secret-file.ts';

const outcomes = {
  removed:
    'Removed the file with the client secret for PingDataSync. To keep it after the job, set `datasync-keep: true`.',
  changed:
    'The file with the client secret for PingDataSync is not the one that this action wrote: it is left in place.',
  gone: 'The file with the client secret for PingDataSync is gone already.',
};

/** Removes the file with the secret, and tells what became of it. */
async function cleanUp(state: string): Promise<string> {
  // Loading node:crypto takes longer than all the rest, and most runs write no file.
  const { createHash } = await import('node:crypto');
  const file = JSON.parse(state) as SecretFile;
  return outcomes[removeSecretFile(file, (content) => createHash('sha256').update(content).digest('hex'))];
}

function warningOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return `::warning title=PingOne Worker App::The file with the client secret for PingDataSync could not be removed (${code}). Remove it yourself.`;
}

// The post step. Whatever happens, and whatever else runs in this process, the job does not fail.
const state = process.env[`STATE_${secretFileState}`];
if (state) {
  void cleanUp(state)
    .catch(warningOf)
    .then((line) => process.stdout.write(`${line}\n`, () => process.exit(0)));
} else process.exit(0);
