import { ConfigFault, readConfig } from '#lib/kernel';
import { startPortal } from './portal';

startPortal(readConfig(process.env)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigFault ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exitCode = 1;
});
