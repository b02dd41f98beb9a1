/** A fault's regular expression comes from outside and may backtrack for ever: it gets a time limit. */
import { createContext, Script } from 'node:vm';

/** So long that a busy machine does not fail an honest expression. */
const LIMIT_MS = 2_000;

const sandbox = createContext({ source: '', text: '' });
const script = new Script('new RegExp(source).test(text)');

/** Whether the expression matches; undefined if it was still undecided when its time was over. */
export function matchesExpression(source: string, text: string): boolean | undefined {
  Object.assign(sandbox, { source, text });
  try {
    return script.runInContext(sandbox, { timeout: LIMIT_MS }) === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
