import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Addresses } from './test-server';

/** Ends the PostgreSQL of the tests if one was started, and removes what they shared. */
export default async function teardown(): Promise<void> {
  const folder = process.env.DATENRAUM_TEST_FOLDER!;
  const file = join(folder, 'addresses.json');
  if (existsSync(file)) await end((JSON.parse(readFileSync(file, 'utf8')) as Addresses).pid);
  rmSync(folder, { recursive: true, force: true });
}

async function end(pid: number): Promise<void> {
  const lives = (signal: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(pid, signal);
    } catch {
      return false;
    }
  };
  for (let i = 0; i < 200 && lives(i === 0 ? 'SIGINT' : 0); i++) await new Promise((done) => setTimeout(done, 50));
}
