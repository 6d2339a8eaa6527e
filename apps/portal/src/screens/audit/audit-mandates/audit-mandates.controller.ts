import { AuditRevealService, auditRevealUseCases } from '#lib/assurance';
import { newId, type Problem } from '#lib/kernel';
import {
  type Actor,
  type AuditMandateInput,
  AuditMandateService,
  auditMandateUseCases,
  CurrentActor,
  permits,
} from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { all, type FormBody, one, ticked } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { AuditMandatesPresenter } from './audit-mandates.presenter';
import { MandatesView } from './audit-mandates.view';

const TITLE = 'Prüfaufträge';

/** The register of audit orders: who may audit what, until when, and who said so. */
@Controller('audit-mandates')
export class AuditMandatesController {
  constructor(
    private readonly presenter: AuditMandatesPresenter,
    private readonly mandates: AuditMandateService,
    private readonly reveals: AuditRevealService,
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
      run: (by) => this.mandates.register(by, input),
    });
  }

  @Action({ path: ':id/confirm', useCase: auditMandateUseCases.confirm, title: TITLE })
  confirm(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Der Prüfauftrag ist bestätigt',
      run: (by) => this.mandates.confirm(by, id),
    });
  }

  @Action({ path: ':id/end', useCase: auditMandateUseCases.end, title: TITLE })
  end(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Der Prüfauftrag ist beendet',
      run: (by) => this.mandates.end(by, id),
    });
  }

  @Action({ path: 'reveals/:id/consent', useCase: auditRevealUseCases.consent, title: TITLE })
  consent(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Sie haben der Offenlegung zugestimmt',
      run: (by) => this.reveals.answer(by, id, true),
    });
  }

  @Action({ path: 'reveals/:id/refuse', useCase: auditRevealUseCases.refuse, title: TITLE })
  refuse(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Sie haben die Offenlegung abgelehnt',
      run: (by) => this.reveals.answer(by, id, false),
    });
  }

  private pageOf({ actor, body }: SubmittedForm) {
    return { next: '/audit-mandates', again: (problem: Problem) => this.shown(actor, { problem, body }) };
  }

  private async shown(actor: Actor, more: { problem?: Problem; body?: FormBody } = {}): Promise<Page> {
    return render(MandatesView, {
      ...(await this.presenter.list(actor)),
      mayRegister: permits(actor, 'mandate.register'),
      once: newId(),
      body: {},
      ...more,
    });
  }
}
