import type { SecretFile } from './datasync/secret-file.ts';
import { removeSecretFile, secretFileState } from './datasync/secret-file.ts';

const outcomes = {
  removed:
    'Removed the file with the client secret for PingDataSync. To keep it after the job, set `datasync-keep: true`.',
  changed:
    'The file with the client secret for PingDataSync is not the one that this action wrote: it is left in place.',
  gone: 'The file with the client secret for PingDataSync is gone already.',
};

/** The post step: removes the file with the secret if there is one. Whatever happens, the job does not fail. */
async function cleanUp(state: string): Promise<void> {
  // Loading node:crypto takes longer than all the rest, and most runs write no file.
  const { createHash } = await import('node:crypto');
  const file = JSON.parse(state) as SecretFile;
  const outcome = removeSecretFile(file, (content) => createHash('sha256').update(content).digest('hex'));
  process.stdout.write(`${outcomes[outcome]}\n`);
}

const state = process.env[`STATE_${secretFileState}`];
if (state) {
  cleanUp(state).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const text = `The file with the client secret for PingDataSync could not be removed (${code}). Remove it yourself.`;
    process.stdout.write(`::warning::${text}\n`);
  });
}
