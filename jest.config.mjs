/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/__tests__/once/environment.mjs',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/strip-types.mjs' },
  reporters: ['default', '<rootDir>/scripts/jest-counts.mjs'],
  testTimeout: 60_000,
  // More than there are cores: most tests wait for a step that runs in a process of its own.
  maxWorkers: 4,
};
