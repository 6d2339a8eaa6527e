import { ConfigFault, readConfig } from '#lib/kernel';
import { requireLaw, warmUp } from '#lib/rulebook';
import { startPortal } from './portal';

startPortal(readConfig(process.env))
  .then(({ app }) => requireLaw(app).then(() => warmUp(app)))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof ConfigFault ? error.message : String((error as Error).stack ?? error)}\n`);
    process.exitCode = 1;
  });
