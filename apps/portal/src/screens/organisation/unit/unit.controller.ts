import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { UnitPresenter } from './unit.presenter';
import { UnitView } from './unit.view';

@Controller('organisation/units/:id')
export class UnitController {
  constructor(private readonly presenter: UnitPresenter) {}

  @Screen({ path: '', may: 'organisation.read', audit: 'none: offices and their official roles', title: 'Stelle' })
  async unit(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    const model = await this.presenter.unit(actor, id);
    const above = model.above.map(({ id: unitId, name }) => ({ text: name, href: `/organisation/units/${unitId}` }));
    return render(UnitView, model, {
      title: model.unit.name,
      crumbs: [{ text: 'Organisation', href: '/organisation' }, ...above],
    });
  }
}
