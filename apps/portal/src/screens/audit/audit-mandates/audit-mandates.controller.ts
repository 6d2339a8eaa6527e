import { AuditReveals, auditRevealUseCases } from '#lib/assurance';
import { newId, type Problem, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  type AuditMandateInput,
  AuditMandateReads,
  AuditMandates,
  auditMandateUseCases,
  CurrentActor,
  OrganisationReads,
  permits,
} from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { all, type FormBody, one, ticked } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
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
    useCase: auditMandateUseCases.list,
    title: TITLE,
  })
  list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Action({ path: '', useCase: auditMandateUseCases.register, title: TITLE })
  register(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const input: AuditMandateInput = {
      reference: one(form.body, 'reference'),
      basis: one(form.body, 'basis') as AuditMandateInput['basis'],
      subject: one(form.body, 'subject'),
      unitIds: all(form.body, 'unitIds'),
      wholeCity: ticked(form.body, 'wholeCity'),
      validFrom: berlinMidnight(one(form.body, 'validFrom')),
      // the last day counts
      validUntil: berlinMidnight(one(form.body, 'validUntil'), 1),
    };
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Der Prüfauftrag ist eingetragen und wartet auf die Bestätigung',
      run: (by) => this.uow.run(by.acting, (tx) => this.mandates.register(tx, by, input)),
    });
  }

  @Action({ path: ':id/confirm', useCase: auditMandateUseCases.confirm, title: TITLE })
  confirm(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Der Prüfauftrag ist bestätigt',
      run: (by) => this.uow.run(by.acting, (tx) => this.mandates.confirm(tx, by, id)),
    });
  }

  @Action({ path: ':id/end', useCase: auditMandateUseCases.end, title: TITLE })
  end(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Der Prüfauftrag ist beendet',
      run: (by) => this.uow.run(by.acting, (tx) => this.mandates.end(tx, by, id)),
    });
  }

  @Action({ path: 'reveals/:id/consent', useCase: auditRevealUseCases.consent, title: TITLE })
  consent(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Sie haben der Offenlegung zugestimmt',
      run: (by) => this.uow.run(by.acting, (tx) => this.reveals.answer(tx, by, id, true)),
    });
  }

  @Action({ path: 'reveals/:id/refuse', useCase: auditRevealUseCases.refuse, title: TITLE })
  refuse(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Sie haben die Offenlegung abgelehnt',
      run: (by) => this.uow.run(by.acting, (tx) => this.reveals.answer(tx, by, id, false)),
    });
  }

  private pageOf({ actor, body }: SubmittedForm) {
    return { next: '/audit-mandates', again: (problem: Problem) => this.shown(actor, { problem, body }) };
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
