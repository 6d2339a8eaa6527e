import { Controller } from '@nestjs/common';
import { type Actor, AnyActor } from '#lib/organisation';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { StartPresenter } from './start.presenter';
import { StartView, WelcomeView } from './start.view';

@Controller()
export class StartController {
  constructor(private readonly presenter: StartPresenter) {}

  @Screen({ path: '', may: 'public', audit: 'none: own open matters only', title: 'Start' })
  async start(@AnyActor() actor: Actor | null): Promise<ScreenResult> {
    return actor
      ? render(StartView, await this.presenter.start(actor))
      : render(WelcomeView, {}, { title: 'Willkommen' });
  }
}
