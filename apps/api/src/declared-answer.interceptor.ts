import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map } from 'rxjs';
import { z } from 'zod';
import { kernelProblems } from '#lib/kernel';
import { operationOf } from './operation';

const nothing = z.undefined();

/**
 * In tests only: an answer that is not what its use case declares fails loudly, with what differs. In production the
 * compiler's word must do, because a reader gains nothing from an answer that is withheld.
 */
@Injectable()
export class DeclaredAnswer implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): ReturnType<CallHandler['handle']> {
    const operation = operationOf(context.getHandler());
    if (!operation || operation.media) return next.handle();
    return next.handle().pipe(
      map((answer: unknown) => {
        const read = (operation.useCase.output ?? nothing).safeParse(answer);
        if (read.success) return answer;
        const route = `${context.getClass().name}.${context.getHandler().name}`;
        throw kernelProblems.internal_error({ detail: `${route} answers otherwise: ${z.prettifyError(read.error)}` });
      }),
    );
  }
}
