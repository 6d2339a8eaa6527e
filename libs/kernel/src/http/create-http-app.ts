import { quoted } from '../text';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONFIG, type Config } from '../config';
import { withCorrelation } from '../correlation';
import { newId } from '../ids';
import { kernelProblems } from '../kernel.problems';
import { Logger } from '../logger';
import { UnitOfWork } from '../unit-of-work';
import { type Problem } from '../problem';
import type { Call } from './call';
import { ProblemFilter, type ProblemRenderer, problemBody, renderJson } from './problem-filter';
import { RateLimits } from './rate-limits';
import { readable } from './readable-input';
import { refuseAmbiguous } from './strict-requests';
import { trustedAddresses } from './trusted-addresses';

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
export async function createHttpApp(
  module: Parameters<typeof NestFactory.create>[0],
  options: HttpAppOptions,
): Promise<NestFastifyApplication> {
  let trusted = (_address: string): boolean => false; // until the configuration is read; nothing is served before that
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimit ?? 1_048_576,
    genReqId: (raw) => {
      const given = raw.headers['x-correlation-id'];
      return typeof given === 'string' && CORRELATION.test(given) ? given : newId();
    },
    // a sender of one byte a minute holds a connection no longer than this: head, then the whole request
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, requireHostHeader: false }, // a missing host is refused as a problem
    requestTimeout: 120_000,
    connectionTimeout: 0,
    clientErrorHandler: answerBroken,
    trustProxy: (address: string) => trusted(address),
    keepAliveTimeout: 10_000,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    // what Fastify refuses before a route is found (broken URL, header overflow) still answers as a problem
    frameworkErrors: (
      _error: unknown,
      request: { id: string },
      reply: {
        status(code: number): typeof reply;
        header(name: string, value: string): typeof reply;
        send(body: string): unknown;
      },
    ) => {
      withCorrelation(request.id, () => {
        reply
          .status(400)
          .header('content-type', 'application/problem+json; charset=utf-8')
          .send(JSON.stringify(problemBody(kernelProblems.request_malformed(), '')));
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
      'content-security-policy':
        options.contentSecurityPolicy?.(nonce) ??
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    });
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    withCorrelation(request.id, done);
  });
  refuseAmbiguous(fastify as never);
  fastify.addHook('preHandler', ({ query, body }, _reply, done) => {
    const fault = faultOf(() => {
      const twice = Object.entries((query ?? {}) as Record<string, unknown>).find(([, value]) => Array.isArray(value));
      if (twice)
        throw kernelProblems.request_malformed({
          detail: `Der Parameter ${quoted(twice[0].slice(0, 40))} steht doppelt in der Adresse.`,
        });
      readable(query);
      readable(body);
    });
    done(fault);
  });

  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  const config = app.get<Config>(CONFIG);
  const logger = app.get(Logger);
  const rates = app.get(RateLimits);
  trusted = trustedAddresses(config.trustedProxies);
  fastify.addHook('onRequest', (request, reply, done) => {
    // also a stream that was taken over, and a connection that broke
    reply.raw.once('close', () => rates.ended(request as Call));
    done(faultOf(() => rates.arrived(request as Call)));
  });
  const render = options.render ?? renderJson(config.api.url);
  const filter = new ProblemFilter(logger, app.get(UnitOfWork), rates, options.name, render);
  app.useLogger(logger);
  app.useGlobalFilters(filter);
  app.enableShutdownHooks(['SIGTERM']);
  return app;
}

function faultOf(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (fault) {
    return fault as Error;
  }
}

/** Bytes that never became a request (broken, smuggled, too long, too slow): there is no call, so the answer is written by hand. */
function answerBroken(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = brokenAs(error.code);
  const body = JSON.stringify(problemBody(problem, ''));
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.code}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function brokenAs(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return kernelProblems.header_too_large();
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return kernelProblems.request_too_slow();
    case undefined:
    default:
      return kernelProblems.request_malformed();
  }
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
