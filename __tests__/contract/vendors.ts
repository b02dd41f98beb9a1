import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Document } from './openapi.ts';
import { decideModels } from './pingone-models.ts';
import { root } from '../../scripts/child.mjs';

/** Where PingOne's description lies in the project's CI. It is not ours to ship, so a clone does not have it. */
const besideTheRepository = join(root, '../shared/contract/pingone-worker.openapi.yaml');

/** GitHub's description: a slice that is part of this repository. */
export function readGithubDocument(): Document {
  const file = join(root, '__tests__/fixtures/openapi/github.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Document;
}

/** PingOne's description, or undefined where there is none to check against. */
export function readPingoneDocument(): Document | undefined {
  const file = locatePingone(process.env);
  return file === undefined ? undefined : decideModels(parse(readFileSync(file, 'utf8')) as Document);
}

/** One line for the log of a test run: whether exchanges with PingOne are checked, and if not, why. */
export function pingoneContractStatus(): { readonly checked: boolean; readonly message: string } {
  return locatePingone(process.env) === undefined
    ? { checked: false, message: 'PingOne contract: not checked (no ../shared/contract beside this repository)' }
    : { checked: true, message: 'PingOne contract: checked' };
}

/**
 * The file of PingOne's description, undefined where there is none. `PINGONE_CONTRACT` names another one, which then
 * must exist; with `CONTRACT_REQUIRED=1`, as in CI, a missing file is an error instead of a check less.
 */
export function locatePingone(env: NodeJS.ProcessEnv, usual = besideTheRepository): string | undefined {
  const chosen = env['PINGONE_CONTRACT'];
  const file = chosen || usual;
  if (existsSync(file)) return file;
  if (!chosen && env['CONTRACT_REQUIRED'] !== '1') return undefined;
  throw new Error(
    `PingOne contract: ${chosen ? 'the file that PINGONE_CONTRACT names' : '../shared/contract'} is not there.\n` +
      'Likely cause: the tests run outside the CI that brings it.\n' +
      'What to do: put it there, or unset PINGONE_CONTRACT and CONTRACT_REQUIRED.',
  );
}
