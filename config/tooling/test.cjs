// `npm test`: types, lint, structure, unit, database, contract and journey tests. `--fast` (npm run check) leaves out
// what needs a database. Every count comes from the runners' own results; the last line is `N passed, N failed`.
const { spawnSync } = require('node:child_process');
const { runJest } = require('./jest-run.cjs');
const { build, install, root, run } = require('./prepare.cjs');

const fast = process.argv.includes('--fast');
install();
const total = { passed: 0, failed: 0 };
const count = (passed, failed) => {
  total.passed += passed;
  total.failed += failed;
};
const node = (...args) => run(process.execPath, args);

function step(name, work) {
  const since = Date.now();
  console.log(`\n== ${name}`);
  work();
  console.log(`== ${name}: ${((Date.now() - since) / 1000).toFixed(0)} s`);
}

const oneCheck = (status) => count(status === 0 ? 1 : 0, status === 0 ? 0 : 1);

function jest(config, ...args) {
  const { passed, failed } = runJest(config, args);
  count(passed, failed);
}

function journey() {
  const { stdout, status } = spawnSync(process.execPath, ['dist/test/journeys/main-job.js', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  const steps = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const held = steps.filter(({ expected, outcome }) => outcome === expected).length;
  for (const { step, actor, expected, outcome } of steps.filter((line) => line.outcome !== line.expected))
    console.log(`  abweichend: ${step} (${actor}): erwartet ${expected}, gesehen ${outcome}`);
  count(held, steps.length - held);
  if ((status !== 0 && held === steps.length) || steps.length === 0) count(0, 1);
  console.log(`  ${held} von ${steps.length} Schritten wie erwartet`);
}

step('types', () => oneCheck(node('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json')));
step('lint', () =>
  oneCheck(
    node(
      'node_modules/eslint/bin/eslint.js',
      '-c',
      'config/tooling/eslint.cjs',
      'apps',
      'libs',
      'test',
      'config/tooling',
    ),
  ),
);
step('structure', () =>
  oneCheck(
    node(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      'config/tooling/dependency-cruiser.cjs',
      'apps',
      'libs',
    ),
  ),
);
if (fast) {
  step('unit', () =>
    jest(
      'config/tooling/jest.cjs',
      '--testPathIgnorePatterns',
      '\\.db\\.spec\\.ts$',
      '<rootDir>/test/(conformance|journeys|faults|contracts)/',
    ),
  );
} else {
  step('build', build);
  step('tests', () => jest('config/tooling/jest.cjs'));
  step('journey', journey);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
