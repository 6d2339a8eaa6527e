import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { stopLeftOver } from '../../apps/local/src/postgres/left-over';
import { removeDataDir } from '../../apps/local/src/postgres/open-place';
import type { LocalSecrets } from '../../apps/local/src/secrets';
import type { Reachable } from '../journeys/city';

/** Translates what is newer than its translation: these tests kill the built product, not the sources. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, ['config/tooling/translate.cjs'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`the product can not be built: ${stderr}`);
}

/** The whole product on this machine as a process of its own, on free ports and in a folder of its own, to be killed. */
export class Stack implements Reachable {
  readonly folder = mkdtempSync(join(tmpdir(), 'datenraum-fault-'));
  readonly dataDir = join(this.folder, 'data');
  private process?: ChildProcess;
  /** what the last run printed */
  output = '';

  private constructor(readonly port: number) {}

  /** `fill` puts into the data folder what shall be there before the first start. */
  static async start(fill?: (dataDir: string) => Promise<void>): Promise<Stack> {
    const stack = new Stack(await fivePorts());
    chmodSync(stack.folder, 0o755);
    await fill?.(stack.dataDir);
    await stack.start();
    return stack;
  }

  get api(): string {
    return `http://127.0.0.1:${this.port + 1}`;
  }

  get gateway(): string {
    return `http://127.0.0.1:${this.port + 2}`;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port + 3}/realms/datenraum`;
  }

  get secrets(): LocalSecrets {
    return JSON.parse(readFileSync(join(this.dataDir, 'secrets.json'), 'utf8')) as LocalSecrets;
  }

  get pid(): number {
    return this.process!.pid!;
  }

  /** Starts on the same data; gives the seconds until it said it was ready. */
  async start(): Promise<number> {
    const since = Date.now();
    this.output = '';
    const child = spawn(process.execPath, ['dist/apps/local/src/main.js'], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATENRAUM_PORT: String(this.port),
        DATENRAUM_DATA: this.dataDir,
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    await new Promise<void>((ready, failed) => {
      const timer = setTimeout(() => failed(new Error(`not ready after 90 s: ${this.output}`)), 90_000);
      const hear = (chunk: Buffer): void => {
        this.output += chunk.toString();
        if (!this.output.includes('Bereit nach')) return;
        clearTimeout(timer);
        ready();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        failed(new Error(`ended with ${signal ?? code} before it was ready: ${this.output}`));
      });
    });
    return (Date.now() - since) / 1000;
  }

  /** kill -9 of the process that holds portal, api, gateway, worker and sign-in; the database lives on, the sealer ends. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(force);
  }

  /** Process number of the sealer, the only child of Node's. */
  sealerPid(): number | undefined {
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        const parent = /^PPid:\s(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        if (Number(parent) === this.pid && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('sealer/src/main'))
          return Number(name);
      } catch {
        // it ended while we looked
      }
    }
    return undefined;
  }

  /** As the owner of the tables, seeing all rows: for looking behind the product. */
  async database(): Promise<Client> {
    const passwords = JSON.parse(readFileSync(join(this.dataDir, 'postgres-passwords.json'), 'utf8')) as Record<
      string,
      string
    >;
    const client = new Client({
      connectionString: `postgres://datenraum_owner:${passwords.datenraum_owner}@127.0.0.1:${this.port + 4}/datenraum`,
    });
    await client.connect();
    await client.query(`SET app.system = 'on'`);
    return client;
  }

  /** Ends everything it started and removes its folder. */
  async close(): Promise<void> {
    await this.end('SIGTERM');
    await stopLeftOver(join(this.dataDir, 'postgres'));
    removeDataDir(join(this.dataDir, 'postgres'));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The first of five free ports in a row. */
async function fivePorts(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await Promise.all([0, 1, 2, 3, 4].map((n) => isFree(first + n)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('there are no five free ports in a row');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
