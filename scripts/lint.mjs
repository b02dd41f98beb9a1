// ESLint (eslint.config.mjs) and Prettier over the whole project; any finding fails. usage: npm run lint [-- --fix]
import { runNode } from './child.mjs';

const fix = process.argv.includes('--fix');
const eslint = ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0', ...(fix ? ['--fix'] : [])];
const prettier = ['node_modules/prettier/bin/prettier.cjs', '.', '--log-level=warn', fix ? '--write' : '--check'];

// Side by side when they only read; one after the other when both write the same files.
const first = runNode(eslint);
if (fix) await first;
const ended = await Promise.all([first, runNode(prettier)]);
for (const { output } of ended) process.stdout.write(output);
if (ended.some(({ ok }) => !ok)) {
  console.log('What to do: `npm run lint -- --fix` repairs layout and what else a tool can; the rest is yours.');
  process.exitCode = 1;
}
