import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, createHttpApp, listen } from '#lib/kernel';
import { ApiModule } from './api.module';

/** Starts the API; `url` is the address it really listens on. */
export async function startApi(config: Config): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await createHttpApp(ApiModule.forRoot(config), { name: 'api' });
  await app.register(multipart, { limits: { files: 1, fields: 10, fieldSize: 100_000, fileSize: 512 * 1024 * 1024 } });
  return { app, url: await listen(app, config.listenHost, config.api.port) };
}
