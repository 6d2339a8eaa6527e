import { type Config, createHttpApp, listen } from '#lib/kernel';
import type { Capabilities } from '#lib/policy';
import { READING_LIMITS } from '#lib/sources';
import fastifyMultipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { contentSecurityPolicy } from './layout/content-security-policy';
import { problemRenderer } from './layout/problem-page';
import { PortalModule } from './portal.module';
import { NAVIGATION_ENTRIES } from './screens/navigation';
import { registerSession } from './session/register-session';

/** Starts the portal; `url` is the address it really listens on. People reach it at `config.portal.url`. */
export async function startPortal(
  config: Config,
  capabilities?: Capabilities,
): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await createHttpApp(PortalModule.forRoot(config, capabilities), {
    name: 'portal',
    render: problemRenderer(NAVIGATION_ENTRIES),
    contentSecurityPolicy: contentSecurityPolicy(config),
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_request, reply, done) => {
      // with `no-referrer` browsers send `Origin: null` with a form, and it could not be told from a foreign one
      reply.header('referrer-policy', 'same-origin');
      done();
    });
  await registerSession(app, config);
  // one byte more than an upload may have: cut silently here, it is refused by its own size there
  await app.register(fastifyMultipart, {
    limits: { fileSize: READING_LIMITS.fileBytes + 1, files: 1, fields: 10, fieldSize: 10_000 },
  });
  return { app, url: await listen(app, config.listenHost, config.portal.port) };
}
