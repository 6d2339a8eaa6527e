import { newId, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, AppointmentReads, Departures, OrganisationReads } from '#lib/organisation';
import { Handovers } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';

/** A request or a programme that rests because nobody answers for it. */
export interface WithoutResponsible {
  /** of the request, or the client id */
  id: string;
  name: string;
  about: string;
  unitName: string;
  /** whom the reader may name; null when another unit has to */
  people: Option[] | null;
  once: string;
}

export interface ResponsiblePeopleModel {
  requests: WithoutResponsible[];
  clients: WithoutResponsible[];
}

/** Several forms stand on one page, each with a field of its own. */
export const personField = (id: string): string => `person-${id}`;

/** What rests because the person who answered for it is gone, and whom the reader may name. */
@Injectable()
export class ResponsiblePeoplePresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly appointments: AppointmentReads,
    private readonly handovers: Handovers,
    private readonly departures: Departures,
  ) {}

  async model(actor: Actor): Promise<ResponsiblePeopleModel> {
    const resting = await this.handovers.resting(actor);
    return this.uow.read(actor.acting, async (tx) => {
      const askers = remembered((unitId) => this.askers(tx, unitId));
      const staff = remembered((unitId) => this.staff(tx, unitId));
      const requests: WithoutResponsible[] = [];
      for (const {
        requestId: id,
        number,
        productTitle,
        providerUnitName,
        consumerUnitName,
        consumerUnitId,
        mayName,
      } of resting) {
        const about = `${productTitle}, von: ${providerUnitName}`;
        requests.push({
          id,
          name: number,
          about,
          unitName: consumerUnitName,
          people: mayName ? await askers(consumerUnitId) : null,
          once: newId(),
        });
      }
      const clients: WithoutResponsible[] = [];
      for (const { clientId: id, unitId, unitName, mayName } of await this.departures.unanswered(tx, actor)) {
        clients.push({
          id,
          name: id,
          about: '',
          unitName,
          people: mayName ? await staff(unitId) : null,
          once: newId(),
        });
      }
      return { requests, clients };
    });
  }

  /** Those who may ask for the unit. Who decided on a request is refused by the act. */
  private async askers(tx: Tx, unitId: string): Promise<Option[]> {
    const people: Option[] = [];
    for (const personId of new Set(
      (await this.organisation.holders(tx, 'REQUESTER', unitId)).map((one) => one.personId),
    )) {
      const { givenName, familyName } = await this.organisation.person(tx, personId);
      people.push({ value: personId, text: `${givenName} ${familyName}` });
    }
    return people;
  }

  private async staff(tx: Tx, unitId: string): Promise<Option[]> {
    const there = (await this.appointments.ofUnit(tx, unitId)).filter(
      ({ standing, disabled }) => standing === 'IN_FORCE' && !disabled,
    );
    return [...new Map(there.map(({ personId, personName }) => [personId, personName]))].map(([value, text]) => ({
      value,
      text,
    }));
  }
}

/** Many requests of one unit have the same people. */
function remembered(read: (unitId: string) => Promise<Option[]>): (unitId: string) => Promise<Option[]> {
  const known = new Map<string, Promise<Option[]>>();
  return (unitId) => {
    const people = known.get(unitId) ?? read(unitId);
    known.set(unitId, people);
    return people;
  };
}
