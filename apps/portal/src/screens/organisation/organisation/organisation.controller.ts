import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { OrganisationPresenter } from './organisation.presenter';
import { OrganisationView } from './organisation.view';

@Controller('organisation')
export class OrganisationController {
  constructor(private readonly presenter: OrganisationPresenter) {}

  @Screen({
    path: '',
    may: 'organisation.read',
    audit: 'none: offices and their official roles',
    title: 'Organisation',
  })
  async organisation(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return render(OrganisationView, await this.presenter.organisation(actor));
  }
}
