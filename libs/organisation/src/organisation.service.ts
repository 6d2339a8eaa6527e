// One file: the acts that change who may what, with the same two questions (who may, who else must agree) in each.
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '#lib/identity';
import { type Acting, kernelProblems, newId, parse, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, type Appointment, permits } from './actor';
import { Absence, ABSENCE_REASONS, AppointmentRow, SCOPE_KINDS } from './appointment.entity';
import { Contract, CONTRACT_KINDS } from './contract.entity';
import {
  absenceEnded,
  absenceSet,
  appointmentConfirmed,
  appointmentDeclined,
  appointmentEnded,
  appointmentProposed,
  contractEnded,
  contractRegistered,
  personDisabled,
} from './organisation.events';
import { organisationProblems as problems } from './organisation.problems';
import { OrganisationReads } from './organisation.reads';
import { APPOINTMENT_STATES } from './organisation.states';
import { Account, MachineClient, Person } from './person.entity';
import { type Permission, ROLE_CODES, RoleCatalogue } from './roles';
import { Unit, type UnitKind } from './unit.entity';

const moment = z.iso.datetime({ offset: true });
const appointSchema = z.strictObject({
  personId: z.uuid(),
  role: z.enum(ROLE_CODES),
  unitId: z.uuid(),
  scope: z.strictObject({ kind: z.enum(SCOPE_KINDS), id: z.string().min(1).max(100).optional() }),
  validFrom: moment.optional(),
  validTo: moment.nullable().optional(),
  deputyOf: z.uuid().nullable().optional(),
});
const absenceSchema = z.strictObject({ personId: z.uuid(), from: moment, to: moment, reason: z.enum(ABSENCE_REASONS) });
const contractSchema = z.strictObject({
  unitA: z.uuid(),
  unitB: z.uuid(),
  kind: z.enum(CONTRACT_KINDS),
  reference: z.string().trim().min(1).max(200),
  validFrom: moment,
  validTo: moment,
});
export type AppointInput = z.input<typeof appointSchema>;
export type AbsenceInput = z.input<typeof absenceSchema>;
export type ContractInput = z.input<typeof contractSchema>;

/** Legal persons of their own: between the city and them an internal agreement is no contract. */
const SEPARATE: readonly UnitKind[] = ['GESELLSCHAFT', 'ANDERE_KOMMUNE', 'LAND', 'FORSCHUNG', 'PRIVATE'];

@Injectable()
export class OrganisationService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(OrganisationReads) private readonly reads: OrganisationReads,
    @Inject(RoleCatalogue) private readonly roles: RoleCatalogue,
  ) {}

  /**
   * Who this is to us, from the database and not from the token, at every request: a role that ended a second ago is
   * gone. Throws `actor_unknown` (no account, or the same mailbox under another `sub`) and `actor_disabled`.
   */
  actorFor(principal: Principal): Promise<Actor> {
    return this.uow.read(systemActing('organisation'), (tx) =>
      principal.kind === 'client' ? this.clientActor(tx, principal) : this.personActor(tx, principal),
    );
  }

  private async personActor(tx: Tx, { iss, sub }: Principal): Promise<Actor> {
    const account = await tx.em.findOneBy(Account, { iss, sub });
    const person = account && (await tx.em.findOneBy(Person, { id: account.personId }));
    if (!person) throw problems.actor_unknown();
    if (person.disabledAt) throw problems.actor_disabled();
    const appointments = await this.reads.appointments(tx, person.id);
    const delegations = await this.reads.delegatedTo(tx, person.id);
    const held = [...appointments, ...delegations];
    const roles = held.map(({ role }) => this.roles.role(role));
    const units = await this.withDepartments(
      tx,
      held.map(({ unitId }) => unitId),
    );
    const acting: Acting = {
      kind: 'person',
      id: person.id,
      unitId: appointments[0]?.unitId ?? null,
      units,
      citywide: appointments.some(({ role, scope }) => scope.kind === 'CITY' && this.roles.role(role).sees === 'CITY'),
    };
    return {
      personId: person.id,
      clientId: null,
      units,
      appointments,
      delegations,
      permissions: new Set<Permission>(roles.flatMap((role) => role.permissions)),
      acting,
      name: `${person.givenName} ${person.familyName}`,
    };
  }

  private async clientActor(tx: Tx, { iss, clientId }: Principal): Promise<Actor> {
    const client = await tx.em.findOneBy(MachineClient, { iss, clientId });
    if (!client) throw problems.actor_unknown();
    const responsible = await this.reads.person(tx, client.responsiblePersonId);
    const unit = await this.reads.unit(tx, client.unitId);
    // a programme nobody answers for any more, or whose unit is gone, is switched off
    const gone = unit.validTo !== null && unit.validTo <= tx.now;
    if (client.disabledAt || responsible.disabledAt || gone) throw problems.actor_disabled();
    const units = [client.unitId];
    return {
      personId: null,
      clientId,
      units,
      appointments: [],
      delegations: [],
      permissions: new Set(this.roles.clientPermissions),
      acting: { kind: 'client', id: clientId, unitId: client.unitId, units, citywide: false },
      name: `${clientId} (${unit.name})`,
    };
  }

  private async withDepartments(tx: Tx, unitIds: string[]): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `WITH RECURSIVE down AS (
         SELECT id FROM organisation.unit WHERE id = ANY($1)
         UNION SELECT u.id FROM organisation.unit u JOIN down ON u.parent_id = down.id AND u.kind = 'ABTEILUNG')
       SELECT id FROM down ORDER BY id`,
      [unitIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Proposes a role for somebody; it has no effect until a second administrator confirms (SOD-4). */
  async appoint(tx: Tx, actor: Actor, input: AppointInput): Promise<{ appointmentId: string }> {
    const proposer = administrator(actor);
    const { scope, ...order } = parse(appointSchema, input);
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
    await guarded(() => tx.em.insert(AppointmentRow, row));
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
    await guarded(() =>
      tx.em.update(
        AppointmentRow,
        { id: row.id },
        { state: APPOINTMENT_STATES.PROPOSED.confirm, confirmedBy: confirmer },
      ),
    );
    await tx.emit(appointmentConfirmed(appointmentFacts(row)), { personId: row.personId });
  }

  async declineAppointment(tx: Tx, actor: Actor, appointmentId: string): Promise<void> {
    administrator(actor);
    const row = await this.appointment(tx, appointmentId, 'decline');
    await guarded(() => tx.em.update(AppointmentRow, { id: row.id }, { state: APPOINTMENT_STATES.PROPOSED.decline }));
    await tx.emit(appointmentDeclined(appointmentFacts(row)), { personId: row.personId });
  }

  /** Ends a role at once. Taking a right away needs one person only. */
  async endAppointment(tx: Tx, actor: Actor, appointmentId: string): Promise<void> {
    administrator(actor);
    const row = await this.appointment(tx, appointmentId, 'end');
    const validTo = tx.now < row.validFrom ? row.validFrom : tx.now;
    await guarded(() =>
      tx.em.update(AppointmentRow, { id: row.id }, { state: APPOINTMENT_STATES.IN_FORCE.end, validTo }),
    );
    await tx.emit(appointmentEnded({ ...appointmentFacts(row), validTo: validTo.toISOString() }), {
      personId: row.personId,
    });
  }

  /** Marks oneself absent, or, as administrator, somebody else: from then on the deputies may act. */
  async setAbsence(tx: Tx, actor: Actor, input: AbsenceInput): Promise<{ absenceId: string }> {
    const { personId, from, to, reason } = parse(absenceSchema, input);
    if (actor.personId !== personId) administrator(actor);
    await this.reads.person(tx, personId);
    if (new Date(to) <= new Date(from)) throw invalid('/to', 'Das Ende liegt nicht nach dem Beginn.');
    const absence = {
      id: newId(),
      personId,
      fromAt: new Date(from),
      toAt: new Date(to),
      reason,
      setBy: actor.personId ?? '',
    };
    await tx.em.insert(Absence, absence);
    await tx.emit(
      absenceSet({ absenceId: absence.id, from: absence.fromAt.toISOString(), to: absence.toAt.toISOString() }),
      { personId },
    );
    return { absenceId: absence.id };
  }

  async endAbsence(tx: Tx, actor: Actor, absenceId: string): Promise<void> {
    const absence = await tx.em.findOneBy(Absence, { id: absenceId });
    if (!absence) throw problems.person_not_found();
    if (actor.personId !== absence.personId) administrator(actor);
    if (absence.toAt <= tx.now) return;
    const toAt = tx.now < absence.fromAt ? absence.fromAt : tx.now;
    await tx.em.update(Absence, { id: absenceId }, { toAt });
    await tx.emit(absenceEnded({ absenceId, to: toAt.toISOString() }), { personId: absence.personId });
  }

  /** Shuts a person out at once, whatever tokens they hold. Never refused because of open work: that finds deputies. */
  async disablePerson(tx: Tx, actor: Actor, personId: string): Promise<void> {
    if (administrator(actor) === personId) throw problems.appointment_two_persons();
    const person = await this.reads.person(tx, personId);
    if (person.disabledAt) return;
    await tx.em.update(Person, { id: personId }, { disabledAt: tx.now });
    await tx.emit(personDisabled({ accounts: await tx.em.countBy(Account, { personId }) }), { personId });
  }

  /** Puts a signed contract between two parties on record. LEGAL only, and its deputy only when it may act. */
  async registerContract(tx: Tx, actor: Actor, input: ContractInput): Promise<{ contractId: string }> {
    await this.legal(tx, actor);
    const { unitA, unitB, kind, reference, ...validity } = parse(contractSchema, input);
    const [validFrom, validTo] = [new Date(validity.validFrom), new Date(validity.validTo)];
    if (validTo <= validFrom) throw invalid('/validTo', 'Das Ende liegt nicht nach dem Beginn.');
    const parties = [await this.reads.unit(tx, unitA), await this.reads.unit(tx, unitB)];
    if (!contractFits(kind, parties)) throw problems.contract_kind_unfit();
    const [partyA, partyB] = [unitA, unitB].sort() as [string, string];
    const contractId = newId();
    const registeredBy = actor.personId;
    await tx.em.insert(Contract, {
      id: contractId,
      partyA,
      partyB,
      kind,
      reference,
      validFrom,
      validTo,
      registeredBy,
      endedBy: null,
    });
    await tx.emit(
      contractRegistered({
        contractId,
        partyA,
        partyB,
        kind,
        validFrom: validFrom.toISOString(),
        validTo: validTo.toISOString(),
      }),
      { reference },
    );
    return { contractId };
  }

  /** Ends a contract now. Deliveries that rest on it stop at their next check. */
  async endContract(tx: Tx, actor: Actor, contractId: string): Promise<void> {
    await this.legal(tx, actor);
    const contract = await tx.em.findOne(Contract, { where: { id: contractId }, lock: { mode: 'pessimistic_write' } });
    if (!contract) throw problems.contract_not_found();
    if (contract.validTo <= tx.now) throw problems.contract_ended();
    const validTo = tx.now < contract.validFrom ? contract.validFrom : tx.now;
    await tx.em.update(Contract, { id: contractId }, { validTo, endedBy: actor.personId });
    await tx.emit(
      contractEnded({ contractId, partyA: contract.partyA, partyB: contract.partyB, validTo: validTo.toISOString() }),
    );
  }

  private async legal(tx: Tx, actor: Actor): Promise<void> {
    if (!permits(actor, 'contract.register')) throw problems.not_permitted();
    if (!(await this.reads.entitledAs(tx, actor, 'LEGAL', null, { overdue: false }))) throw problems.not_entitled();
  }

  /** Locks the row so that of two steps at once the second sees the first and finds its step gone. */
  private async appointment(tx: Tx, id: string, step?: 'confirm' | 'decline' | 'end'): Promise<AppointmentRow> {
    const row = await tx.em.findOne(AppointmentRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw problems.appointment_not_found();
    if (step && !(step in APPOINTMENT_STATES[row.state])) throw problems.appointment_state();
    return row;
  }
}

function administrator(actor: Actor): string {
  if (!permits(actor, 'organisation.administer') || actor.personId === null) throw problems.not_permitted();
  return actor.personId;
}

function contractFits(kind: Contract['kind'], parties: Unit[]): boolean {
  const [a, b] = parties;
  if (!a || !b || a.id === b.id) return false;
  const separate = parties.some((unit) => SEPARATE.includes(unit.kind));
  return kind === 'INTERNE_VEREINBARUNG' ? !separate && parties.some((unit) => unit.kind === 'EIGENBETRIEB') : true;
}

const appointmentFacts = ({ id, role, unitId }: Pick<Appointment, 'id' | 'role' | 'unitId'>) => ({
  appointmentId: id,
  role,
  unitId,
});

/** What the triggers refuse, in the words of the office. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { constraint } = (cause as { driverError?: { constraint?: string } }).driverError ?? {};
    switch (constraint) {
      case 'appointment_incompatible':
      case 'appointment_twice':
      case 'appointment_deputy':
      case 'appointment_statistics':
      case 'appointment_two_persons':
      case 'appointment_state':
        throw problems[constraint]({ cause });
      default:
        throw cause;
    }
  }
}

function invalid(pointer: string, detail: string) {
  return kernelProblems.validation_failed({ errors: [{ pointer, code: 'invalid_value', detail }] });
}
