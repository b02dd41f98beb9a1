import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { houseRules, separateTypes } from './scripts/house-rules.mjs';
import { typeErrors } from './scripts/type-errors.mjs';

export default defineConfig(
  { ignores: ['dist/', 'build/', 'coverage/', '__tests__/fixtures/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { project: { rules: { 'type-errors': typeErrors } } },
    rules: {
      'project/type-errors': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 200 }],
      'max-lines-per-function': ['error', { max: 40 }],
      'no-param-reassign': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      // Types by `import('x').T` are what JSDoc and ambient declarations have.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // `import { type X } from` is still an import when types are stripped; `import type` is not.
      'no-restricted-syntax': ['error', separateTypes],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      // A sixth of ESLint's time went to these two, which have nothing to find here: `erasableSyntaxOnly` forbids enums,
      // and what two classes have in common comes from one that both extend.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // Answers and outputs are parsed and then asserted on: a wrong shape fails the test, which is the point.
    files: ['__tests__/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-plus-operands': ['error', { allowAny: true }],
    },
  },
  {
    // JSON.parse and packages without types, in scripts that handle our own files only.
    files: ['**/*.mjs'],
    rules: {
      // The types of these files are checked as well (checkJs), which knows the globals of Node.
      'no-undef': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  houseRules,
);
