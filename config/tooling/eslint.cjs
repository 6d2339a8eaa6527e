const tseslint = require('typescript-eslint');
const regexp = require('eslint-plugin-regexp');
module.exports = tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  regexp.configs['flat/recommended'],
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    // programs that speak to a person at a terminal
    files: ['apps/local/**', 'apps/verify/**', 'apps/migrate/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
);
