import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built product on this machine, started as `npm start` starts it, with a data folder of its own. */
export interface Stack {
  portal: string;
  close(): Promise<void>;
}

const ROOT = join(__dirname, '../..');
const PROGRAM = join(ROOT, 'dist/apps/local/src/main.js');
const READY = /Bereit nach/;

/** Five free ports in a row. */
async function freePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const first = 20_000 + Math.floor(Math.random() * 30_000);
    const free = await Promise.all([0, 1, 2, 3, 4].map((more) => isFree(first + more)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no five free ports in a row');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

export async function startStack(): Promise<Stack> {
  if (!existsSync(PROGRAM)) throw new Error('the product is not built: run `npm run build` first');
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-browser-'));
  // as root, PostgreSQL runs as somebody else and must be let through
  chmodSync(folder, 0o755);
  const port = await freePorts();
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    DATENRAUM_PORT: String(port),
    DATENRAUM_DATA: join(folder, 'data'),
    LOG_LEVEL: 'error',
    UV_THREADPOOL_SIZE: '32',
  };
  const child = spawn(process.execPath, [PROGRAM], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  await ready(child);
  return {
    portal: `http://127.0.0.1:${port}`,
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (data: Buffer): void => {
      said += data.toString();
      if (READY.test(said)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) =>
      reject(new Error(`the product ended with ${code} before it was ready:\n${said.slice(-3000)}`)),
    );
  });
}
