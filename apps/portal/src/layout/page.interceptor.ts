import { documentHeaders, isId, kernelProblems } from '#lib/kernel';
import type { HttpRequest } from '#lib/organisation';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { Download, Fragment, Page, Redirect } from './page';
import { NAVIGATION, type NavigationEntry } from './navigation';
import { renderFragment, renderPage } from './render';
import { TITLE, LITERAL_ID } from './screen';

const HTML = 'text/html; charset=utf-8';

/** Turns what a handler gives into the answer: a page in its frame, a part of one, or another address. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Inject(NAVIGATION) private readonly entries: readonly NavigationEntry[],
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const call = context.switchToHttp().getRequest<HttpRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const title = this.reflector.get<string | undefined>(TITLE, context.getHandler());
    // a route without title is no screen (files, sign-in): it answers by itself
    if (title === undefined) return next.handle();
    const literalId = this.reflector.get<string | undefined>(LITERAL_ID, context.getHandler());
    // an address that can not name anything is simply not found, whatever the screen would ask the database
    for (const [name, value] of Object.entries(call.params as Record<string, string>)) {
      if (/^id$|Id$/.test(name) && !isId(value) && value !== literalId) throw kernelProblems.page_not_found();
    }
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        if (answer instanceof Redirect) await reply.redirect(answer.url, 303);
        else if (answer instanceof Download)
          await reply.status(200).headers(documentHeaders(answer.file)).send(answer.file.bytes);
        else if (answer instanceof Fragment) await reply.status(200).type(HTML).send(renderFragment(call, answer.view));
        else if (answer instanceof Page) {
          const { options, view } = answer;
          await reply
            .status(options.status ?? 200)
            .type(HTML)
            .send(renderPage(call, this.entries, view, options.title ?? title, options));
        } else throw new Error(`the handler of ${call.routeOptions.url} gave no page`);
      }),
    );
  }
}
