// `npm test`: types, lint, format, structure, unit, database, contract and journey tests. `--fast` (npm run check) leaves
// out what needs a database; `--runs` is what shows that a Node runs the product: unit tests and the journey. Every count comes from the runners' own results; the last line is `N passed, N failed`.
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { runJest } = require('./jest-run.cjs');
const { build, install, root } = require('./prepare.cjs');

const only = process.argv[2];
const total = { passed: 0, failed: 0, flaky: [] };
const began = Date.now();

function count(passed, failed, flaky = []) {
  total.passed += passed;
  total.failed += failed;
  total.flaky.push(...flaky);
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(0)} s`;

async function step(name, work) {
  const since = Date.now();
  console.log(`\n== ${name}`);
  await work();
  console.log(`== ${name}: ${seconds(since)}`);
}

/** Runs a program and gives what it said in one piece: some run side by side. */
function heard(args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('close', (status) => done({ status, output }));
  });
}

// What was looked at before is not looked at again. Lint with types looks again only at files that changed, so a type
// changed elsewhere can slip through here; .ci/run begins without these.
const cache = (tool) => join('node_modules/.cache', tool);
const bin = (path) => join('node_modules', path);
const CHECKS = {
  types: [bin('typescript/bin/tsc'), '--noEmit', '--incremental', '--tsBuildInfoFile', cache('tsc.json'), '-p', '.'],
  lint: [bin('eslint/bin/eslint.js'), '--cache', '--cache-location', cache('eslint/'), 'apps', 'libs', 'test', 'config/tooling'],
  format: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '--cache', '--cache-location', cache('prettier.json'), '.'],
  structure: [
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    ...['--config', 'config/tooling/dependency-cruiser.cjs'],
    ...['--output-type', `plugin:${join(__dirname, 'structure-report.cjs')}`, 'apps', 'libs'],
  ],
}; // prettier-ignore

async function check(name) {
  const since = Date.now();
  const { status, output } = await heard(CHECKS[name]);
  if (status !== 0) console.log(`\n${output.trimEnd()}`);
  console.log(`== ${name}: ${status === 0 ? 'in order' : 'broken'}, ${seconds(since)}`);
  count(status === 0 ? 1 : 0, status === 0 ? 0 : 1);
}

function jest(config, ...args) {
  const { passed, failed, flaky } = runJest(config, args);
  count(passed, failed, flaky);
}

/** The main job; with DATENRAUM_FULL the scenarios of the role concept too. Every step counts, as it is expected word for word. */
async function journey() {
  const part = process.env.DATENRAUM_FULL ? [] : ['--main-job'];
  const { status, output } = await heard(['dist/test/journeys/main-job.js', '--json', ...part]);
  const steps = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const deviating = steps.filter(({ expected, outcome }) => outcome !== expected);
  for (const { step, actor, expected, outcome } of deviating)
    console.log(`  abweichend: ${step} (${actor}): erwartet ${expected}, gesehen ${outcome}`);
  count(steps.length - deviating.length, deviating.length);
  if ((status !== 0 && deviating.length === 0) || steps.length === 0) {
    console.log(output.trimEnd().split('\n').slice(-20).join('\n'));
    count(0, 1);
  }
  console.log(`  ${steps.length - deviating.length} von ${steps.length} Schritten wie erwartet`);
}

async function main() {
  install();
  if (only !== '--runs') {
    console.log(`\n== ${Object.keys(CHECKS).join(', ')}`);
    await Promise.all(Object.keys(CHECKS).map(check));
  }
  if (only) {
    await step('unit', () =>
      jest(
        'config/tooling/jest.cjs',
        '--testPathIgnorePatterns',
        '\\.db\\.spec\\.ts$',
        '<rootDir>/test/(conformance|journeys|faults|contracts)/',
      ),
    );
  }
  if (only !== '--fast') {
    await step('build', build);
    if (!only) await step('tests', () => jest('config/tooling/jest.cjs'));
    await step('journey', journey);
  }
  console.log(`\n== all: ${seconds(began)}`);
  for (const file of total.flaky) console.log(`flaky: ${file} (passed on its second run only)`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

main();
