import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { Acting } from './acting';
import { writeAuditRecord } from './audit-record';
import type { DomainEvent } from './event';
import { kernelProblems } from './kernel.problems';
import { Problem } from './problem';

/** One transaction. Every function that writes takes it as its first parameter. */
export interface Tx {
  readonly em: EntityManager;
  readonly by: Acting;
  /** the database's time of this transaction: validity is decided on it, never on the host's clock */
  readonly now: Date;
  /** Parameterised SQL; rows as plain objects. Throws while another statement of the transaction runs. */
  sql<T>(text: string, parameters?: unknown[]): Promise<T[]>;
  /**
   * The only way to publish: the event is audit record and outbox entry in one, and commits with the change or not
   * at all. `clear` holds values that must stay erasable (names, free text). Gives the event's id.
   */
  emit(event: DomainEvent, clear?: Record<string, string>): Promise<string>;
}

const CONNECTION_LOST = new Set([
  '08000',
  '08003',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** SQLSTATE of a check at the commit: what was read at the beginning no longer holds. */
const GROUND_CHANGED = 'DR001';

function codeOf(error: unknown): string | undefined {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code;
}

function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  // a backend that was ended shows up in TypeORM as a released runner: keep the cause
  // the socket file of a server that is away; any other missing file is not the database's fault
  const noSocket = code === 'ENOENT' && (error as { syscall?: string }).syscall === 'connect';
  if (
    noSocket ||
    (code && CONNECTION_LOST.has(code)) ||
    /Connection terminated|already released|timeout exceeded when trying to connect/.test(message)
  ) {
    return kernelProblems.database_unavailable({ cause: error });
  }
  if (code === '25006')
    return kernelProblems.database_unavailable({
      detail: 'Die Datenbank nimmt gerade nur Lesezugriffe an.',
      cause: error,
    });
  return error;
}

@Injectable()
export class UnitOfWork {
  constructor(private readonly database: DataSource) {}

  /**
   * Runs one use case in one transaction: all of it is committed, or nothing of it, events included.
   * With `by.idempotency` the same key gives the stored answer again without a second effect, so the result must be
   * plain JSON; the same key with another fingerprint is the problem `idempotency_key_reused`. When a check at the
   * commit says that what the work rests on has changed meanwhile, all of it is done once more.
   */
  async run<T>(by: Acting, work: (tx: Tx) => Promise<T>): Promise<T> {
    const attempt = (): Promise<T> =>
      this.within(by, 'BEGIN', (tx) => (by.idempotency ? once(tx, by.idempotency, work) : work(tx)));
    try {
      return await attempt();
    } catch (error) {
      if (codeOf(error) !== GROUND_CHANGED) throw error;
      // nothing of the first attempt was committed, events included
      return attempt();
    }
  }

  /** Runs a query for a screen in a read-only transaction, as the role that can only read. Row-level security holds. */
  read<T>(by: Acting, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.within(by, 'BEGIN READ ONLY; SET LOCAL ROLE datenraum_read', work);
  }

  private async within<T>(by: Acting, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    let runner: QueryRunner | undefined;
    let broken: Error | undefined;
    try {
      runner = this.database.createQueryRunner();
      const rollback = runner.query.bind(runner, 'ROLLBACK');
      oneAtATime(runner);
      await runner.query(begin);
      // TypeORM must know: else `em.save` opens and COMMITs a transaction inside ours, and row locks are refused
      Object.assign(runner, { isTransactionActive: true });
      try {
        const result = await work(await this.open(runner, by));
        // if we die here or the answer is lost, the caller does not know; a retry with the same key finds the stored answer
        await runner.query('COMMIT');
        return result;
      } catch (error) {
        // a connection that can not roll back must not return to the pool inside a transaction
        await rollback().catch((cause: Error) => (broken = cause));
        throw error;
      }
    } catch (error) {
      throw asProblem(error);
    } finally {
      if (runner && !runner.isReleased) {
        if (broken) await endConnection(runner);
        await runner.release().catch(() => undefined);
      }
    }
  }

  private async open(runner: QueryRunner, by: Acting): Promise<Tx> {
    const rows: { now: Date }[] = await runner.query(
      `SELECT now() AS now, set_config('app.units', $1, true), set_config('app.citywide', $2, true), set_config('app.system', $3, true)`,
      [by.units.join(','), by.citywide ? 'on' : 'off', by.kind === 'system' ? 'on' : 'off'],
    );
    const now = rows[0]!.now;
    const em = runner.manager;
    let position = 0;
    return {
      em,
      by,
      now,
      // the structured form: the plain one gives [rows, count] for UPDATE and DELETE
      sql: async <R>(text: string, parameters: unknown[] = []) =>
        (await runner.query(text, parameters, true)).records as R[],
      emit: (event, clear = {}) => writeAuditRecord(em, by, now, position++, event, clear),
    };
  }
}

/**
 * A connection runs one statement at a time. Two at once would run one after the other, in an order nobody wrote down,
 * and the second also after the first has failed: so the second throws, and so does a COMMIT that one was not awaited for.
 */
function oneAtATime(runner: QueryRunner): void {
  const query = runner.query.bind(runner) as (text: string, ...more: unknown[]) => Promise<unknown>;
  let running: string | undefined;
  const guarded = async (text: string, ...more: unknown[]): Promise<unknown> => {
    if (running !== undefined)
      throw new Error(
        `\`${text}\` was asked for while \`${running}\` ran in the same transaction: await the one before`,
      );
    running = text;
    try {
      return await query(text, ...more);
    } finally {
      running = undefined;
    }
  };
  Object.assign(runner, { query: guarded });
}

async function endConnection(runner: QueryRunner): Promise<void> {
  const client = (await runner.connect().catch(() => undefined)) as { end?: () => Promise<void> } | undefined;
  await client?.end?.().catch(() => undefined);
}

/** The row of a key is written in the transaction of its effect, so there is never an effect without its answer. */
async function once<T>(
  tx: Tx,
  { key, fingerprint }: { key: string; fingerprint: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const actor = `${tx.by.kind}:${tx.by.id}`;
  // a second call with the same key waits here until the first has committed or failed
  const inserted = await tx.sql(
    'INSERT INTO kernel.idempotency (actor, key, fingerprint) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING key',
    [actor, key, fingerprint],
  );
  if (inserted.length === 0) {
    const [stored] = await tx.sql<{ fingerprint: string; result: { value: T } }>(
      'SELECT fingerprint, result FROM kernel.idempotency WHERE actor = $1 AND key = $2',
      [actor, key],
    );
    if (!stored || stored.fingerprint !== fingerprint) throw kernelProblems.idempotency_key_reused();
    return stored.result.value;
  }
  const value = await work(tx);
  await tx.em.query('UPDATE kernel.idempotency SET result = $3 WHERE actor = $1 AND key = $2', [
    actor,
    key,
    JSON.stringify({ value }),
  ]);
  return value;
}
