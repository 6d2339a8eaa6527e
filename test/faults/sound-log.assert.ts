import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { eventually } from '../journeys/city';
import { signIn } from '../support/sign-in';
import type { Stack } from './stack.fixture';

/** One number from the database. */
export async function count(database: Client, sql: string, ...values: unknown[]): Promise<number> {
  const { rows } = await database.query<{ count: string }>(sql, values);
  return Number(rows[0]?.count);
}

/** Waits until everything that follows from events has happened and everything is sealed. */
export async function settled(database: Client): Promise<void> {
  const left =
    'SELECT (SELECT count(*) FROM kernel.relay_pending) + (SELECT count(*) FROM kernel.audit_pending) AS count';
  await eventually('handling and sealing of all events', async () => (await count(database, left)) === 0, 90);
}

/** The sealed log as its promises say: every event once, no gap, and sound for the checker that shares nothing with us. */
export async function expectSoundLog(stack: Stack, database: Client): Promise<number> {
  const events = await count(database, 'SELECT count(*) FROM kernel.audit_event');
  expect(await count(database, 'SELECT count(*) FROM audit.log_leaf JOIN kernel.audit_event USING (event_id)')).toBe(
    events,
  );
  expect(await count(database, 'SELECT max(log_index) + 1 AS count FROM audit.log_leaf')).toBe(events);
  expect(
    await count(
      database,
      'SELECT count(*) FROM (SELECT size FROM audit.log_checkpoint GROUP BY size HAVING count(DISTINCT root) > 1) twice',
    ),
  ).toBe(0);

  const address = `${stack.api}/audit/${new Date().getUTCFullYear()}`;
  const vkeyFile = join(stack.folder, 'log.vkey');
  writeFileSync(vkeyFile, await (await fetch(`${address}/vkey`)).text());
  const { accessToken } = await signIn(stack.issuer, 'willi.pruefer');
  // the published checkpoint follows the sealed one within a second
  const said = await eventually(
    'a sound log',
    async () => {
      const report = await verify(address, '--vkey', vkeyFile, '--bearer', accessToken, '--json');
      return report.ok && report.size >= events ? report : null;
    },
    15,
  ).catch(async () => verify(address, '--vkey', vkeyFile, '--bearer', accessToken, '--json'));
  expect(said).toMatchObject({ ok: true });
  return events;
}

export function verify(...args: string[]): Promise<{ ok: boolean; size: number }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/apps/verify/src/main.js', ...args],
      { timeout: 60_000, maxBuffer: 1 << 26 },
      (_error, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout) as { ok: boolean; size: number });
        } catch {
          resolve({ ok: false, size: 0, said: stdout + stderr } as { ok: boolean; size: number });
        }
      },
    );
  });
}
