import { CONFIG, type Config, newId, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest, People } from '#lib/organisation';
import { Body, Controller, Inject, Req } from '@nestjs/common';
import { type FormBody, given, once, one } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { PersonAdmissionView } from './person-admission.view';

const TITLE = 'Neue Person';

/** Somebody new comes: proposed here, admitted by a second administrator. */
@Controller('administration/new-person')
export class PersonAdmissionController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly people: People,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Screen({ path: '', may: 'organisation.administer', audit: 'none: a look before the act', title: TITLE })
  form(): ScreenResult {
    return this.shown({});
  }

  @Action({ path: '', may: 'organisation.administer', audit: 'person-order.proposed.v1', title: TITLE })
  admit(@CurrentActor() actor: Actor, @Body() body: FormBody, @Req() call: HttpRequest): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const by = once(actor, call.url, body);
      const [email, key] = [given(body, 'email'), given(body, 'key')];
      await this.uow.run(by.acting, (tx) =>
        this.people.admit(tx, by, {
          givenName: one(body, 'givenName'),
          familyName: one(body, 'familyName'),
          iss: this.config.oidc.issuer,
          sub: one(body, 'sub'),
          ...(email ? { email } : {}),
          ...(key ? { key } : {}),
        }),
      );
      notify(call, {
        kind: 'success',
        title: 'Der Vorschlag ist eingetragen',
        text: 'Die Person ist aufgenommen, sobald eine zweite Person aus der Administration zustimmt.',
      });
      return redirect('/administration');
    };
    return withFormErrors(call, TITLE, work, (problem) => this.shown(body, problem));
  }

  private shown(body: FormBody, problem?: Problem): Page {
    return render(
      PersonAdmissionView,
      { body, problem, once: newId() },
      { crumbs: [{ text: 'Administration', href: '/administration' }] },
    );
  }
}
