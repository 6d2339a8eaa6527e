import { EmergencyReads } from '#lib/agreements';
import { CatalogueReads } from '#lib/catalogue';
import { ExchangeReads } from '#lib/exchange';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, organisationProblems, OrganisationReads } from '#lib/organisation';
import { DANGER } from '#lib/policy';
import { EMERGENCY_FIELDS, namesOf, requestProblems, whatWasAskedFor } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { ColumnTypes } from '../../../layout/requests/widgets/widget';
import type { EmergencyProps } from './emergency.props';
import type { OpeningModel } from './opening.view';

@Injectable()
export class EmergencyPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: EmergencyReads,
    private readonly exchanges: ExchangeReads,
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly rulebook: Rulebook,
  ) {}

  /** One access with its deliveries and what was asked for, in words. */
  async access(actor: Actor, id: string): Promise<Pick<EmergencyProps, 'access' | 'exchanges' | 'said'>> {
    const access = await this.reads.view(actor, id);
    const { agreementId, consumerUnitId, consumerUnitName } = access;
    return this.uow.read(actor.acting, async (tx) => {
      const { ruleset } = await this.rulebook.inForce(tx);
      const names = namesOf(ruleset, new Map([[consumerUnitId, consumerUnitName]]));
      return {
        access,
        exchanges: agreementId ? await this.exchanges.ofAgreement(tx, agreementId) : [],
        said: whatWasAskedFor(EMERGENCY_FIELDS, access, names),
      };
    });
  }

  /** What the form offers. Throws `product_not_found`, `product_not_requestable`, `not_permitted` without a unit to ask for. */
  opening(actor: Actor, productId: string): Promise<Pick<OpeningModel, 'productId' | 'productTitle' | 'choices'>> {
    return this.uow.read(actor.acting, async (tx) => {
      const { title } = await this.catalogue.product(tx, productId);
      const version = await this.catalogue.currentVersion(tx, productId);
      if (!version) throw requestProblems.product_not_requestable();
      const { ruleset } = await this.rulebook.inForce(tx);
      const units = (await this.organisation.units(tx)).filter(({ id }) =>
        actor.appointments.some(({ role, unitId }) => role === 'REQUESTER' && unitId === id),
      );
      if (units.length === 0) throw organisationProblems.not_permitted();
      return {
        productId,
        productTitle: title,
        choices: {
          options: {
            ownUnits: units.map(({ id, name }) => ({ value: id, text: name })),
            danger: DANGER.map((value) => ({ value, text: ruleset.label('danger', value) })),
            columns: version.fields.map(({ name, meaning }) => ({
              value: name,
              text: name,
              hint: meaning || undefined,
            })),
          },
          coarser: [],
        },
      };
    });
  }

  /** The fields of the version in force with their types; none where there is no version. */
  columns(actor: Actor, productId: string): Promise<ColumnTypes> {
    return this.uow.read(actor.acting, async (tx) => {
      const version = await this.catalogue.currentVersion(tx, productId);
      return new Map(version?.fields.map(({ name, type }) => [name, type]));
    });
  }
}
