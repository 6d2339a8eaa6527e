import type { Config } from '#lib/kernel';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SessionStore } from './session-store';

/**
 * `__Host-` binds the cookie to this host and to TLS. Browsers refuse that name without TLS, so development on
 * loopback has a plain one; `readConfig` lets nobody run production without TLS.
 */
export const cookieName = (portalUrl: string): string =>
  portalUrl.startsWith('https:') ? '__Host-datenraum' : 'datenraum-entwicklung';

/** Gives every call a session. The cookie holds a signed random id and nothing else. */
export async function registerSession(app: NestFastifyApplication, config: Config): Promise<void> {
  const secure = config.portal.url.startsWith('https:');
  const fastify = app.getHttpAdapter().getInstance();
  if (secure) {
    // TLS ends before us; the library sets a secure cookie only on a connection it knows to be one
    fastify.addHook('onRequest', (request, _reply, done) => {
      Object.defineProperty(request, 'protocol', { value: 'https' });
      done();
    });
  }
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    secret: config.portal.sessionSecret ?? '',
    store: app.get<SessionStore, never>(SessionStore),
    cookieName: cookieName(config.portal.url),
    // no lifetime: the cookie ends with the browser, the session by the clock of the database
    cookie: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
    rolling: false,
    saveUninitialized: false,
  });
}
