import { ConfigFault, readConfig } from '#lib/kernel';
import { startApi } from './api';

startApi(readConfig(process.env)).catch((error: unknown) => {
  process.stderr.write(`api does not start: ${error instanceof ConfigFault ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
