import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONFIG, type Config } from '../config';
import { withCorrelation } from '../correlation';
import { newId } from '../ids';
import { kernelProblems } from '../kernel.problems';
import { Logger } from '../logger';
import { UnitOfWork } from '../unit-of-work';
import { type Call, ProblemFilter, type ProblemRenderer, problemBody, renderJson } from './problem-filter';

export interface HttpAppOptions {
  /** name of the app in events and logs */
  name: string;
  /** how problems are shown; JSON (RFC 9457) if not given */
  render?: ProblemRenderer;
  /** bytes of a body that is not an upload */
  bodyLimit?: number;
  /** content security policy; the default lets nothing in (JSON needs nothing) */
  contentSecurityPolicy?: (nonce: string) => string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** nonce of this answer's content security policy */
    cspNonce?: string;
  }
}

const CORRELATION = /^[\w-]{8,64}$/;

/**
 * An HTTP app with what every one of ours has: problems as RFC 9457, a correlation id, security headers, limits,
 * refusal of duplicate query parameters, and a shutdown that does not hang on a slow stream. It does not listen yet.
 */
export async function createHttpApp(module: Parameters<typeof NestFactory.create>[0], options: HttpAppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimit ?? 1_048_576,
    genReqId: (raw) => {
      const given = raw.headers['x-correlation-id'];
      return typeof given === 'string' && CORRELATION.test(given) ? given : newId();
    },
    requestTimeout: 120_000,
    connectionTimeout: 0,
    keepAliveTimeout: 10_000,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    // what Fastify refuses before a route is found (broken URL, header overflow) still answers as a problem
    frameworkErrors: (_error: unknown, request: { id: string }, reply: { status(code: number): typeof reply; header(name: string, value: string): typeof reply; send(body: string): unknown }) => {
      withCorrelation(request.id, () => {
        reply.status(400).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problemBody(kernelProblems.request_malformed(), '')));
      });
    },
  } as ConstructorParameters<typeof FastifyAdapter>[0]);

  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const nonce = randomBytes(16).toString('base64');
    (request as Call).cspNonce = nonce;
    reply.headers({
      'x-correlation-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-security-policy': options.contentSecurityPolicy?.(nonce) ?? "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    });
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    withCorrelation(request.id, done);
  });
  fastify.addHook('preHandler', (request, _reply, done) => {
    const twice = Object.entries((request.query ?? {}) as Record<string, unknown>).find(([, value]) => Array.isArray(value));
    done(twice ? (kernelProblems.request_malformed({ detail: `Der Parameter „${twice[0].slice(0, 40)}“ steht doppelt in der Adresse.` }) as Error) : undefined);
  });

  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { bufferLogs: true, abortOnError: false });
  const config = app.get<Config>(CONFIG);
  const logger = app.get(Logger);
  const render = options.render ?? renderJson(config.api.url);
  const filter = new ProblemFilter(logger, app.get(UnitOfWork), options.name, render);
  app.useLogger(logger);
  app.useGlobalFilters(filter);
  app.enableShutdownHooks(['SIGTERM']);
  return app;
}

/** Listens, and gives the address really used (port 0 picks a free one). */
export async function listen(app: NestFastifyApplication, host: string, port: number): Promise<string> {
  await app.listen(port, host);
  const address = app.getHttpServer().address() as { port: number };
  return `http://${host}:${address.port}`;
}

/** Ends an app within `graceMs`, also when a slow client keeps a stream open. */
export async function closeWithin(app: NestFastifyApplication, graceMs = 10_000): Promise<void> {
  const timer = setTimeout(() => app.getHttpServer().closeAllConnections(), graceMs);
  timer.unref();
  await app.close();
  clearTimeout(timer);
}
