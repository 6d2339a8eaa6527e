// The reference of the exchange benchmark, in a process of its own like the engine it is compared with: DuckDB with the
// engine's settings writes the same rows. It shares no code with the engine. Each message is one run; the answer says how long.
import { DuckDBInstance } from '@duckdb/node-api';
import { QUERY_LIMITS } from '#lib/sources';

export interface ReferenceOrder {
  parquet: string;
  where: string;
  /** `/dev/null`, or a file when the bytes are to be counted */
  target: string;
}
export interface ReferenceAnswer {
  milliseconds: number;
  rows: number;
}

const { memory, threads } = QUERY_LIMITS;
const connected = DuckDBInstance.create(':memory:', { memory_limit: memory, threads: String(threads) }).then(
  async (instance) => {
    const connection = await instance.connect();
    await connection.run('SET preserve_insertion_order = false');
    return connection;
  },
);

process.on('disconnect', () => process.exit(0));
process.on('message', (order: ReferenceOrder) => void answer(order));

async function answer({ parquet, where, target }: ReferenceOrder): Promise<void> {
  const connection = await connected;
  const begun = performance.now();
  const written = await connection.run(
    `COPY (SELECT * FROM read_parquet('${parquet}') WHERE ${where}) TO '${target}' (FORMAT csv, HEADER true, USE_TMP_FILE false)`,
  );
  const milliseconds = performance.now() - begun;
  const [[rows] = []] = await written.getRows();
  process.send?.({ milliseconds, rows: Number(rows) } satisfies ReferenceAnswer);
}
