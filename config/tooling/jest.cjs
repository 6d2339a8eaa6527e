// One jest for unit (*.spec.ts), database (*.db.spec.ts), contract and journey tests. ESM packages are transformed,
// because our own code is CommonJS and jest can not `require` them otherwise.
const esm = [
  '@nestjs',
  '@fastify',
  'cookie',
  'content-disposition',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  'load-esm',
  '@borewit',
  '@tokenizer',
  'es-toolkit',
  'openid-client',
  'oauth4webapi',
  'jose',
  'oidc-provider',
  'uuid',
];
// the aliases stand in tsconfig.json for whoever reads the sources, and in package.json for who runs dist/
const { paths } = require('../../tsconfig.json').compilerOptions;
const aliases = Object.fromEntries(
  Object.entries(paths).map(([alias, [path]]) => [
    `^${alias.replace('*', '([^/]+)')}$`,
    path.replace('./', '<rootDir>/').replace('*', '$1'),
  ]),
);
/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  moduleNameMapper: aliases,
  transform: {
    '^.+\\.[cm]?[tj]sx?$': ['@swc/jest', require('./swc.cjs')],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`],
  setupFiles: ['<rootDir>/test/support/forked-children.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 30_000,
  maxWorkers: 2,
};
