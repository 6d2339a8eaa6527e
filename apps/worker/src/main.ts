import { ConfigFault, readConfig } from '#lib/kernel';
import { startWorker } from './worker';

startWorker(readConfig(process.env)).then(
  (app) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.close());
  },
  (error: unknown) => {
    process.stderr.write(`worker does not start: ${error instanceof ConfigFault ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exitCode = 1;
  },
);
