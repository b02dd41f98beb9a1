import type { SecretFile } from './secret-file.ts';
import { removeSecretFile, secretFileState } from './secret-file.ts';

const outcomes = {
  removed:
    'Removed the file with the client secret for PingDataSync. To keep it after the job, set `datasync-keep: true`.',
  changed: 'Not removed: the file with the client secret for PingDataSync was changed after this action wrote it.',
  gone: 'The file with the client secret for PingDataSync was removed before.',
};

/** Removes the file with the secret, and returns a line for the log. */
async function cleanUp(state: string): Promise<string> {
  // Loaded on use: loading node:crypto takes longer than everything else, and most runs write no file.
  const { createHash } = await import('node:crypto');
  const file = JSON.parse(state) as SecretFile;
  return outcomes[removeSecretFile(file, (content) => createHash('sha256').update(content).digest('hex'))];
}

function warningOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return `::warning title=PingOne Worker App::The file with the client secret for PingDataSync could not be removed (${code}). Remove it from the workspace.`;
}

// The post step. No error of it fails the job.
const state = process.env[`STATE_${secretFileState}`];
if (state) {
  void cleanUp(state)
    .catch(warningOf)
    .then((line) => process.stdout.write(`${line}\n`, () => process.exit(0)));
} else process.exit(0);
