import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isId, kernelProblems } from '#lib/kernel';
import { Access, type AccessDeclaration } from '#lib/organisation';

/** What a route of the API says about itself: who may, which event it leaves, what it takes, and a German summary. */
export interface OperationDeclaration extends AccessDeclaration {
  summary: string;
  body?: z.ZodType;
  query?: z.ZodType;
  /** the answer of success, in words; 200 unless `created` */
  answers: string;
  /** media type of an answer that is not JSON */
  media?: string;
  upload?: boolean;
}

export const OPERATION = 'datenraum:operation';

/** Declares a route once: the guard, the validation and the OpenAPI document all read it. */
export const Operation = (declaration: OperationDeclaration) =>
  applyDecorators(Access({ may: declaration.may, audit: declaration.audit }), SetMetadata(OPERATION, declaration));

/** What the route of this call says about itself; the tiles of the log say less. */
export const declared = (context: ExecutionContext): OperationDeclaration | undefined =>
  Reflect.getMetadata(OPERATION, context.getHandler()) as OperationDeclaration | undefined;

/** The body in the declared shape: DeclaredInput has read it. */
export const Body = createParamDecorator(
  (_: unknown, context: ExecutionContext): unknown => context.switchToHttp().getRequest<FastifyRequest>().body,
);

/** The query in the declared shape: DeclaredInput has read it. */
export const Query = createParamDecorator(
  (_: unknown, context: ExecutionContext): unknown => context.switchToHttp().getRequest<FastifyRequest>().query,
);

/** An id from the path. What is no id is not found: nothing else is said about it. */
export const Id = createParamDecorator((name: string, context: ExecutionContext): string => {
  const id = (context.switchToHttp().getRequest<FastifyRequest>().params as Record<string, string>)[name];
  if (!isId(id)) throw kernelProblems.page_not_found();
  return id;
});

/** Page of a list. */
export const pages = {
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
};
