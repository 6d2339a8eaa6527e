// What `npm start`, `npm test` and the others need first: packages as locked, and a build. Node and npm alone.
const { spawnSync } = require('node:child_process');
const { existsSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const [major, minor] = process.versions.node.split('.').map(Number);

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options });
  if (error) throw error;
  return status ?? 1;
}

function install() {
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} ist zu alt: bitte Node 20.19 oder neuer verwenden.`);
    process.exit(1);
  }
  const stamp = join(root, 'node_modules/.package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1000) return;
  if (existsSync(stamp) && process.env.DATENRAUM_KEEP_MODULES) return;
  console.log('  … Pakete installieren (einmalig, etwa eine Minute)');
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    console.error('Die Pakete konnten nicht installiert werden: bitte prüfen Sie die Verbindung zur Paketquelle und rufen Sie den Befehl noch einmal auf.');
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
