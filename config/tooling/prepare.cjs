// What `npm start`, `npm test` and the others need first: packages as locked, and a build. Node and npm alone.
const { spawnSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const [major, minor] = process.versions.node.split('.').map(Number);

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (error) throw error;
  return status ?? 1;
}

/** By versions and not by times: a fresh clone and a checkout of yesterday give files any date. */
function installedAsLocked() {
  const there = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(there)) return false;
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packages(there);
  return Object.entries(packages(join(root, 'package-lock.json'))).every(
    // the empty path is the project itself; what is optional may be for another system
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || installed[path]?.version === version,
  );
}

function install() {
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} ist zu alt: bitte Node 22 oder 24 verwenden (20.19 genügt noch).`);
    process.exit(1);
  }
  if (installedAsLocked()) return;
  console.log('  … Pakete installieren (einmalig, etwa eine Minute)');
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    console.error(
      'Die Pakete konnten nicht installiert werden: bitte prüfen Sie die Verbindung zur Paketquelle und rufen Sie den Befehl noch einmal auf.',
    );
    process.exit(status);
  }
}

function build() {
  console.error('  … Programm bauen'); // not where a program prints its JSON
  const status = run(process.execPath, ['config/tooling/translate.cjs']);
  if (status !== 0) {
    console.error('Das Programm ließ sich nicht bauen: oben steht die Datei mit dem Fehler.');
    process.exit(status);
  }
}

module.exports = { root, run, install, build };
