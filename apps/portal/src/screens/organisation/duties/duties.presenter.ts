import { UnitOfWork } from '#lib/kernel';
import { type Actor, type DutyLine, DutyReads, OrganisationReads } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';

export interface DutiesModel {
  duties: DutyLine[];
  units: Option[];
  /** whether the reader keeps the register */
  keeps: boolean;
}

@Injectable()
export class DutiesPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly duties: DutyReads,
    private readonly organisation: OrganisationReads,
  ) {}

  list(actor: Actor): Promise<DutiesModel> {
    return this.uow.read(actor.acting, async (tx) => ({
      duties: await this.duties.list(tx),
      units: (await this.organisation.units(tx)).map(({ id, name }) => ({ value: id, text: name })),
      keeps: actor.permissions.has('duty.register'),
    }));
  }
}
