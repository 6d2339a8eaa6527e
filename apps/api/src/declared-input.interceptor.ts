import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '#lib/kernel';
import { declared } from './operation';

const nothing = z.strictObject({});

/**
 * Reads body and query of every declared route in their declared shape, also where the handler takes neither: what a
 * route does not declare can not be sent to it. 422 with every fault.
 */
@Injectable()
export class DeclaredInput implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    const operation = declared(context);
    if (operation) {
      const request = context.switchToHttp().getRequest<FastifyRequest>();
      request.query = parse(operation.query ?? nothing, request.query ?? {});
      if (!operation.upload) request.body = parse(operation.body ?? nothing.optional(), request.body ?? undefined);
    }
    return next.handle();
  }
}
