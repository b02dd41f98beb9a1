// Reads the inputs of every broken rule, in a thread of its own, and says what of the code V8 came by. In a thread, since
// V8 counts by branches only what it compiles from then on, and it compiles a function when it is first called.
import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';
import { rmSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { readSettings } from '../../src/inputs/read.ts';
import { readTokenSettings } from '../../src/inputs/token.ts';
import { brokenTokenRules, leastForToken } from './broken-token-rules.ts';
import { brokenAppend, brokenRules, brokenWorkspace, readBrokenFile } from './broken-rules.ts';
import { environmentFor, least } from './settings.ts';

export interface Coverage {
  readonly scripts: readonly Profiler.ScriptCoverage[];
  /** For each rule of the table, the message that the inputs got; undefined where they were taken. */
  readonly messages: readonly (string | undefined)[];
}

async function measure(): Promise<Coverage> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const workspace = brokenWorkspace();
  const messages = brokenRules.map(([given]) => {
    const env = environmentFor({ ...least, GITHUB_WORKSPACE: workspace, ...given });
    try {
      readSettings({
        env,
        event: () => undefined,
        readFile: readBrokenFile,
        appendProblem: brokenAppend,
        mask: () => undefined,
        clock: Date,
      });
      return undefined;
    } catch (error) {
      return String(error);
    }
  });
  const tokenMessages = brokenTokenRules.map(([given]) => {
    const env = environmentFor({ ...leastForToken, ...given });
    try {
      readTokenSettings({ env, event: () => undefined, appendProblem: brokenAppend, mask: () => undefined });
      return undefined;
    } catch (error) {
      return String(error);
    }
  });
  rmSync(workspace, { recursive: true });
  const { result: scripts } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  return { scripts, messages: [...messages, ...tokenMessages] };
}

parentPort?.postMessage(await measure());
