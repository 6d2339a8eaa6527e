import { newId, type Problem, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  type AuditMandateInput,
  AuditMandateReads,
  AuditMandates,
  AuditReveals,
  CurrentActor,
  type HttpRequest,
  OrganisationReads,
  permits,
} from '#lib/organisation';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { all, type FormBody, once, one, ticked } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { MandatesView } from './audit-mandates.view';

const TITLE = 'Prüfaufträge';

/** The register of audit orders: who may audit what, until when, and who said so. */
@Controller('audit-mandates')
export class AuditMandatesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: AuditMandates,
    private readonly reads: AuditMandateReads,
    private readonly organisation: OrganisationReads,
    private readonly reveals: AuditReveals,
  ) {}

  @Screen({
    path: '',
    may: 'organisation.read',
    audit: 'none: who may audit what is open to all who take part',
    title: TITLE,
  })
  list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Action({ path: '', may: 'mandate.register', audit: 'audit-mandate.registered.v1', title: TITLE })
  register(@CurrentActor() actor: Actor, @Body() body: FormBody, @Req() call: HttpRequest): Promise<ScreenResult> {
    const input: AuditMandateInput = {
      reference: one(body, 'reference'),
      basis: one(body, 'basis') as AuditMandateInput['basis'],
      subject: one(body, 'subject'),
      unitIds: all(body, 'unitIds'),
      wholeCity: ticked(body, 'wholeCity'),
      validFrom: berlinMidnight(one(body, 'validFrom')),
      // the last day counts
      validUntil: berlinMidnight(one(body, 'validUntil'), 1),
    };
    const by = once(actor, call.url, body);
    return this.act(call, actor, body, 'Der Prüfauftrag ist eingetragen und wartet auf die Bestätigung', () =>
      this.uow.run(by.acting, (tx) => this.mandates.register(tx, by, input)),
    );
  }

  @Action({ path: ':id/confirm', may: 'mandate.confirm', audit: 'audit-mandate.confirmed.v1', title: TITLE })
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Der Prüfauftrag ist bestätigt', () =>
      this.uow.run(actor.acting, (tx) => this.mandates.confirm(tx, actor, id)),
    );
  }

  @Action({ path: ':id/end', may: 'mandate.register', audit: 'audit-mandate.ended.v1', title: TITLE })
  end(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Der Prüfauftrag ist beendet', () =>
      this.uow.run(actor.acting, (tx) => this.mandates.end(tx, actor, id)),
    );
  }

  @Action({ path: 'reveals/:id/consent', may: 'task.decide', audit: 'audit-reveal.consented.v1', title: TITLE })
  consent(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Sie haben der Offenlegung zugestimmt', () =>
      this.uow.run(actor.acting, (tx) => this.reveals.answer(tx, actor, id, true)),
    );
  }

  @Action({ path: 'reveals/:id/refuse', may: 'task.decide', audit: 'audit-reveal.refused.v1', title: TITLE })
  refuse(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Sie haben die Offenlegung abgelehnt', () =>
      this.uow.run(actor.acting, (tx) => this.reveals.answer(tx, actor, id, false)),
    );
  }

  private act(
    call: HttpRequest,
    actor: Actor,
    body: FormBody,
    done: string,
    work: () => Promise<unknown>,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      await work();
      notify(call, { kind: 'success', title: done });
      return redirect('/audit-mandates');
    };
    return withFormErrors(call, TITLE, acted, (problem) => this.shown(actor, { problem, body }));
  }

  private async shown(actor: Actor, more: { problem?: Problem; body?: FormBody } = {}): Promise<Page> {
    const model = await this.uow.read(actor.acting, async (tx) => ({
      mandates: await this.reads.list(tx, actor),
      reveals: permits(actor, 'reveal.read') ? await this.reveals.list(tx, actor) : null,
      units: (await this.organisation.units(tx)).map(({ id, name }) => ({ value: id, text: name })),
    }));
    return render(MandatesView, {
      ...model,
      mayRegister: permits(actor, 'mandate.register'),
      once: newId(),
      body: {},
      ...more,
    });
  }
}
