/** esbuild's settings for a script in ESM. Packages in CommonJS go on calling require, which ESM has not. */
export const moduleFormat = /** @type {const} */ ({
  bundle: true,
  format: 'esm',
  platform: 'node',
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
});
