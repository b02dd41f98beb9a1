/** @type {import('jest').Config} */
export default {
  runner: '<rootDir>/scripts/jest-runner.mjs',
  testSequencer: '<rootDir>/scripts/jest-order.mjs',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  reporters: ['default', '<rootDir>/scripts/jest-counts.mjs'],
  testTimeout: 60_000,
  maxWorkers: 4,
};
