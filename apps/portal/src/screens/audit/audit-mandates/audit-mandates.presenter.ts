import { AuditReveals, type RevealLine } from '#lib/assurance';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, AuditMandateReads, type AuditMandateView, OrganisationReads, permits } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';

export interface MandatesModel {
  mandates: AuditMandateView[];
  /** null for those who have no part in it */
  reveals: RevealLine[] | null;
  units: Option[];
}

@Injectable()
export class AuditMandatesPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: AuditMandateReads,
    private readonly organisation: OrganisationReads,
    private readonly reveals: AuditReveals,
  ) {}

  list(actor: Actor): Promise<MandatesModel> {
    return this.uow.read(actor.acting, async (tx) => ({
      mandates: await this.mandates.list(tx, actor),
      reveals: permits(actor, 'reveal.read') ? await this.reveals.list(tx, actor) : null,
      units: (await this.organisation.units(tx)).map(({ id, name }) => ({ value: id, text: name })),
    }));
  }
}
