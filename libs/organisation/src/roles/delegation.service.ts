import { newId, parse, type Tx } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { Injectable } from '@nestjs/common';
import { type Actor, permits } from '../actor';
import { AppointmentRow } from './appointment.entity';
import { Delegation } from './delegation.entity';
import { delegationGiven, delegationRevoked } from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { invalid, withProblems } from '../constraints';
import { type DelegationInput, delegationUseCases } from './delegation.use-cases';

/** Written delegation of the decision on an office's data (SOD-9): by its holder only, one step, twelve months at most. */
@Injectable()
export class Delegations {
  constructor(
    private readonly reads: OrganisationReads,
    private readonly laws: LawInForce,
  ) {}

  /** Passes the own right on. Throws `delegation_*` for a right of others, to oneself, further on, back, or for too long. */
  async delegate(tx: Tx, actor: Actor, input: DelegationInput): Promise<{ delegationId: string }> {
    const { appointmentId, delegatePersonId, reference, ...period } = parse(delegationUseCases.give.input, input);
    const appointment = await tx.em.findOneBy(AppointmentRow, { id: appointmentId });
    if (!appointment) throw problems.appointment_not_found();
    if (actor.personId === null) throw problems.delegation_right();
    // the own seat, of whatever scope, in force now and not as somebody's deputy
    const own = (await this.reads.appointments(tx, actor.personId)).some(
      ({ id, deputyOf }) => id === appointmentId && deputyOf === null,
    );
    if (!own || !(await this.laws.roles(tx)).role(appointment.role).delegable) throw problems.delegation_right();
    await this.reads.person(tx, delegatePersonId);
    const row = {
      id: newId(),
      appointmentId,
      delegatePersonId,
      reference,
      validFrom: period.validFrom ? new Date(period.validFrom) : tx.now,
      validTo: new Date(period.validTo),
      delegatedBy: actor.personId,
      revokedAt: null,
      revokedBy: null,
    };
    if (row.validTo <= tx.now) throw invalid('/validTo', 'Das Ende liegt in der Vergangenheit.');
    await withProblems(() => tx.em.insert(Delegation, row));
    const validity = { validFrom: row.validFrom.toISOString(), validTo: row.validTo.toISOString() };
    await tx.emit(delegationGiven({ ...facts(row, appointment), ...validity }), {
      personId: delegatePersonId,
      reference,
    });
    return { delegationId: row.id };
  }

  /** Takes the right back at once: the one who gave it, or the administration. What was decided before stands. */
  async revoke(tx: Tx, actor: Actor, delegationId: string): Promise<void> {
    const row = await tx.em.findOne(Delegation, { where: { id: delegationId }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw problems.delegation_not_found();
    if (actor.personId === null) throw problems.not_permitted();
    if (actor.personId !== row.delegatedBy && !permits(actor, 'organisation.administer'))
      throw problems.not_permitted();
    if (row.revokedAt) throw problems.delegation_ended();
    const appointment = await tx.em.findOneByOrFail(AppointmentRow, { id: row.appointmentId });
    // the moment of the database now, not of the transaction's begin: an act that waits sees it as over
    const [clock] = await tx.sql<{ at: Date }>('SELECT clock_timestamp() AS at');
    await withProblems(() =>
      tx.em.update(Delegation, { id: row.id }, { revokedAt: clock!.at, revokedBy: actor.personId }),
    );
    await tx.emit(delegationRevoked(facts(row, appointment)), { personId: row.delegatePersonId });
  }
}

const facts = ({ id, appointmentId }: Pick<Delegation, 'id' | 'appointmentId'>, { role, unitId }: AppointmentRow) => ({
  delegationId: id,
  appointmentId,
  role,
  unitId,
});
