import { LawQueries } from '#lib/law';
import { type Actor, CurrentActor, roleUseCases } from '#lib/organisation';
import { Controller } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { RolesPresenter } from './roles.presenter';
import { RolesView } from './roles.view';

@Controller('organisation/roles')
export class RolesController {
  constructor(
    private readonly presenter: RolesPresenter,
    private readonly laws: LawQueries,
  ) {}

  @Screen({
    path: '',
    useCase: roleUseCases.list,
    title: 'Rollen',
  })
  async roles(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    const { all: roles, conflicts } = await this.laws.roles(actor);
    return render(
      RolesView,
      { roles, conflicts, held: await this.presenter.held(actor) },
      { crumbs: [{ text: 'Organisation', href: '/organisation' }] },
    );
  }
}
