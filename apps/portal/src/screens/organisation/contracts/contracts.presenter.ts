import { UnitOfWork } from '#lib/kernel';
import { type Actor, type ContractLine, ContractReads, OrganisationReads } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';

export interface ContractsModel {
  contracts: ContractLine[];
  /** ids of those that end soon, with none after them */
  endingSoon: ReadonlySet<string>;
  units: Option[];
  /** what a contract can be about, by title and giving office */
  products: Option[];
}

@Injectable()
export class ContractsPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly contracts: ContractReads,
    private readonly organisation: OrganisationReads,
  ) {}

  list(actor: Actor): Promise<ContractsModel> {
    return this.uow.read(actor.acting, async (tx) => ({
      contracts: await this.contracts.list(tx),
      endingSoon: await this.contracts.endingSoon(tx),
      units: (await this.organisation.units(tx)).map(({ id, name }) => ({ value: id, text: name })),
      products: await tx.sql<{ value: string; text: string }>(
        `SELECT p.id AS value, p.title || ' (' || u.name || ')' AS text
           FROM catalogue.product p JOIN organisation.unit u ON u.id = p.provider_unit_id
          WHERE p.state IN ('VISIBLE', 'REQUESTABLE') ORDER BY p.title, p.id`,
      ),
    }));
  }
}
