import { getToken } from './get-token.ts';
import { runProgram } from './process.ts';

runProgram(process.env, getToken);
