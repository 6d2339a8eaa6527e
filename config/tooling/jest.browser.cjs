// Browser tests: the built product in one process, people in headless Chromium. `node config/tooling/browser.cjs`
// builds first and installs Chromium where it is missing.
const base = require('./jest.cjs');
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser.ts'],
  // the build forks what is built
  setupFiles: [],
  globalSetup: undefined,
  globalTeardown: undefined,
  testTimeout: 180_000,
  maxWorkers: 1,
};
