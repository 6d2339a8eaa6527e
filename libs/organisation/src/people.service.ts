import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#lib/kernel';
import { type Actor, administrator } from './actor';
import { personDisabled } from './organisation.events';
import { organisationProblems as problems } from './organisation.problems';
import { OrganisationReads } from './organisation.reads';
import { Account, Person } from './person.entity';

/** People and their accounts. */
@Injectable()
export class People {
  constructor(@Inject(OrganisationReads) private readonly reads: OrganisationReads) {}

  /** Shuts a person out at once, whatever tokens they hold. Never refused because of open work: that finds deputies. */
  async disablePerson(tx: Tx, actor: Actor, personId: string): Promise<void> {
    if (administrator(actor) === personId) throw problems.appointment_two_persons();
    const person = await this.reads.person(tx, personId);
    if (person.disabledAt) return;
    await tx.em.update(Person, { id: personId }, { disabledAt: tx.now });
    await tx.emit(personDisabled({ accounts: await tx.em.countBy(Account, { personId }) }), { personId });
  }
}
