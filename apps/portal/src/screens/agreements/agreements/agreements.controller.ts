import { type AgreementListFilter, AgreementReads, agreementUseCases } from '#lib/agreements';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Query } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { AgreementsView } from './agreements.view';

const PAGE = 25;
const SIDES = { CONSUMER: 'Wir erhalten Daten', PROVIDER: 'Wir geben Daten', ALL: 'Alle' } as const;

@Controller()
export class AgreementsController {
  constructor(private readonly agreements: AgreementReads) {}

  @Screen({
    path: 'agreements',
    useCase: agreementUseCases.list,
    title: 'Vereinbarungen',
  })
  async list(@CurrentActor() actor: Actor, @Query() query: { side?: string; page?: string }): Promise<ScreenResult> {
    const side: NonNullable<AgreementListFilter['side']> =
      query.side === 'CONSUMER' || query.side === 'PROVIDER' ? query.side : 'ALL';
    const number = Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1);
    const { items, total } = await this.agreements.list(actor, { side, page: number, pageSize: PAGE });
    const concerns = await this.agreements.concerns(actor);
    return render(AgreementsView, {
      concerns,
      sides: SIDES,
      side,
      items,
      page: number,
      pages: Math.ceil(total / PAGE),
    });
  }
}
