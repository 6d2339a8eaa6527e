import type { FastifyInstance } from 'fastify';
import { kernelProblems } from '../kernel.problems';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Fields that decide who asks, for what, and where a message ends: twice means two readers may see two messages. */
const ONCE = new Set([
  'host',
  'authorization',
  'content-length',
  'transfer-encoding',
  'content-type',
  'range',
  'cookie',
  'x-correlation-id',
  'idempotency-key',
]);
/** Who checks the method of the line must not run the method of a field. */
const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];

/**
 * What Node's parser lets through and a proxy might read differently ends here: repeated fields and a missing host (400),
 * a method in a field, and methods nobody has a use for, TRACE among them (405).
 */
export function refuseAmbiguous(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!METHODS.has(request.method) || OVERRIDES.some((name) => name in request.headers)) {
      reply.header('allow', [...METHODS].join(', '));
      return done(kernelProblems.method_not_allowed());
    }
    const names = request.raw.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    const twice = names.some((name, i) => ONCE.has(name) && names.indexOf(name) !== i);
    const nowhere = request.raw.httpVersion === '1.1' && !names.includes('host');
    if (!twice && !nowhere) return done();
    // what follows on this connection can not be trusted to be a new request
    reply.header('connection', 'close');
    done(kernelProblems.request_malformed());
  });
}
