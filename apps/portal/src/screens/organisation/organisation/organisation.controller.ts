import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller } from '@nestjs/common';
import { type Answer, page } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { OrganisationPresenter } from './organisation.presenter';
import { OrganisationView } from './organisation.view';

@Controller('organisation')
export class OrganisationScreen {
  constructor(private readonly presenter: OrganisationPresenter) {}

  @Screen({
    path: '',
    may: 'organisation.read',
    audit: 'none: offices and their official roles',
    title: 'Organisation',
  })
  async organisation(@CurrentActor() actor: Actor): Promise<Answer> {
    return page(OrganisationView, await this.presenter.organisation(actor));
  }
}
