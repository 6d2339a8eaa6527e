import { ConfigFault, readConfig } from '#lib/kernel';
import { requireLaw, warmUp } from '#lib/rulebook';
import { startApi } from './api';

startApi(readConfig(process.env))
  .then(({ app }) => requireLaw(app).then(() => warmUp(app)))
  .catch((error: unknown) => {
    process.stderr.write(
      `api does not start: ${error instanceof ConfigFault ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exitCode = 1;
  });
