const { join } = require('node:path');
const tseslint = require('typescript-eslint');
const regexp = require('eslint-plugin-regexp');
module.exports = tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  regexp.configs['flat/recommended'],
  {
    files: ['**/*.ts', '**/*.tsx'],
    // the rules below that need types read them as the compiler does
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: join(__dirname, '../..') } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.name="Inject"] > Identifier.arguments[name=/^[A-Z][a-z]/]',
          message: 'A class is injected by its type; @Inject is for tokens (config/decisions/0004).',
        },
      ],
    },
  },
  {
    files: ['api', 'gateway', 'portal'].map((app) => `apps/${app}/**/*.controller.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '#lib/kernel',
              importNames: ['UnitOfWork'],
              message: 'A controller opens no transaction: call a service of the stage (config/decisions/0001).',
            },
          ],
        },
      ],
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    // programs that speak to a person at a terminal
    files: ['apps/local/**', 'apps/verify/**', 'apps/migrate/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
);
