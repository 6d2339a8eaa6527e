import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { closeWithin, Relay } from '#lib/kernel';
import { startApi } from '../../apps/api/src/api';
import { startGateway } from '../../apps/gateway/src/gateway';
import type { Local } from '../../apps/local/src/local';
import { City, type Signed } from '../journeys/city';
import type { TestDatabase } from './database';
import { aDevelopmentProvider } from './identity-provider';
import { today as day } from './day';
import { aPilotDatabase } from './pilot-database';

export type RunningCity = Awaited<ReturnType<typeof aRunningCity>>;

/**
 * API and gateway as they run, over HTTP, on a database of their own with the pilot domain, and people who sign in at
 * the development identity provider. What follows by event happens when a test calls `settle()`.
 */
export async function aRunningCity(more: Record<string, string> = {}) {
  const provider = await aDevelopmentProvider();
  const db: TestDatabase = await aPilotDatabase(
    {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENTS: 'datenraum-portal,datenraum-cli,umweltamt-fachverfahren',
      RATE_PER_ACTOR: '1000000',
      RATE_PER_ADDRESS: '1000000',
      RATE_AT_ONCE: '1000',
      ...more,
    },
    { only: 'gebaeudedatenkataster' },
  );
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-city-'));
  await db.owner.query(`SET app.system = 'on'`);
  const started: { app: NestFastifyApplication; url: string }[] = [];
  for (const start of [startApi, startGateway]) started.push(await start(db.config));
  const [api, gateway] = started as [(typeof started)[0], (typeof started)[0]];
  const city = new City({
    api: api.url,
    gateway: gateway.url,
    issuer: provider.issuer,
    secrets: { machineKey: provider.machineKey },
  } as Local);

  // one connection: a query waits for the one before it
  let last: Promise<unknown> = Promise.resolve();
  const rows = async <T>(sql: string, parameters: unknown[] = []): Promise<T[]> => {
    const result = last.then(() => db.owner.query(sql, parameters));
    last = result.catch(() => undefined);
    return (await result).rows as T[];
  };
  const one = async <T>(sql: string, parameters: unknown[] = []): Promise<T> => (await rows<T>(sql, parameters))[0]!;

  let tables: { name: string }[] | undefined;

  /** A product of the pilot domain with the names of its fields. */
  const product = async (key: string) => {
    const found = await rows<{ id: string; version: string; name: string }>(
      `SELECT p.id, p.current_version_id AS version, f.name FROM catalogue.product p JOIN catalogue.field f ON f.version_id = p.current_version_id WHERE p.key = $1 ORDER BY f.position`,
      [key],
    );
    return { productId: found[0]!.id, versionId: found[0]!.version, fields: found.map(({ name }) => name) };
  };
  const person = async (key: string): Promise<string> =>
    (await one<{ id: string }>('SELECT id FROM organisation.person WHERE key = $1', [key])).id;

  /** A complete form, from today on for about three months. */
  const form = async (key: string, consumer: string, change: Record<string, unknown> = {}) => {
    const { productId, fields } = await product(key);
    return {
      productId,
      consumerUnitId: await city.unit(consumer),
      project: 'Bewirtschaftung der Gebäude',
      purposeCode: 'GEBAEUDEMANAGEMENT',
      purposeText: 'Planung der Bewirtschaftung der kommunalen Gebäude.',
      legalBasis: ['KEIN_PERSONENBEZUG'],
      from: day(0),
      until: day(90),
      fields,
      form: 'ROWLEVEL',
      recipients: ['Sachgebiet Planung'],
      retentionDays: 90,
      ...change,
      declarations: { usesAi: false, ...(change.declarations as object | undefined) },
    };
  };

  return {
    db,
    api: api.url,
    gateway: gateway.url,
    apiApp: api.app,
    city,
    rows,
    one,
    product,
    person,
    form,
    day,
    as: (who: string): Promise<Signed> => city.as(who),
    unit: (key: string): Promise<string> => city.unit(key),

    /** Runs every handler that waits for an event, and those their events call for. */
    settle: async (): Promise<void> => {
      for (;;) {
        const due = await rows<{ event_id: string }>('SELECT event_id FROM kernel.relay_pending ORDER BY event_id');
        if (due.length === 0) return;
        for (const { event_id } of due) await api.app.get(Relay, { strict: false }).process(event_id);
      }
    },

    /** The task of this step of a request. */
    task: (requestId: string, step: string): Promise<{ id: string; state: string }> =>
      one('SELECT id, state FROM approvals.task WHERE request_id = $1 AND step = $2 ORDER BY round DESC LIMIT 1', [
        requestId,
        step,
      ]),
    revision: async (requestId: string): Promise<number> =>
      (await one<{ revision: number }>('SELECT revision FROM requests.access_request WHERE id = $1', [requestId]))
        .revision,

    /** A file with this content. */
    file: (name: string, content: string | Buffer): string => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },

    /** What every table of the product holds, but for the record itself: equal before and after means nothing was done. */
    everything: async (): Promise<Record<string, string>> => {
      tables ??= await rows<{ name: string }>(
        `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'public') AND n.nspname NOT LIKE '%bullmq%'
            AND NOT (n.nspname = 'kernel' AND (c.relname LIKE 'audit%' OR c.relname IN ('relay_pending', 'processed_event', 'year_key')))`,
      );
      const all = tables.map(
        ({ name }) =>
          `SELECT '${name}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS is FROM ${name} t`,
      );
      return Object.fromEntries(
        (await rows<{ name: string; is: string }>(all.join(' UNION ALL '))).map(({ name, is }) => [name, is]),
      );
    },

    /** How many refused attempts are on record. */
    refused: async (): Promise<number> =>
      Number(
        (await one<{ n: string }>(`SELECT count(*) AS n FROM kernel.audit_event WHERE type = 'attempt.refused.v1'`)).n,
      ),

    close: async (): Promise<void> => {
      for (const { app } of started) await closeWithin(app, 1_000);
      await db.close();
      await provider.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
