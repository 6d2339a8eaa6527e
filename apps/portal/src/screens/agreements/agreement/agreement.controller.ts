import { AgreementReads, AgreementService } from '#lib/agreements';
import { DeliveryService, ExchangeReads } from '#lib/exchange';
import { CONFIG, type Config, newId, parse, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { FORMAT_NAMES } from '#lib/sources';
import { Body, Controller, Inject, Param, Req } from '@nestjs/common';
import { z } from 'zod';
import { type FormBody, given, once, one, wholeNumber } from '../../../layout/form-body';
import { type ScreenResult, Redirect, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { type AgreementProps, AgreementView, RevokeView } from './agreement.view';

const TITLE = 'Vereinbarung';
const formats = z.enum(FORMAT_NAMES, 'Bitte wählen Sie ein Format.');

@Controller('agreements/:id')
export class AgreementController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: AgreementReads,
    private readonly agreements: AgreementService,
    private readonly exchanges: ExchangeReads,
    private readonly deliveries: DeliveryService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Screen({ path: '', may: 'agreement.read', audit: 'none: the two sides read their own record', title: TITLE })
  agreement(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'confirm', may: 'agreement.confirm', audit: 'agreement.activated.v1', title: TITLE })
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(
      call,
      actor,
      id,
      'Die Vereinbarung ist in Kraft',
      () =>
        this.agreements.confirm(once(actor, call.url, body), id, {
          revision: wholeNumber(body, 'revision') ?? 0,
          answers: answersOf(body),
        }),
      body,
    );
  }

  @Action({ path: 'terminate', may: 'agreement.confirm', audit: 'agreement.terminated.v1', title: TITLE })
  terminate(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, 'Die Vereinbarung ist beendet', () =>
      this.agreements.terminate(once(actor, call.url, body), id, given(body, 'reason')),
    );
  }

  /**
   * A ticket for one download, then straight on to the gateway: the data never pass the portal. The address with the
   * ticket is worth nothing a minute later or after its first use.
   */
  @Action({ path: 'downloads', may: 'data.receive', audit: 'exchange.ticket_issued.v1', title: TITLE })
  download(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const format = parse(formats, one(body, 'format'));
      const { token } = await this.deliveries.createTicket(actor, id, format);
      return new Redirect(
        `${this.config.gateway.url}/v1/agreements/${id}/data?${new URLSearchParams({ format, ticket: token })}`,
      );
    };
    return withFormErrors(call, TITLE, work, (problem) => this.shown(actor, id, { problem }));
  }

  @Screen({
    path: 'revoke',
    may: 'agreement.revoke',
    audit: 'none: a look before the act',
    title: 'Vereinbarung widerrufen',
  })
  revokePage(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.revoking(actor, id);
  }

  @Action({ path: 'revoke', may: 'agreement.revoke', audit: 'agreement.revoked.v1', title: 'Vereinbarung widerrufen' })
  revoke(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      await this.agreements.revoke(once(actor, call.url, body), id, one(body, 'reason'));
      notify(call, {
        kind: 'success',
        title: 'Die Vereinbarung ist widerrufen',
        text: 'Der Widerruf gilt ab sofort. Laufende Lieferungen werden abgebrochen.',
      });
      return redirect(`/agreements/${id}`);
    };
    return withFormErrors(call, 'Vereinbarung widerrufen', work, (problem) =>
      this.revoking(actor, id, { problem: onField(problem, 'reason'), reason: one(body, 'reason') }),
    );
  }

  private act(
    call: HttpRequest,
    actor: Actor,
    id: string,
    done: string,
    work: () => Promise<unknown>,
    body?: FormBody,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      await work();
      notify(call, { kind: 'success', title: done });
      return redirect(`/agreements/${id}`);
    };
    return withFormErrors(call, TITLE, acted, (problem) =>
      this.shown(actor, id, { problem: onField(onAnswers(problem), 'reason'), body }),
    );
  }

  private async model(
    actor: Actor,
    id: string,
  ): Promise<Pick<AgreementProps, 'agreement' | 'exchanges' | 'once' | 'gateway'>> {
    const agreement = await this.reads.view(actor, id);
    const exchanges = await this.uow.read(actor.acting, (tx) => this.exchanges.ofAgreement(tx, id));
    return { agreement, exchanges, once: newId(), gateway: this.config.gateway.url };
  }

  private async shown(actor: Actor, id: string, more: Pick<AgreementProps, 'problem' | 'body'> = {}): Promise<Page> {
    const model = await this.model(actor, id);
    const crumbs = [{ text: 'Vereinbarungen', href: '/agreements' }];
    return render(AgreementView, { ...model, ...more }, { title: `Vereinbarung ${model.agreement.number}`, crumbs });
  }

  private async revoking(actor: Actor, id: string, more: { problem?: Problem; reason?: string } = {}): Promise<Page> {
    const model = await this.model(actor, id);
    const crumbs = [
      { text: 'Vereinbarungen', href: '/agreements' },
      { text: model.agreement.number, href: `/agreements/${id}` },
    ];
    return render(RevokeView, { ...model, ...more }, { crumbs });
  }
}

/** The use case takes the text alone, so its faults point at the whole input. */
function onField(problem: Problem, name: string): Problem {
  for (const fault of problem.errors ?? [])
    if (fault.pointer === '' || fault.pointer === '/') fault.pointer = `/${name}`;
  return problem;
}

const ANSWER = 'answers-';
/** What was answered, by the code of the question. */
const answersOf = (body: FormBody): Record<string, string> =>
  Object.fromEntries(
    Object.keys(body)
      .filter((name) => name.startsWith(ANSWER))
      .map((name) => [name.slice(ANSWER.length), one(body, name)]),
  );

/** `/answers/TOM` stands in the form as `answers-TOM`. */
function onAnswers(problem: Problem): Problem {
  for (const fault of problem.errors ?? []) fault.pointer = fault.pointer.replace(/^\/answers\//, `/${ANSWER}`);
  return problem;
}
