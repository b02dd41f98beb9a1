// Checks, in a step that follows the action's, what it handed on: its outputs, and what GitHub's side of the sandbox
// holds. usage: npm run sandbox:check
//   OUTPUTS     the outputs of the step, as `toJSON` writes them
//   RESULT      what the output `result` has to be
//   REPOSITORY  the sandbox's repository that the credentials were stored in
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { SandboxControl } from '../demo/control.ts';
import { fetchToken, findStoredCredentials } from '../demo/stored-credentials.ts';

/** Those that are empty after a run that rotates nothing and writes no files. */
const MAY_BE_EMPTY = ['previous-secret-expires-at', 'previous-secret-last-used'];

const metadataSchema = z.object({ outputs: z.record(z.string(), z.unknown()) });

/** What is wrong with the outputs, one line each. No value is shown. */
function outputProblems(outputs: Readonly<Record<string, string>>, result: string): string[] {
  const metadata: unknown = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8'));
  const declared = Object.keys(metadataSchema.parse(metadata).outputs);
  const empty = declared.filter((name) => !MAY_BE_EMPTY.includes(name) && !outputs[name]);
  return [
    ...empty.map((name) => `the output ${name} is empty`),
    ...(outputs['result'] === result ? [] : [`the result is ${String(outputs['result'])}, not ${result}`]),
  ];
}

/** The stored credentials are those of the outputs, and get a token. */
async function storedProblems(outputs: Readonly<Record<string, string>>, repository: string): Promise<string[]> {
  const stored = findStoredCredentials(await new SandboxControl(outputs['api-url'] ?? '').storedSecrets(), repository);
  await fetchToken(outputs['auth-url'] ?? '', stored);
  const pairs = [
    ['client-id', stored.clientId],
    ['client-secret', stored.clientSecret],
    ['environment-id', stored.environmentId],
  ] as const;
  return pairs.filter(([name, value]) => outputs[name] !== value).map(([name]) => `what is stored is not ${name}`);
}

const { OUTPUTS = '{}', RESULT = '', REPOSITORY = '' } = process.env;
const outputs = z.record(z.string(), z.string()).parse(JSON.parse(OUTPUTS));
const problems = [...outputProblems(outputs, RESULT), ...(await storedProblems(outputs, REPOSITORY))];
process.stdout.write(problems.length === 0 ? `ok: ${RESULT}, stored, and a token\n` : `${problems.join('\n')}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
