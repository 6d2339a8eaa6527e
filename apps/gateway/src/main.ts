import { ConfigFault, readConfig } from '#lib/kernel';
import { requireLaw } from '#lib/rulebook';
import { startGateway } from './gateway';

// each delivery may hold a libuv thread for its pipe; four would let four slow receivers stall everybody
process.env.UV_THREADPOOL_SIZE ??= '32';

startGateway(readConfig(process.env))
  .then(({ app }) => requireLaw(app))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof ConfigFault ? error.message : String((error as Error).stack ?? error)}\n`);
    process.exitCode = 1;
  });
