import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { ProductPresenter } from './product.presenter';
import { ProductView } from './product.view';

@Controller()
export class ProductController {
  constructor(private readonly presenter: ProductPresenter) {}

  @Screen({ path: 'products/:id', may: 'catalogue.read', audit: 'none: metadata only', title: 'Datenprodukt' })
  async product(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    const product = await this.presenter.product(actor, id);
    return render(ProductView, product, {
      title: product.title,
      crumbs: [{ text: 'Datenkatalog', href: '/catalogue' }],
    });
  }
}
