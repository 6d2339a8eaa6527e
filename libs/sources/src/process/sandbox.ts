import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBInstance } from '@duckdb/node-api';

export interface SandboxLimits {
  memory: string;
  threads: number;
  tempBytes: string;
}

/**
 * An engine that has not been locked yet. Made ahead of time it saves the start of a query; it must not see any input
 * before `close()` locked it.
 */
export async function openEngine(limits: SandboxLimits, tempFolder: string): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: limits.memory,
    threads: String(limits.threads),
    // always explicit: the engine adds its own temp folder to the allowed ones
    temp_directory: tempFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  // given to create() this setting is shown but not enforced
  await connection.run(`SET max_temp_directory_size=${literal(limits.tempBytes)}`);
  return connection;
}

/**
 * Locks the engine to exactly these files; the order of the three statements is the point. `allowed_paths` can not be
 * set once access is off, and locking first would keep access on.
 */
export async function lockEngine(
  connection: DuckDBConnection,
  files: readonly string[],
  keepOrder: boolean,
): Promise<void> {
  // keeping the order costs three times the memory and delays the first byte
  await connection.run(`SET preserve_insertion_order=${keepOrder}`);
  await connection.run(`SET allowed_paths=[${files.map(literal).join(', ')}]`);
  await connection.run('SET enable_external_access=false');
  await connection.run('SET lock_configuration=true');
}

/** A string of ours (a path, a number with unit) as SQL literal. Values of users are bound, never written. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A column name as SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
