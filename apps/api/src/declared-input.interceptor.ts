import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '#lib/kernel';
import { inputIsQuery, operationOf } from './operation';

const nothing = z.strictObject({});

/**
 * Reads query and body of every declared route in the shape of its use case, also where the handler takes neither: what
 * a route does not declare can not be sent to it. 422 with every fault. Handlers take the result with Nest's own
 * `@Query()` and `@Body()`, which read the call after this.
 */
@Injectable()
export class DeclaredInput implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    const operation = operationOf(context.getHandler());
    if (operation) {
      const { useCase, upload } = operation;
      const request = context.switchToHttp().getRequest<FastifyRequest>();
      const inQuery = inputIsQuery(request.method);
      request.query = parse((inQuery && useCase.input) || nothing, request.query ?? {});
      if (!upload) request.body = parse((!inQuery && useCase.input) || nothing.optional(), request.body ?? undefined);
    }
    return next.handle();
  }
}
