import { CONFIG, type Config, newId, type Problem } from '#lib/kernel';
import { PeopleService, personUseCases } from '#lib/organisation';
import { Controller, Inject } from '@nestjs/common';
import { type FormBody, given, one } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { PersonAdmissionView } from './person-admission.view';

const TITLE = 'Neue Person';

/** Somebody new comes: proposed here, admitted by a second administrator. */
@Controller('administration/new-person')
export class PersonAdmissionController {
  constructor(
    private readonly people: PeopleService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Screen({ path: '', may: 'organisation.administer', audit: 'none: a look before the act', title: TITLE })
  form(): ScreenResult {
    return this.shown({});
  }

  @Action({ path: '', useCase: personUseCases.admit, title: TITLE })
  admit(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { body } = form;
    return submitForm(form, {
      run: (by) => {
        const [email, key] = [given(body, 'email'), given(body, 'key')];
        const person = {
          givenName: one(body, 'givenName'),
          familyName: one(body, 'familyName'),
          iss: this.config.oidc.issuer,
          sub: one(body, 'sub'),
          ...(email ? { email } : {}),
          ...(key ? { key } : {}),
        };
        return this.people.admit(by, person);
      },
      done: {
        kind: 'success',
        title: 'Der Vorschlag ist eingetragen',
        text: 'Die Person ist aufgenommen, sobald eine zweite Person aus der Administration zustimmt.',
      },
      next: '/administration',
      again: (problem) => this.shown(body, problem),
    });
  }

  private shown(body: FormBody, problem?: Problem): Page {
    return render(
      PersonAdmissionView,
      { body, problem, once: newId() },
      { crumbs: [{ text: 'Administration', href: '/administration' }] },
    );
  }
}
