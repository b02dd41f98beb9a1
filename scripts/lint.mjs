// Checks rules (ESLint), layout (Prettier), types (tsc), import directions (dependency-cruiser), and unused files,
// exports and packages (knip). usage: npm run lint [-- --fix]
import { runNode } from './child.mjs';

const fix = process.argv.includes('--fix');
const eslint = ['eslint/bin/eslint.js', '.', '--max-warnings=0', ...(fix ? ['--fix'] : [])];
const prettier = ['prettier/bin/prettier.cjs', '.', '--log-level=warn', fix ? '--write' : '--check'];
const others = [
  ['typescript/bin/tsc', '--noEmit'],
  ['dependency-cruiser/bin/dependency-cruiser.mjs', 'src', 'sandbox', 'bench', 'scripts', '__tests__'],
  ['knip/bin/knip.js'],
];

/** @param {string[]} args */
const run = ([script, ...args]) => runNode([`node_modules/${script}`, ...args]);

const first = run(eslint);
// Both write to the same files.
if (fix) await first;
const ended = await Promise.all([first, ...[prettier, ...others].map(run)]);
for (const { ok, output } of ended) if (!ok) process.stdout.write(output);
if (ended.some(({ ok }) => !ok)) {
  console.log('What to do: `npm run lint -- --fix` repairs what a tool can repair; the rest is yours.');
  process.exitCode = 1;
}
