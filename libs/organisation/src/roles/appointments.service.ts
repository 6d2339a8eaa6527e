import { Injectable } from '@nestjs/common';
import { type DomainEvent, move, type Movement, newId, parse, type Tx } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, administrator, type Appointment } from '../actor';
import { AppointmentRow } from './appointment.entity';
import {
  appointmentConfirmed,
  appointmentDeclined,
  appointmentEnded,
  appointmentProposed,
} from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { type AppointmentState, appointmentStates } from '../organisation.states';
import { invalid, withProblems } from '../constraints';
import { type AppointInput, appointmentUseCases } from './appointment.use-cases';

/** Giving and taking roles: two people give (SOD-4), one takes. */
@Injectable()
export class Appointments {
  constructor(
    private readonly reads: OrganisationReads,
    private readonly laws: LawInForce,
  ) {}

  /** Proposes a role for somebody; it has no effect until a second administrator confirms (SOD-4). */
  async appoint(tx: Tx, actor: Actor, input: AppointInput): Promise<{ appointmentId: string }> {
    const proposer = administrator(actor);
    const { scope, ...order } = parse(appointmentUseCases.propose.input, input);
    if (!(await this.laws.roles(tx)).has(order.role)) throw invalid('/role', 'Diese Rolle gibt es nicht.');
    if (proposer === order.personId) throw problems.appointment_two_persons();
    await this.reads.person(tx, order.personId);
    await this.reads.unit(tx, order.unitId);
    if (order.deputyOf) await this.appointment(tx, order.deputyOf);
    const row = tx.em.create(AppointmentRow, {
      id: newId(),
      personId: order.personId,
      role: order.role,
      unitId: order.unitId,
      scopeKind: scope.kind,
      scopeId: scope.id ?? null,
      deputyOf: order.deputyOf ?? null,
      validFrom: order.validFrom ? new Date(order.validFrom) : tx.now,
      validTo: order.validTo ? new Date(order.validTo) : null,
      state: 'PROPOSED',
      origin: 'ORDER',
      proposedBy: proposer,
      confirmedBy: null,
    });
    await withProblems(() => tx.em.insert(AppointmentRow, row));
    await tx.emit(
      appointmentProposed({
        ...appointmentFacts(row),
        deputyOf: row.deputyOf,
        validFrom: row.validFrom.toISOString(),
        validTo: row.validTo?.toISOString() ?? null,
      }),
      { personId: row.personId },
    );
    return { appointmentId: row.id };
  }

  /** The second person's word. Neither the proposer nor the person appointed can give it. */
  async confirmAppointment(tx: Tx, actor: Actor, appointmentId: string): Promise<void> {
    const confirmer = administrator(actor);
    const row = await this.appointment(tx, appointmentId, 'confirm');
    if (confirmer === row.proposedBy || confirmer === row.personId) throw problems.appointment_two_persons();
    await moveAppointment(tx, row, 'IN_FORCE', appointmentConfirmed(appointmentFacts(row)), { confirmedBy: confirmer });
  }

  async declineAppointment(tx: Tx, actor: Actor, appointmentId: string): Promise<void> {
    administrator(actor);
    const row = await this.appointment(tx, appointmentId, 'decline');
    await moveAppointment(tx, row, 'DECLINED', appointmentDeclined(appointmentFacts(row)));
  }

  /** Ends a role at once. Taking a right away needs one person only. */
  async endAppointment(tx: Tx, actor: Actor, appointmentId: string): Promise<void> {
    administrator(actor);
    const row = await this.appointment(tx, appointmentId, 'end');
    const validTo = tx.now < row.validFrom ? row.validFrom : tx.now;
    const ended = appointmentEnded({ ...appointmentFacts(row), validTo: validTo.toISOString() });
    await moveAppointment(tx, row, 'ENDED', ended, { validTo });
  }

  /** Locks the row so that of two steps at once the second sees the first and finds its step gone. */
  private async appointment(tx: Tx, id: string, step?: 'confirm' | 'decline' | 'end'): Promise<AppointmentRow> {
    const row = await tx.em.findOne(AppointmentRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw problems.appointment_not_found();
    if (step && !appointmentStates.after(row.state, step)) throw problems.appointment_state();
    return row;
  }
}

/** The one way a role's state changes, see `move`; who holds the role stands erasably beside the event. */
export const moveAppointment = (
  tx: Tx,
  row: AppointmentRow,
  to: AppointmentState,
  event: DomainEvent,
  changes: Partial<Pick<AppointmentRow, 'confirmedBy' | 'validTo'>> = {},
): Promise<void> => withProblems(() => move(tx, movement, row, to, () => event, changes, { personId: row.personId }));

const movement: Movement<AppointmentRow> = {
  entity: AppointmentRow,
  states: appointmentStates,
  refused: () => problems.appointment_state(),
  changed: problems.appointment_state,
};

export const appointmentFacts = ({ id, role, unitId }: Pick<Appointment, 'id' | 'role' | 'unitId'>) => ({
  appointmentId: id,
  role,
  unitId,
});
