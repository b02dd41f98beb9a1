// A runner for jest that has Node run the tests as it runs everything else: its own modules, its own type stripping, no
// realm apart. Jest's runner loads jest and all that a test imports anew for each file, which took a third of the time.
// Several files share a process, so that a test puts back what it changes of it.
import { createJestRunner } from 'create-jest-runner';
import { join } from 'node:path';

export default createJestRunner(join(import.meta.dirname, 'jest-file.mjs'));
