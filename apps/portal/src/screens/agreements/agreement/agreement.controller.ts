import { AgreementReads, AgreementService, agreementUseCases } from '#lib/agreements';
import { DeliveryService, ExchangeQueries, exchangeUseCases } from '#lib/exchange';
import { CONFIG, type Config, newId, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Inject, Param } from '@nestjs/common';
import { all, one } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import type { AgreementProps } from './agreement.props';
import { AgreementView } from './agreement.view';
import { RevokeView } from './revoke.view';

const TITLE = 'Vereinbarung';

@Controller('agreements/:id')
export class AgreementController {
  constructor(
    private readonly reads: AgreementReads,
    private readonly agreements: AgreementService,
    private readonly exchanges: ExchangeQueries,
    private readonly deliveries: DeliveryService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Screen({ path: '', useCase: agreementUseCases.view, title: TITLE })
  agreement(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'confirm', useCase: agreementUseCases.confirm, title: TITLE })
  confirm(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: agreementUseCases.confirm,
      fields: { 'answers/*': 'answers-$1' },
      done: 'Die Vereinbarung ist in Kraft',
      run: (by, input) => this.agreements.confirm(by, id, input),
    });
  }

  @Action({ path: 'controller-confirmation', useCase: agreementUseCases.confirmAsController, title: TITLE })
  confirmAsController(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: agreementUseCases.confirmAsController,
      done: 'Der Auftrag ist bestätigt',
      run: (by, input) => this.agreements.confirmAsController(by, id, input),
    });
  }

  @Action({ path: 'terminate', useCase: agreementUseCases.terminate, title: TITLE })
  terminate(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: agreementUseCases.terminate,
      done: 'Die Vereinbarung ist beendet',
      run: (by, { reason }) => this.agreements.terminate(by, id, reason),
    });
  }

  /**
   * A ticket for one download, then straight on to the gateway: the data never pass the portal. The address with the
   * ticket is worth nothing a minute later or after its first use.
   */
  @Action({ path: 'downloads', useCase: exchangeUseCases.createTicket, title: TITLE })
  download(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: exchangeUseCases.createTicket,
      run: async (by, { format }) => ({ format, ...(await this.deliveries.createTicket(by, id, format)) }),
      next: ({ token, format }) =>
        `${this.config.gateway.url}/v1/agreements/${id}/data?${new URLSearchParams({ format, ticket: token })}`,
    });
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

  @Action({ path: 'revoke', useCase: agreementUseCases.revoke, title: 'Vereinbarung widerrufen' })
  revoke(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: agreementUseCases.revoke,
      more: () => ({ together: all(form.body, 'together') }),
      run: (by, { reason, together }) => this.agreements.revoke(by, id, reason, together),
      done: ({ stillRunning }) => ({
        kind: stillRunning.length > 0 ? 'info' : 'success',
        title: 'Die Vereinbarung ist widerrufen',
        text:
          stillRunning.length > 0
            ? `Der Widerruf gilt ab sofort. Für dieselbe Stelle und dasselbe Datenprodukt läuft weiter: ${stillRunning.map(({ number }) => number).join(', ')}.`
            : 'Der Widerruf gilt ab sofort. Laufende Lieferungen werden abgebrochen.',
      }),
      again: (problem) =>
        this.revoking(form.actor, id, {
          problem,
          reason: one(form.body, 'reason'),
          together: all(form.body, 'together'),
        }),
    });
  }

  private pageOf({ actor, body }: SubmittedForm, id: string) {
    return { next: `/agreements/${id}`, again: (problem: Problem) => this.shown(actor, id, { problem, body }) };
  }

  private async model(
    actor: Actor,
    id: string,
  ): Promise<Pick<AgreementProps, 'agreement' | 'exchanges' | 'once' | 'gateway'>> {
    const agreement = await this.reads.view(actor, id);
    const exchanges = await this.exchanges.ofAgreement(actor, id);
    return { agreement, exchanges, once: newId(), gateway: this.config.gateway.url };
  }

  private async shown(actor: Actor, id: string, more: Pick<AgreementProps, 'problem' | 'body'> = {}): Promise<Page> {
    const model = await this.model(actor, id);
    const crumbs = [{ text: 'Vereinbarungen', href: '/agreements' }];
    return render(AgreementView, { ...model, ...more }, { title: `Vereinbarung ${model.agreement.number}`, crumbs });
  }

  private async revoking(
    actor: Actor,
    id: string,
    more: Pick<AgreementProps, 'problem' | 'reason' | 'together'> = {},
  ): Promise<Page> {
    const model = await this.model(actor, id);
    const crumbs = [
      { text: 'Vereinbarungen', href: '/agreements' },
      { text: model.agreement.number, href: `/agreements/${id}` },
    ];
    return render(RevokeView, { ...model, ...more }, { crumbs });
  }
}
