// What a test gets for `@jest/globals` (scripts/jest-file.mjs), which holds types and an error.
export { jestExpect as expect } from '@jest/expect';
export { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'jest-circus';
