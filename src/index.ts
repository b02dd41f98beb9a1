import { readFileOf } from './inputs/run.ts';
import { main } from './main.ts';
import { runProgram } from './process.ts';

const readFile = readFileOf(process.env['GITHUB_WORKSPACE'] ?? process.cwd());

runProgram(process.env, (dependencies, runner) => main({ ...dependencies, readFile }, runner));
