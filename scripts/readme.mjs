// Writes the tables of inputs and outputs in README.md from action.yml. usage: npm run readme
import { readFileSync, writeFileSync } from 'node:fs';
import { withFreshTables } from './readme-tables.mjs';

writeFileSync('README.md', withFreshTables(readFileSync('README.md', 'utf8'), readFileSync('action.yml', 'utf8')));
