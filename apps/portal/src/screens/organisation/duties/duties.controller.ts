import { newId, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor, type DutyInput, DutyService, dutyUseCases } from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, one } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { Action, Screen } from '../../../layout/screen';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { DutiesPresenter } from './duties.presenter';
import { DutiesView } from './duties.view';

const TITLE = 'Pflichtaufgaben der Stellen';

/** The register of duties: what each unit has to do, and may therefore need data for. */
@Controller('duties')
export class DutiesController {
  constructor(
    private readonly presenter: DutiesPresenter,
    private readonly duties: DutyService,
  ) {}

  @Screen({ path: '', useCase: dutyUseCases.list, title: TITLE })
  list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Action({ path: '', useCase: dutyUseCases.register, title: TITLE })
  register(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { body } = form;
    const input = {
      unitId: one(body, 'unitId'),
      code: one(body, 'code'),
      name: one(body, 'name'),
      norm: one(body, 'norm') || null,
      validFrom: berlinMidnight(one(body, 'validFrom')),
      // the last day counts
      validTo: one(body, 'validTo') ? berlinMidnight(one(body, 'validTo'), 1) : null,
    } as DutyInput;
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Die Pflichtaufgabe steht im Verzeichnis',
      run: (by) => this.duties.registerDuty(by, input),
    });
  }

  @Action({ path: ':id/end', useCase: dutyUseCases.end, title: TITLE })
  end(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Die Pflichtaufgabe ist beendet',
      run: (by) => this.duties.endDuty(by, id),
    });
  }

  private pageOf({ actor, body }: SubmittedForm) {
    return { next: '/duties', again: (problem: Problem) => this.shown(actor, { problem, body }) };
  }

  private async shown(actor: Actor, more: { problem?: Problem; body?: FormBody } = {}): Promise<Page> {
    return render(DutiesView, { ...(await this.presenter.list(actor)), once: newId(), body: {}, ...more });
  }
}
