// Looks into a bundle for what is not in it.
import { isBuiltin } from 'node:module';

/**
 * What ncc could not resolve. It reports success all the same, writes a stub, and only the run in a workflow would fail.
 * @param {string} code
 * @returns {string[]}
 */
export function unresolved(code) {
  const stubs = code.match(/eval\("require"\)\([^)]*\)|webpackEmptyContext|webpackMissingModule/g) ?? [];
  // webpack's way to Node's modules, and esbuild's, which webpack may rename: `(0,chunk/* .__require */ .ki)("net")`.
  const required = code.matchAll(/(?:createRequire\(import\.meta\.url\)|__require(?: \*\/ \.\w+\))?)\("([^"]+)"\)/g);
  const imported = code.matchAll(/^import\b[^"']*["']([^"']+)["'];?$/gm);
  const outside = [...required, ...imported].map(([, name = '']) => name).filter((name) => !isBuiltin(name));
  return [...new Set([...stubs, ...outside])];
}
