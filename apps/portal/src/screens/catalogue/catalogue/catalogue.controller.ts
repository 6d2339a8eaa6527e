import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Query } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { CataloguePresenter, type CatalogueQuery } from './catalogue.presenter';
import { CatalogueView } from './catalogue.view';

@Controller()
export class CatalogueController {
  constructor(private readonly presenter: CataloguePresenter) {}

  @Screen({
    path: 'catalogue',
    may: 'catalogue.read',
    audit: 'none: metadata only, a search is nobody else’s business',
    title: 'Datenkatalog',
  })
  async catalogue(@CurrentActor() actor: Actor, @Query() query: CatalogueQuery): Promise<ScreenResult> {
    return render(CatalogueView, await this.presenter.catalogueFor(actor, query));
  }
}
