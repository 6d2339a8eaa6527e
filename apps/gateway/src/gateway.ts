import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, createHttpApp, listen } from '#lib/kernel';
import { GatewayModule } from './gateway.module';
import { refuseAmbiguousRequests } from './strict-http';

/** Starts the gateway; `url` is the address it really listens on. `app.close()` lets running deliveries end for 30 s, then stops them. */
export async function startGateway(config: Config): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await createHttpApp(GatewayModule.forRoot(config), { name: 'gateway' });
  refuseAmbiguousRequests(app);
  return { app, url: await listen(app, config.listenHost, config.gateway.port) };
}
