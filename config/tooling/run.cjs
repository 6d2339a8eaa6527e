// `node config/tooling/run.cjs <program> [arguments]`: installs if needed, builds, and becomes the program.
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
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
const quiet = ['ExperimentalWarning', 'DeprecationWarning', 'FastifyWarning'].map(
  (kind) => `--disable-warning=${kind}`,
);
const child = spawn(process.execPath, [...quiet, ...program, ...given], {
  cwd: root,
  // the channel carries nothing: the child sees it close when we are killed
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: {
    ...process.env,
    DATENRAUM_STARTED: String(started),
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '32',
  },
});
// Ctrl-C in a terminal reaches both of us, a signal sent to npm only us; the child decides when it is over
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
if (process.env.npm_lifecycle_event) watchNpm();
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

// npm does not hand on every signal, and kill -9 it can not: when it is gone, so is the reason to run
function watchNpm() {
  const about = (pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return {
        name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
        parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]),
      };
    } catch {
      return {};
    }
  };
  const parent = process.ppid;
  // some shells stay between npm and us, others become us
  const shell = /sh$/.test(about(parent).name ?? '') ? about(parent).parent : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (shell === undefined || about(parent).parent === shell)) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, 500);
  timer.unref();
}
