import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { kernelProblems } from '#lib/kernel';

/**
 * The gate only answers GET without a body. What Node's parser lets through and a proxy might read differently
 * (repeated fields, a body where none belongs) ends here, and so does a request sent before the one ahead of it on the
 * connection was answered: nobody needs it here, and it is how smuggled requests look.
 */
export function refuseAmbiguousRequests(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      if (request.method !== 'GET') {
        reply.header('allow', 'GET');
        return done(kernelProblems.method_not_allowed());
      }
      const body = 'transfer-encoding' in request.headers || (request.headers['content-length'] ?? '0') !== '0';
      // Node gives a response its socket only when it is next in line
      const queued = reply.raw.socket === null;
      if (!body && !queued) return done();
      // what follows on this connection can not be trusted to be a new request
      reply.header('connection', 'close');
      done(kernelProblems.request_malformed());
    });
}
