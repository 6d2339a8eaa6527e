import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

// The runner of `npm test` is tried on a folder of three small tests, each in a jest of its own.
const folder = mkdtempSync(join(tmpdir(), 'datenraum-runner-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Count {
  passed: number;
  failed: number;
  skipped: number;
  flaky: string[];
}

const TESTS = {
  good: `test('a', () => {}); test.skip('b', () => {});`,
  // leaves a mark the first time, and fails only when there was none
  shy: `test('c', () => { const fs = require('node:fs'); const was = fs.existsSync(__dirname + '/mark'); fs.writeFileSync(__dirname + '/mark', ''); expect(was).toBe(true); });`,
  bad: `test('d', () => { throw new Error('always'); });`,
  broken: `this is no program`,
  slow: `test('e', () => new Promise((done) => setTimeout(done, 60_000)), 90_000);`,
};

function runs(...names: (keyof typeof TESTS)[]): Count {
  return run(names).count;
}

function run(names: (keyof typeof TESTS)[], more: object = {}): { count: Count; said: string } {
  const at = join(folder, names.join('-'));
  mkdirSync(at);
  for (const name of names) writeFileSync(join(at, `${name}.spec.js`), TESTS[name]);
  const config = join(at, 'jest.config.json');
  writeFileSync(config, JSON.stringify({ rootDir: at, transform: {}, maxWorkers: 1 }));
  const script = `process.stdout.write('\\n' + JSON.stringify(require('./config/tooling/jest-run.cjs').runJest(process.argv[1], [], ${JSON.stringify({ quiet: true, ...more })})))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, config], { encoding: 'utf8' });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`no count: ${stdout}${stderr}`);
  const count = JSON.parse(last) as Count;
  return { count: { ...count, flaky: count.flaky.map((file) => basename(file)) }, said: stdout };
}

test('what passes is counted, what is skipped is told', () => {
  expect(runs('good')).toEqual({ passed: 1, failed: 0, skipped: 1, flaky: [] });
});

test('a file that passes only on its second run is counted as passed and named as flaky', () => {
  expect(runs('good', 'shy')).toEqual({ passed: 2, failed: 0, skipped: 1, flaky: ['shy.spec.js'] });
  expect(existsSync(join(folder, 'good-shy/mark'))).toBe(true);
});

test('what fails twice has failed and is not flaky, also beside a file that is', () => {
  expect(runs('shy', 'bad')).toEqual({ passed: 1, failed: 1, skipped: 0, flaky: ['shy.spec.js'] });
});

test('a file that does not even run is one failure', () => {
  expect(runs('good', 'broken')).toEqual({ passed: 1, failed: 1, skipped: 1, flaky: [] });
});

test('a run that the clock ends has failed, and says so', () => {
  const { count, said } = run(['slow'], { minutes: 0.1 });
  expect(count).toEqual({ passed: 0, failed: 1, skipped: 0, flaky: [] });
  expect(said).toContain('jest gave no result: it was ended after 0.1 minutes');
});
