import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { isId, kernelProblems, type OutputOf } from '#lib/kernel';
import { Access, type PermittedUseCase } from '#lib/organisation';

/** What a route of the API says about itself: the use case it offers and German words for it. */
export interface OperationDeclaration<U extends PermittedUseCase = PermittedUseCase> {
  useCase: U;
  /** German, one line */
  summary: string;
  /** the answer of success, in words */
  answers: string;
  /** media type of an answer that is not JSON */
  media?: string;
  /** the body is a form with a file; the handler reads it. Named: a field with JSON comes before a document */
  upload?: true | { field: string; schema: z.ZodType };
}

export const OPERATION = 'datenraum:operation';

type Handler<R> = (...args: never[]) => R | Promise<R>;

/**
 * Declares a route once: guard, validation and OpenAPI document all read it. The compiler refuses a handler that
 * answers anything but the output of its use case.
 */
export const Operation =
  <const U extends PermittedUseCase>(declaration: OperationDeclaration<U>) =>
  <F extends Handler<OutputOf<U>>>(
    target: object,
    name: string | symbol,
    handler: TypedPropertyDescriptor<F>,
  ): void => {
    const { may, audit } = declaration.useCase;
    Access({ may, audit })(target, name, handler);
    SetMetadata(OPERATION, declaration)(target, name, handler);
  };

/** What the route of this call says about itself; the tiles of the log say less. */
export const operationOf = (handler: object): OperationDeclaration | undefined =>
  Reflect.getMetadata(OPERATION, handler) as OperationDeclaration | undefined;

/** A read takes its input in the address, a change in the body. */
export const inputIsQuery = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** An id from the path. What is no id is not found: nothing else is said about it. */
export const Id = createParamDecorator((name: string, context: ExecutionContext): string => {
  const id = (context.switchToHttp().getRequest<FastifyRequest>().params as Record<string, string>)[name];
  if (!isId(id)) throw kernelProblems.page_not_found();
  return id;
});
