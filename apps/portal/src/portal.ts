import { type Config, createHttpApp, listen } from '#lib/kernel';
import fastifyMultipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { contentSecurityPolicy } from './layout/content-security-policy';
import { renderProblem } from './layout/problem-page';
import { PortalModule } from './portal.module';
import { registerSession } from './session/register-session';

/** Largest file somebody may upload, in bytes. */
export const UPLOAD_LIMIT = 512 * 1024 * 1024;

/** Starts the portal; `url` is the address it really listens on. People reach it at `config.portal.url`. */
export async function startPortal(config: Config): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await createHttpApp(PortalModule.forRoot(config), {
    name: 'portal',
    render: renderProblem,
    contentSecurityPolicy: contentSecurityPolicy(config),
  });
  await registerSession(app, config);
  await app.register(fastifyMultipart, { limits: { fileSize: UPLOAD_LIMIT, files: 1, fields: 10, fieldSize: 10_000 } });
  return { app, url: await listen(app, config.listenHost, config.portal.port) };
}
