import { dirname, join } from 'node:path';
import { runSealerLoop, keepVkey, LogKeyFault, PublishedCheckpoints, readLogKey, Sealer } from '#lib/audit';
import { ConfigFault, Logger, readConfig } from '#lib/kernel';

// The only process that reads the key of the log. It listens on no port and knows no user.

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = new Logger(config);
  const { origin, keyFile } = config.audit;
  if (!config.databaseSealerUrl) throw new ConfigFault('DATABASE_SEALER_URL: needed by the sealer');
  // in development the first start makes a key; elsewhere a missing key is a loss that a person must look into
  const key = readLogKey(keyFile, config.env === 'development');
  const folder = dirname(keyFile ?? '.');
  const sealer = new Sealer({
    databaseUrl: config.databaseSealerUrl,
    origin,
    key,
    published: new PublishedCheckpoints(join(folder, 'published')),
    keepVkey: (year, vkey) => keepVkey(keyFile ?? '', year, vkey),
    durable: config.env === 'production',
  });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  // started as a child: when the parent is gone, so is the reason to run
  process.once('disconnect', () => stop.abort());
  log.info({ origin }, 'sealer started');
  await runSealerLoop(sealer, log, stop.signal);
  // an open channel to a parent would keep us alive
  if (process.connected) process.disconnect();
}

main().catch((error: unknown) => {
  const known = error instanceof LogKeyFault || error instanceof ConfigFault;
  const text = known ? error.message : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`sealer does not start, nothing is sealed, events are stored and wait: ${text}\n`);
  process.exitCode = 1;
});
