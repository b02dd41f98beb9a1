// ESM-only packages. They are compiled to CommonJS, like the code of this project.
const esm = '@actions|@octokit|before-after-hook|content-type|jose|json-with-bigint|oauth4webapi|universal-user-agent';

/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.(ts|js|mjs)$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`],
  // The toolkit's packages export to `import` alone, and Jest resolves what compiled code requires.
  moduleNameMapper: {
    '^@actions/expressions$': '<rootDir>/node_modules/@actions/expressions/dist/index.js',
    '^@actions/(core|exec|github|http-client|io)(/.*)?$': '<rootDir>/node_modules/@actions/$1$2',
  },
  // Generous: a busy machine must not fail a test.
  testTimeout: 180_000,
  // The tests wait more than they compute.
  maxWorkers: 4,
};
