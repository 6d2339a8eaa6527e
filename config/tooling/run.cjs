// `node config/tooling/run.cjs <program> [arguments]`: installs if needed, builds, and becomes the program.
const { spawn } = require('node:child_process');
const { build, install, root } = require('./prepare.cjs');

const PROGRAMS = {
  start: ['dist/apps/local/src/main.js'],
  journey: ['dist/test/journeys/main-job.js'],
  bench: ['--expose-gc', 'dist/test/bench/main.js'],
  policy: ['dist/apps/policy/src/main.js'],
  verify: ['dist/apps/verify/src/main.js'],
};
const [name, ...given] = process.argv.slice(2);
const program = PROGRAMS[name];
if (!program) {
  console.error(`unknown program \`${name}\`: one of ${Object.keys(PROGRAMS).join(', ')}`);
  process.exit(2);
}
install();
const started = Date.now();
build();
// what packages and Node itself have to say about features they will drop is for us, not for people who start this
const quiet = ['ExperimentalWarning', 'DeprecationWarning', 'FastifyWarning'].map((kind) => `--disable-warning=${kind}`);
const child = spawn(process.execPath, [...quiet, ...program, ...given], {
  cwd: root,
  // the channel carries nothing: the child sees it close when we are killed
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, DATENRAUM_STARTED: String(started), UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '32' },
});
// Ctrl-C in a terminal reaches both of us, a signal sent to npm only us; the child decides when it is over
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
