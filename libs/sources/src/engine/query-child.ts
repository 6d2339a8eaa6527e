/**
 * Entry of the process that runs one query. It starts without a plan, with the engine loaded, takes exactly one plan,
 * and ends. It has no network code, no secrets in its environment, and an engine locked to the files of its plan.
 */
import { closeSync, openSync } from 'node:fs';
import { blobValue, type DuckDBConnection } from '@duckdb/node-api';
import { deliveryPlanSchema, planFaults, type DeliveryPlan, type StoredColumn } from './delivery-plan';
import { copySql, deliverySql } from './delivery-sql';
import { formatOf } from '../formats';
import { lockEngine, openEngine } from '../process/sandbox';
import { SourceFault } from '../source-fault';
import { TEXT_FORM } from '../reading/normalise';
import type { ColumnType } from '../reading/recognition';
import type { QueryAnswer, QueryOrder } from './query-messages';

const send = (answer: QueryAnswer) =>
  new Promise<void>((resolve) =>
    process.send ? process.send(answer, undefined, undefined, () => resolve()) : resolve(),
  );

// the parent is gone: nobody takes the bytes, and a thread blocked in a pipe could not be stopped otherwise
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const { ENGINE_TEMP = '', ENGINE_MEMORY = '140MB', ENGINE_THREADS = '2', ENGINE_TEMP_BYTES = '2GB' } = process.env;
const engine = openEngine(
  { memory: ENGINE_MEMORY, threads: Number(ENGINE_THREADS), tempBytes: ENGINE_TEMP_BYTES },
  ENGINE_TEMP,
);

process.once('message', (order: QueryOrder) => {
  run(order)
    .catch((cause: unknown) => {
      if (cause instanceof SourceFault)
        return send({ fault: { code: cause.code, detail: cause.detail, errors: cause.errors } });
      return send({ failed: cause instanceof Error ? cause.message : 'unknown' });
    })
    .finally(() => process.exit(0));
});

async function run(order: QueryOrder): Promise<void> {
  const connection = await engine;
  const plan = order.kind === 'open' ? order.plan : undefined;
  const files = order.kind === 'open' ? [order.parquet, order.target] : [order.parquet];
  await lockEngine(connection, files, plan?.order === 'STORED');
  const described = await connection.run('DESCRIBE SELECT * FROM read_parquet($1)', [order.parquet]);
  const columns = (await described.getRows()).map(([name, type]) => storedColumn(String(name), String(type)));
  if (order.kind === 'describe') return send({ columns });

  const checked = check(order.plan, columns);
  const { select, variables } = deliverySql(checked, columns, order.parquet, {
    ...(order.key !== null && { key: Buffer.from(order.key, 'hex') }),
    composed: checked.rows === undefined || (await isComposed(connection, order.parquet)),
  });
  for (const [name, value] of variables) {
    await connection.run(`SET VARIABLE ${name} = $1`, [typeof value === 'string' ? value : blobValue(value)]);
  }
  // a writer of our own keeps the pipe open until the count was sent: end of data then means the count is there
  const held = order.pipe ? openSync(order.target, 'w') : undefined;
  if (order.pipe) await send({ ready: true });
  const result = await connection.run(copySql(select, formatOf(checked.format), order.target));
  const [[rows] = []] = await result.getRows();
  await send({ rows: Number(rows) });
  if (held !== undefined) closeSync(held);
}

/** True when the file says that its texts are in NFC; those of before do not. */
async function isComposed(connection: DuckDBConnection, parquet: string): Promise<boolean> {
  const found = await connection.run(
    'SELECT count(*) FROM parquet_kv_metadata($1) WHERE decode(key) = $2 AND decode(value) = $3',
    [parquet, TEXT_FORM.key, TEXT_FORM.value],
  );
  const [[count] = []] = await found.getRows();
  return Number(count) > 0;
}

/** Checked again against the file itself, whatever the parent believed. */
function check(plan: DeliveryPlan, columns: readonly StoredColumn[]): DeliveryPlan {
  const parsed = deliveryPlanSchema.parse(plan);
  const errors = planFaults(parsed, columns);
  if (errors.length > 0) throw new SourceFault('plan_not_valid', 'Der Plan passt nicht zu den Daten.', errors);
  return parsed;
}

function storedColumn(name: string, stored: string): StoredColumn {
  const types: Record<string, ColumnType> = {
    BIGINT: 'INTEGER',
    INTEGER: 'INTEGER',
    DOUBLE: 'DECIMAL',
    VARCHAR: 'TEXT',
    DATE: 'DATE',
    TIMESTAMP: 'TIMESTAMP',
    BOOLEAN: 'BOOLEAN',
  };
  const type = stored.startsWith('DECIMAL(') ? 'DECIMAL' : types[stored];
  if (!type) throw new Error(`column \`${name}\` has the unknown type \`${stored}\``);
  return { name, type, stored };
}
