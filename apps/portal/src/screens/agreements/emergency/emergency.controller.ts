import { EmergencyAccesses, EmergencyReads, emergencyUseCases } from '#lib/agreements';
import { newId, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { EMERGENCY_FIELDS, type EmergencyFormInput } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';
import type { FormBody } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { formOf } from '../../../layout/requests/form-values';
import { Action, Screen } from '../../../layout/screen';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { EmergencyPresenter } from './emergency.presenter';
import { EmergenciesView, EmergencyView } from './emergency.view';
import { OpeningView } from './opening.view';

const TITLE = 'Ausnahmezugriff';
const LIST = { text: 'Ausnahmezugriffe', href: '/emergency-accesses' };

/** Break glass: open, confirm, follow, end and review. What it does is said before each button. */
@Controller()
export class EmergencyController {
  constructor(
    private readonly presenter: EmergencyPresenter,
    private readonly accesses: EmergencyAccesses,
    private readonly reads: EmergencyReads,
  ) {}

  @Screen({
    path: 'emergency-accesses',
    useCase: emergencyUseCases.list,
    title: 'Ausnahmezugriffe',
  })
  async list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return render(EmergenciesView, { lines: await this.reads.list(actor) });
  }

  @Screen({
    path: 'emergency-accesses/:id',
    useCase: emergencyUseCases.view,
    title: TITLE,
  })
  view(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Screen({
    path: 'products/:id/emergency',
    may: 'request.submit',
    audit: 'none: a look before the act',
    title: 'Ausnahmezugriff eröffnen',
  })
  opening(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.form(actor, id, {});
  }

  @Action({
    path: 'products/:id/emergency',
    useCase: emergencyUseCases.open,
    title: 'Ausnahmezugriff eröffnen',
  })
  open(@Param('id') productId: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      run: async (by) => {
        const columns = await this.presenter.columns(actor, productId);
        const input = formOf(body, productId, columns, EMERGENCY_FIELDS) as unknown as EmergencyFormInput;
        return this.accesses.open(by, input);
      },
      done: {
        kind: 'success',
        title: 'Der Ausnahmezugriff wartet auf die zweite Person',
        text: 'Rufen Sie jetzt die zweite Person an. Erst mit der Bestätigung sind die Daten offen.',
      },
      next: ({ id }) => `/emergency-accesses/${id}`,
      again: (problem) => this.form(actor, productId, body, problem),
    });
  }

  @Action({ path: 'emergency-accesses/:id/confirm', useCase: emergencyUseCases.confirm, title: TITLE })
  confirm(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Der Ausnahmezugriff gilt ab jetzt für 24 Stunden',
      run: (by) => this.accesses.confirm(by, id),
    });
  }

  @Action({ path: 'emergency-accesses/:id/end', useCase: emergencyUseCases.end, title: TITLE })
  end(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: emergencyUseCases.end,
      done: 'Der Ausnahmezugriff ist beendet',
      run: (by, { reason }) => this.accesses.end(by, id, reason),
    });
  }

  @Action({
    path: 'emergency-accesses/:id/opinion',
    useCase: emergencyUseCases.giveOpinion,
    title: TITLE,
  })
  opinion(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: emergencyUseCases.giveOpinion,
      done: 'Ihre Stellungnahme ist abgegeben',
      run: (by, input) => this.accesses.giveOpinion(by, id, input),
    });
  }

  @Action({ path: 'emergency-accesses/:id/review', useCase: emergencyUseCases.review, title: TITLE })
  review(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: emergencyUseCases.review,
      done: 'Die Nachprüfung ist abgeschlossen',
      run: (by, input) => this.accesses.review(by, id, input),
    });
  }

  private pageOf({ actor, body }: SubmittedForm, id: string) {
    return { next: `/emergency-accesses/${id}`, again: (problem: Problem) => this.shown(actor, id, { problem, body }) };
  }

  private async shown(actor: Actor, id: string, more: { problem?: Problem; body?: FormBody } = {}): Promise<Page> {
    const model = { ...(await this.presenter.access(actor, id)), once: newId(), body: {}, ...more };
    const title = `Ausnahmezugriff auf ${model.access.productTitle}`;
    return render(EmergencyView, model, { title, crumbs: [LIST] });
  }

  private async form(actor: Actor, productId: string, body: FormBody, problem?: Problem): Promise<Page> {
    const model = { ...(await this.presenter.opening(actor, productId)), body, once: newId() };
    return render(
      OpeningView,
      { model, problem },
      {
        title: 'Ausnahmezugriff eröffnen',
        crumbs: [
          { text: 'Datenkatalog', href: '/catalogue' },
          { text: model.productTitle, href: `/products/${productId}` },
        ],
      },
    );
  }
}
