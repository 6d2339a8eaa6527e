// `npm run test:browser`: the portal in headless Chromium, installed from Debian where missing.
const { spawnSync } = require('node:child_process');
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { build, install, run } = require('./prepare.cjs');

install();
build();
const chromium = () =>
  [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );
if (!chromium() && process.getuid?.() === 0) {
  console.log('  … Chromium installieren');
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
if (!chromium()) {
  console.error(
    'Chromium fehlt: bitte installieren Sie das Debian-Paket „chromium“, oder nennen Sie den Pfad in der Variablen CHROMIUM.',
  );
  process.exit(1);
}
process.env.CHROMIUM = chromium();
const folder = mkdtempSync(join(tmpdir(), 'datenraum-browser-'));
const out = join(folder, 'result.json');
const status = run(process.execPath, [
  'node_modules/jest/bin/jest.js',
  '-c',
  'config/tooling/jest.browser.cjs',
  '--json',
  `--outputFile=${out}`,
  ...process.argv.slice(2),
]);
let passed = 0;
let failed = 1;
if (existsSync(out)) {
  const result = JSON.parse(readFileSync(out, 'utf8'));
  passed = result.numPassedTests;
  failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  if (status !== 0 && failed === 0) failed = 1;
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
