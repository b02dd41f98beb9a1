// Jest's transformer: the same type stripping that Node 24 applies when it runs a .ts file, so a test and
// `node sandbox/main.ts` execute the same code. Line and column numbers stay as they are in the source.
import { stripTypeScriptTypes } from 'node:module';

export default { process: (/** @type {string} */ source) => ({ code: stripTypeScriptTypes(source) }) };
