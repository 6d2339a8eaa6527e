// Runs jest and counts from its own result file. Files that failed run once more, alone and in one worker: on two busy
// cores a test file can starve beside another one. Both runs are shown; what fails twice has failed, and what passes
// only the second time is named as flaky.
const { spawnSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, relative } = require('node:path');

const root = join(__dirname, '../..');

function once(config, args, { env, minutes, quiet }) {
  const folder = mkdtempSync(join(tmpdir(), 'result-of-jest-'));
  const out = join(folder, 'result.json');
  const { status, signal } = spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '-c', config, '--json', `--outputFile=${out}`, ...args],
    {
      cwd: root,
      env,
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
      timeout: minutes * 60_000,
    },
  );
  try {
    return { status, result: JSON.parse(readFileSync(out, 'utf8')) };
  } catch {
    // a failure, whatever its exit code says
    const why = signal ? `it was ended after ${minutes} minutes` : `exit ${status}`;
    console.log(`\njest gave no result: ${why}`);
    return { status, result: null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const counts = (files) =>
  files.reduce(
    (sum, { assertionResults }) => {
      for (const { status } of assertionResults) if (status in sum) sum[status] += 1;
      return sum;
    },
    { passed: 0, failed: 0, pending: 0 },
  );
const failedFiles = ({ testResults }) =>
  testResults.filter(({ status }) => !['passed', 'skipped', 'pending', 'focused'].includes(status));
const named = (files) => files.map(({ name }) => relative(root, name));

/** Gives `{ passed, failed, skipped, flaky }`; a file that did not even run counts as one failure. */
function runJest(config, args = [], { env = process.env, minutes = 40, quiet = false } = {}) {
  const first = once(config, args, { env, minutes, quiet });
  if (!first.result) return { passed: 0, failed: 1, skipped: 0, flaky: [] };
  const bad = failedFiles(first.result);
  const good = counts(first.result.testResults.filter((file) => !bad.includes(file)));
  if (bad.length === 0)
    return { passed: good.passed, failed: first.status === 0 ? 0 : 1, skipped: good.pending, flaky: [] };
  console.log(
    `\n${bad.length} test files failed and run once more, alone:\n${named(bad)
      .map((name) => `  ${name}`)
      .join('\n')}`,
  );
  const second = once(config, ['--runInBand', '--runTestsByPath', ...bad.map(({ name }) => name)], {
    env,
    minutes,
    quiet,
  });
  if (!second.result) return { passed: good.passed, failed: bad.length, skipped: good.pending, flaky: [] };
  const again = counts(second.result.testResults);
  const failed = again.failed + second.result.numRuntimeErrorTestSuites;
  const stillBad = named(failedFiles(second.result));
  return {
    passed: good.passed + again.passed,
    failed: failed || (second.status === 0 ? 0 : 1),
    skipped: good.pending + again.pending,
    flaky: named(bad).filter((name) => !stillBad.includes(name)),
  };
}

module.exports = { runJest };
