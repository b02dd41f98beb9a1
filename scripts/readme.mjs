// Writes the tables of inputs and outputs in docs/inputs.md from action.yml. usage: npm run readme
import { readFileSync, writeFileSync } from 'node:fs';
import { withFreshTables } from './readme-tables.mjs';

const page = 'docs/inputs.md';
writeFileSync(page, withFreshTables(readFileSync(page, 'utf8'), readFileSync('action.yml', 'utf8')));
