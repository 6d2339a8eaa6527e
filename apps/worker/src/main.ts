import { ConfigFault, readConfig } from '#lib/kernel';
import { requireLaw } from '#lib/rulebook';
import { startWorker } from './worker';

startWorker(readConfig(process.env)).then(
  async (app) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.close());
    await requireLaw(app).catch((error: unknown) => {
      process.stderr.write(`worker does not start: ${String(error)}\n`);
      process.exitCode = 1;
    });
  },
  (error: unknown) => {
    process.stderr.write(
      `worker does not start: ${error instanceof ConfigFault ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exitCode = 1;
  },
);
