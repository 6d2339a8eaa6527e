// Heavier suites that start other programs: faults (kill -9). Run by .ci/run.
const base = require('./jest.cjs');
module.exports = {
  ...base,
  testMatch: ['**/*.fault.ts'],
  roots: ['<rootDir>/test/faults'],
  testTimeout: 180_000,
  maxWorkers: 1,
};
