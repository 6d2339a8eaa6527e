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
build();
const child = spawn(process.execPath, [...program, ...given], { cwd: root, stdio: 'inherit', env: { ...process.env, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '32' } });
// Ctrl-C reaches both of us; the child decides when it is over
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
