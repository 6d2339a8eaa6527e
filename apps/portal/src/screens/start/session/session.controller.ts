import { type Actor, AnyActor, organisationProblems } from '#lib/organisation';
import { Controller } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { SessionView } from './session.view';

/** Opening this page keeps the session alive; the warning of every page asks for it too. */
@Controller('session')
export class SessionController {
  @Screen({ path: '', may: 'public', audit: 'none: the own session', title: 'Ihre Sitzung' })
  session(@AnyActor() actor: Actor | null): ScreenResult {
    // whoever is signed in has a session, whatever roles they hold
    if (!actor) throw organisationProblems.sign_in_required();
    return render(SessionView, {});
  }
}
