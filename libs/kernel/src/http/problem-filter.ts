import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { anonymousActing } from '../acting';
import { correlationId } from '../correlation';
import { defineEvent } from '../event';
import { kernelProblems } from '../kernel.problems';
import { Logger } from '../logger';
import { Problem } from '../problem';
import { UnitOfWork } from '../unit-of-work';
import type { Call } from './call';
import { RateLimits } from './rate-limits';

/** A call that was refused: who (as far as known), which route, which problem. Never the input itself. */
export const attemptRefused = defineEvent(
  'attempt.refused.v1',
  z.object({ app: z.string(), method: z.string(), route: z.string(), code: z.string(), status: z.int() }),
);

/** How an app shows a problem: JSON in api and gateway, a page in the portal. */
export type ProblemRenderer = (problem: Problem, call: Call, reply: FastifyReply) => void | Promise<void>;

/** RFC 9457. `type` is the page that explains the code; an unknown exception shows nothing but its correlation id. */
export const problemBody = (problem: Problem, base: string) => ({
  type: `${base}/v1/problems/${problem.code}`,
  title: problem.title,
  status: problem.status,
  code: problem.code,
  detail: problem.detail,
  remedy: problem.remedy,
  because: problem.because,
  errors: problem.errors,
  correlationId: correlationId(),
});

export const renderJson =
  (base: string): ProblemRenderer =>
  (problem, _call, reply) => {
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    if (problem.status === 503 || problem.status === 429)
      reply.header('retry-after', String(problem.retryAfterSeconds ?? 5));
    reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store');
    reply.send(JSON.stringify(problemBody(problem, base)));
  };

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly uow: UnitOfWork,
    private readonly rates: RateLimits,
    private readonly app: string,
    private readonly render: ProblemRenderer,
  ) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const call = host.switchToHttp().getRequest<Call>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    let problem = this.counted(asProblem(thrown), call);
    if (problem.status >= 500)
      this.logger.error({ err: thrown, cause: problem.cause, code: problem.code }, 'a call failed');
    problem = await this.record(problem, call);
    if (reply.sent || reply.raw.headersSent) {
      // bytes are out already: a broken connection is the only honest answer
      reply.raw.destroy();
      return;
    }
    await this.render(problem, call, reply);
  }

  /** A call that failed before we knew who it was counts for its address: a flood of them ends before the database. */
  private counted(problem: Problem, call: Call): Problem {
    if (problem.status === 429) return problem;
    try {
      this.rates.unidentified(call);
      return problem;
    } catch (tooMany) {
      return asProblem(tooMany);
    }
  }

  /** Every refused attempt leaves its event; without a log the answer is that there is no log. */
  private async record(problem: Problem, call: Call): Promise<Problem> {
    // a flood must not become a flood of records; a failing service has its own log
    if (problem.status >= 500 || problem.status === 429) return problem;
    const route = call.routeOptions?.url;
    if (!route) return problem; // no such route: nothing was attempted
    const acting = { ...(call.call?.acting ?? anonymousActing), idempotency: undefined };
    try {
      await this.uow.run(acting, (tx) =>
        tx.emit(
          attemptRefused({ app: this.app, method: call.method, route, code: problem.code, status: problem.status }),
        ),
      );
      return problem;
    } catch (cause) {
      this.logger.error({ err: cause }, 'a refused attempt could not be recorded');
      return cause instanceof Problem ? cause : kernelProblems.audit_unavailable({ cause });
    }
  }
}

// what the form parser throws has no status; a message is all there is to know it by
const BROKEN_FORM = /^(?:Multipart: |Unexpected end of (?:multipart|form)|Part terminated early|Malformed part header)/;

/** Every thrown thing as a Problem; what the framework throws is mapped by its status, what nobody expected becomes `internal_error`. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof Error && BROKEN_FORM.test(thrown.message))
    return kernelProblems.request_malformed({ cause: thrown });
  const status = thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: number }).statusCode;
  switch (status) {
    case 400:
    case 415:
      return kernelProblems.request_malformed({ cause: thrown });
    case 404:
      return kernelProblems.page_not_found();
    case 405:
      return kernelProblems.method_not_allowed();
    case 413:
      return kernelProblems.payload_too_large();
    case 429:
      return kernelProblems.too_many_requests();
    case undefined:
    default:
      return kernelProblems.internal_error({ cause: thrown });
  }
}
