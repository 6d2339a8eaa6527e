import { newId, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, PeopleReads, type PersonLine, type PersonOrderLine } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { type AppointmentLine, appointments } from '../../../layout/people/appointment-lines';

export interface QueueModel {
  proposals: (AppointmentLine & { mine: boolean; aboutMe: boolean })[];
  /** people to come, to come back, to be erased, and further accounts */
  orders: (PersonOrderLine & { mine: boolean; aboutMe: boolean })[];
  once: string;
}

@Injectable()
export class AdministrationPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly laws: LawInForce,
    private readonly peopleReads: PeopleReads,
  ) {}

  async roleNames(actor: Actor): Promise<Partial<Record<string, string>>> {
    const { all } = await this.uow.read(actor.acting, (tx) => this.laws.roles(tx));
    return Object.fromEntries(all.map(({ code, name }) => [code, name]));
  }

  /** Proposals that wait for the second person, oldest first. */
  queue(actor: Actor): Promise<QueueModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const rows = await appointments(tx, await this.laws.roles(tx), `a.state = 'PROPOSED' ORDER BY a.id`);
      const proposals = rows.map((row) => ({
        ...row,
        mine: row.proposedBy === actor.personId,
        aboutMe: row.personId === actor.personId,
      }));
      const orders = (await this.peopleReads.proposed(tx)).map((order) => ({
        ...order,
        mine: order.proposedBy === actor.personId,
        aboutMe: order.personId === actor.personId,
      }));
      return { proposals, orders, once: newId() };
    });
  }

  /** At most 20; fewer than two letters find nobody. */
  people(actor: Actor, q: string): Promise<PersonLine[]> {
    return this.uow.read(actor.acting, (tx) => this.peopleReads.search(tx, actor, q));
  }
}
