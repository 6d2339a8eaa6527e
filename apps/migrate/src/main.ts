import { ConfigFault, readConfig } from '#lib/kernel';
import { prepare } from './prepare';

/** Run once before a new version starts: `node dist/apps/migrate/src/main.js [--pilot]`. */
prepare(readConfig(process.env), {
  pilotDir: process.argv.includes('--pilot') ? 'config/pilot' : undefined,
  onProgress: (doing) => console.log(doing),
}).then(
  ({ migrations }) =>
    console.log(migrations.length > 0 ? `neu angelegt: ${migrations.join(', ')}` : 'nichts Neues anzulegen'),
  (error: unknown) => {
    console.error(error instanceof ConfigFault ? error.message : error);
    process.exitCode = 1;
  },
);
