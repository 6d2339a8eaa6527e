// See .ci/run. Each part is bounded in time; none is silently left out.
const { spawnSync } = require('node:child_process');
const { existsSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { delimiter, join } = require('node:path');
const { runJest } = require('./jest-run.cjs');
const { build, install, root } = require('./prepare.cjs');

const total = { passed: 0, failed: 0, flaky: [] };
const left = [];
// what is kept short in `npm test` has its full size here, and nothing is remembered from the run before
const env = { ...process.env, DATENRAUM_FULL: '1' };
const data = join(root, '../shared/data');
if (!env.DATENRAUM_TESTDATA && existsSync(data)) env.DATENRAUM_TESTDATA = data;

// the whole may take an hour: a part that hangs leaves the others their time, and never takes more than is left
const ends = Date.now() + 57 * 60_000;
const within = (minutes) => Math.max(0.1, Math.min(minutes, (ends - Date.now()) / 60_000));

function say(text) {
  console.log(`\n######## ${text}`);
}

function run(command, args, minutes, more = {}) {
  return spawnSync(command, args, {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    timeout: within(minutes) * 60_000,
    killSignal: 'SIGTERM',
    maxBuffer: 1 << 30,
  });
}

/** A runner whose last line is `N passed, N failed`. */
function counted(name, command, args, minutes, more) {
  say(name);
  const { stdout, status, signal } = run(command, args, minutes, more);
  const output = stdout ?? '';
  process.stdout.write(output.split('\n').slice(-400).join('\n'));
  const found = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
  if (!found) {
    console.log(
      `${name}: no result (${signal ? `ended by ${signal}, it had ${minutes} minutes at most` : `exit ${status}`})`,
    );
    total.failed += 1;
    return;
  }
  total.passed += Number(found[1]);
  total.failed += Number(found[2]);
  total.flaky.push(...[...output.matchAll(/^flaky: (\S+)/gm)].map(([, file]) => file));
  if (status !== 0 && Number(found[2]) === 0) total.failed += 1;
}

function jest(name, config, args, minutes, more) {
  say(name);
  const { passed, failed, skipped, flaky } = runJest(config, args, {
    env: { ...env, ...more },
    minutes: within(minutes),
    quiet: true,
  });
  total.passed += passed;
  total.failed += failed;
  total.flaky.push(...flaky);
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

function debian(program, ...packages) {
  if (has(program)) return true;
  if (process.getuid?.() !== 0 || !has('apt-get')) return false;
  say(`install ${packages.join(' ')}`);
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', timeout: 180_000 });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: 'ignore',
    timeout: 600_000,
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return has(program);
}

function skip(what, why) {
  left.push(`${what}: ${why}`);
}

/** Another Node, as an npm package in a folder of its own, runs the unit tests and the main job. */
function onNode(major) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-node-'));
  try {
    const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    run('npm', [...args, `${name}@${major}`], 3);
    const bin = join(folder, 'node_modules', name, 'bin');
    const node = join(bin, 'node');
    if (!existsSync(node)) return skip(`Node ${major}`, `the package ${name}@${major} can not be had`);
    const version = run(node, ['--version'], 1).stdout.trim();
    const more = { DATENRAUM_FULL: '', PATH: `${bin}${delimiter}${env.PATH}` };
    counted(`Node ${version}`, node, ['config/tooling/test.cjs', '--runs'], 8, more);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

rmSync(join(root, 'node_modules/.cache'), { recursive: true, force: true });
install();
build();
counted('npm test', 'npm', ['test', '--silent'], 42);
if (debian('chromium', 'chromium', 'fonts-liberation'))
  counted('browser', 'npm', ['run', '--silent', 'test:browser'], 8);
else skip('browser', 'Chromium is neither here nor can it be installed');
if (debian('redis-server', 'redis-server'))
  jest('queue on Redis', 'config/tooling/jest.cjs', ['test/contracts/queue'], 3, { DATENRAUM_REDIS: '1' });
else skip('queue on Redis', 'redis-server is neither here nor can it be installed');
if (has('java') && has('mvn'))
  jest('identity on Keycloak', 'config/tooling/jest.cjs', ['test/conformance/identity'], 7, {
    DATENRAUM_KEYCLOAK: '1',
  });
else skip('identity on Keycloak', 'Java and Maven are needed');
if (has('go'))
  jest('log checked in Go', 'config/tooling/jest.cjs', ['test/conformance/tlog'], 4, { DATENRAUM_GO: '1' });
else skip('log checked in Go', 'Go is needed');
jest('faults', 'config/tooling/jest.heavy.cjs', [], 6);
for (const major of [22, 24]) if (!process.version.startsWith(`v${major}.`)) onNode(major);

for (const line of left) console.log(`left out: ${line}`);
console.log('');
for (const file of total.flaky) console.log(`flaky: ${file} (passed on its second run only)`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
