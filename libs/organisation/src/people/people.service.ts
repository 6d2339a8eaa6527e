import { Injectable } from '@nestjs/common';
import { newId, parse, type Tx } from '#lib/kernel';
import { type Actor, administrator } from '../actor';
import {
  personDisabled,
  personErased,
  personOrderConfirmed,
  personOrderDeclined,
  personOrderProposed,
} from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { PersonOrder, type PersonOrderKind } from './person-order.entity';
import { Account, Person } from './person.entity';
import { withProblems } from '../constraints';
import { insertAbsence, mustBeAbsencePeriod } from './absence-period';
import { type AbsenceOrderInput, type AccountInput, type AdmitInput, personUseCases } from './person.use-cases';

/** What an order says beside its kind and person. */
type PersonOrderInput = Partial<
  Pick<
    PersonOrder,
    'givenName' | 'familyName' | 'email' | 'staffKey' | 'iss' | 'sub' | 'absentFrom' | 'absentTo' | 'absenceReason'
  >
>;

/**
 * People and their accounts. Who comes, comes back, gets a further account or is erased is proposed by one
 * administrator and confirmed by another (SOD-4); shutting out needs one and works at once.
 */
@Injectable()
export class People {
  constructor(private readonly reads: OrganisationReads) {}

  /** Proposes a new person with an account. Throws `account_taken` when the account is somebody's already. */
  async admit(tx: Tx, actor: Actor, input: AdmitInput): Promise<{ orderId: string; personId: string }> {
    const { key: staffKey = null, email = null, ...wanted } = parse(personUseCases.admit.input, input);
    administrator(actor);
    await this.free(tx, wanted);
    return this.propose(tx, actor, 'ADMIT', newId(), { ...wanted, email, staffKey });
  }

  /** Proposes a further account for a person: the same person, whatever account is used (case 56). */
  async addAccount(
    tx: Tx,
    actor: Actor,
    personId: string,
    input: AccountInput,
  ): Promise<{ orderId: string; personId: string }> {
    const wanted = parse(personUseCases.addAccount.input, input);
    administrator(actor);
    await this.present(tx, personId);
    await this.free(tx, wanted);
    return this.propose(tx, actor, 'ACCOUNT', personId, wanted);
  }

  /** Proposes to let a person in again who was shut out. Roles that ended meanwhile stay ended. */
  async bringBack(tx: Tx, actor: Actor, personId: string): Promise<{ orderId: string; personId: string }> {
    administrator(actor);
    if (!(await this.present(tx, personId)).disabledAt) throw problems.person_not_disabled();
    return this.propose(tx, actor, 'RETURN', personId, {});
  }

  /**
   * Proposes to erase a person (GDPR Art. 17) who has left: name, mail, accounts, absences and the clear values of the
   * log go, the pseudonym stays. Throws `erasure_too_early` while the person holds a role or can sign in.
   */
  async erase(tx: Tx, actor: Actor, personId: string): Promise<{ orderId: string; personId: string }> {
    administrator(actor);
    const { disabledAt } = await this.present(tx, personId);
    if (!disabledAt || (await this.reads.appointments(tx, personId)).length > 0) throw problems.erasure_too_early();
    return this.propose(tx, actor, 'ERASE', personId, {});
  }

  /** Proposes that somebody is away who can not say so; once confirmed, their deputies may decide. */
  async proposeAbsence(
    tx: Tx,
    actor: Actor,
    personId: string,
    input: AbsenceOrderInput,
  ): Promise<{ orderId: string; personId: string }> {
    const { from, to, reason } = parse(personUseCases.proposeAbsence.input, input);
    administrator(actor);
    await this.present(tx, personId);
    const [absentFrom, absentTo] = mustBeAbsencePeriod(tx.now, from, to);
    return this.propose(tx, actor, 'ABSENCE', personId, { absentFrom, absentTo, absenceReason: reason });
  }

  /** The second administrator's word; what was ordered happens with it. If we die before the commit, nothing of it has. */
  async confirmOrder(tx: Tx, actor: Actor, orderId: string): Promise<{ personId: string }> {
    const decidedBy = administrator(actor);
    const order = await this.order(tx, orderId);
    if (decidedBy === order.proposedBy || decidedBy === order.personId) throw problems.people_two_persons();
    await this.decide(tx, order, 'CONFIRMED', decidedBy);
    await tx.emit(personOrderConfirmed({ orderId, kind: order.kind }), { personId: order.personId });
    await withProblems(() => this.carryOut(tx, order));
    return { personId: order.personId };
  }

  async declineOrder(tx: Tx, actor: Actor, orderId: string): Promise<void> {
    const decidedBy = administrator(actor);
    const order = await this.order(tx, orderId);
    await this.decide(tx, order, 'DECLINED', decidedBy);
    await tx.emit(personOrderDeclined({ orderId, kind: order.kind }), { personId: order.personId });
  }

  /** Shuts a person out at once, whatever tokens they hold. Never refused because of open work: that finds deputies. */
  async disablePerson(tx: Tx, actor: Actor, personId: string): Promise<void> {
    if (administrator(actor) === personId) throw problems.people_two_persons();
    const person = await this.reads.person(tx, personId);
    if (person.disabledAt) return;
    await tx.em.update(Person, { id: personId }, { disabledAt: tx.now });
    await tx.emit(personDisabled({ accounts: await tx.em.countBy(Account, { personId }) }), { personId });
  }

  private async carryOut(tx: Tx, order: PersonOrder): Promise<void> {
    const { kind, personId, givenName, familyName, email, staffKey: key, iss, sub } = order;
    switch (kind) {
      case 'ADMIT':
        await tx.em.insert(Person, {
          id: personId,
          key,
          givenName: givenName ?? '',
          familyName: familyName ?? '',
          email,
          disabledAt: null,
        });
        await tx.em.insert(Account, { iss: iss ?? '', sub: sub ?? '', personId });
        return;
      case 'ACCOUNT':
        await tx.em.insert(Account, { iss: iss ?? '', sub: sub ?? '', personId });
        return;
      case 'RETURN':
        await tx.em.update(Person, { id: personId }, { disabledAt: null });
        return;
      case 'ABSENCE':
        return insertAbsence(tx, {
          id: newId(),
          personId,
          // what was over before somebody confirmed it hands nothing over afterwards
          fromAt: order.absentFrom! < tx.now ? tx.now : order.absentFrom!,
          toAt: order.absentTo!,
          reason: order.absenceReason!,
          setBy: order.proposedBy,
        });
      case 'ERASE': {
        const [gone] = await tx.sql<{ accounts: number; clearValues: number }>(
          'SELECT accounts, clear_values AS "clearValues" FROM organisation.erase_person($1)',
          [personId],
        );
        await tx.emit(personErased({ accounts: gone!.accounts, clearValues: gone!.clearValues }));
      }
    }
  }

  private async propose(
    tx: Tx,
    actor: Actor,
    kind: PersonOrderKind,
    personId: string,
    wanted: PersonOrderInput,
  ): Promise<{ orderId: string; personId: string }> {
    const proposedBy = administrator(actor);
    if (proposedBy === personId) throw problems.people_two_persons();
    const order = {
      id: newId(),
      kind,
      personId,
      state: 'PROPOSED' as const,
      proposedBy,
      proposedAt: tx.now,
      ...wanted,
    };
    await withProblems(() => tx.em.insert(PersonOrder, order));
    const named = wanted.familyName ? `${wanted.givenName} ${wanted.familyName}` : null;
    await tx.emit(personOrderProposed({ orderId: order.id, kind }), { personId, ...(named && { name: named }) });
    return { orderId: order.id, personId };
  }

  /** The database's own time, so that a trigger can tell an order confirmed now from an old one. */
  private async decide(tx: Tx, { id }: PersonOrder, state: 'CONFIRMED' | 'DECLINED', decidedBy: string): Promise<void> {
    await withProblems(() =>
      tx.sql('UPDATE organisation.person_order SET state = $2, decided_by = $3, decided_at = now() WHERE id = $1', [
        id,
        state,
        decidedBy,
      ]),
    );
  }

  /** Locked, so that of two confirmations at once the second finds the order decided. */
  private async order(tx: Tx, id: string): Promise<PersonOrder> {
    const order = await tx.em.findOne(PersonOrder, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!order) throw problems.person_order_not_found();
    if (order.state !== 'PROPOSED') throw problems.person_order_state();
    return order;
  }

  private async present(tx: Tx, personId: string): Promise<Person> {
    const person = await this.reads.person(tx, personId);
    if (person.erasedAt) throw problems.person_not_found();
    return person;
  }

  private async free(tx: Tx, { iss, sub }: AccountInput): Promise<void> {
    if (await tx.em.existsBy(Account, { iss, sub })) throw problems.account_taken();
  }
}
