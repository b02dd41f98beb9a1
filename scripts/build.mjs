// Builds the action: src/ -> dist/, or another folder. usage: npm run build [-- <folder>]
import { join, resolve } from 'node:path';
import { bundle, writeFolder } from './bundle.mjs';
import { fail, root } from './child.mjs';

const outDir = resolve(root, process.argv[2] ?? 'dist');
const files = await bundle().catch(fail);
writeFolder(outDir, files);
for (const [name, content] of Object.entries(files)) {
  console.log(`${join(outDir, name)}  ${Math.ceil(Buffer.byteLength(content) / 1024)} kB`);
}
