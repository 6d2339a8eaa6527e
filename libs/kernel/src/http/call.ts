import type { FastifyRequest } from 'fastify';
import type { Acting } from '../acting';

/** What the guard leaves on the request for the filter and the handlers. */
export interface CallContext {
  acting?: Acting;
}

export type Call = FastifyRequest & { call?: CallContext };
