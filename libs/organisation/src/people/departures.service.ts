import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { newId, parse, type Tx } from '#lib/kernel';
import { type Actor, administrator } from '../actor';
import { AppointmentReads } from '../roles/appointments.reads';
import { Appointments } from '../roles/appointments.service';
import { Delegations } from '../roles/delegation.service';
import { machineClientFrozen, machineClientNamed, personDeparted } from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { People } from './people.service';
import { Departure } from './person-order.entity';
import { MachineClient } from './person.entity';
import type { DeparturePreview } from './people.view';
import { type MoveInput, personUseCases } from './person.use-cases';

/**
 * Somebody leaves the city, or a unit (N.4). Roles and delegations end, programmes they answered for are frozen, all
 * in one transaction. A seat that products hang on is filled anew first: the end of it is refused (`seat_needed`);
 * who must be out at once is shut out instead (`People.disablePerson`), and the products freeze in time (K8).
 */
@Injectable()
export class Departures {
  constructor(
    private readonly reads: OrganisationReads,
    private readonly lines: AppointmentReads,
    private readonly appointments: Appointments,
    private readonly delegations: Delegations,
    private readonly people: People,
  ) {}

  /** What would go, from one unit with its departments or, with null, everywhere. */
  async preview(tx: Tx, actor: Actor, personId: string, unitId: string | null): Promise<DeparturePreview> {
    administrator(actor);
    const within = await this.within(tx, unitId);
    const appointments = (await this.lines.ofPerson(tx, personId)).filter(
      (one) => ['PROPOSED', 'PLANNED', 'IN_FORCE'].includes(one.standing) && within(one.unitId),
    );
    const delegations = (await this.lines.delegations(tx, personId)).filter((one) => within(one.unitId));
    const clients = [];
    for (const { clientId, unitId: at } of await tx.em.findBy(MachineClient, {
      responsiblePersonId: personId,
      frozenAt: IsNull(),
    })) {
      if (within(at)) clients.push({ clientId, unitId: at, unitName: (await this.reads.unit(tx, at)).name });
    }
    return { appointments, delegations, clients };
  }

  /** The person leaves the city: everything goes, and no account opens anything any more. */
  async leave(tx: Tx, actor: Actor, personId: string): Promise<{ departureId: string }> {
    const departed = await this.depart(tx, actor, personId, null, null);
    await this.people.disablePerson(tx, actor, personId);
    return departed;
  }

  /** The person goes to another unit: what they had in the old one goes. New roles are granted there as ever, by two. */
  async move(tx: Tx, actor: Actor, personId: string, input: MoveInput): Promise<{ departureId: string }> {
    const { fromUnitId, toUnitId } = parse(personUseCases.move.input, input);
    await this.reads.unit(tx, toUnitId);
    return this.depart(tx, actor, personId, fromUnitId, toUnitId);
  }

  /** Programmes of the reader's units that are off because nobody answers for them, and whether the reader may name somebody. */
  async unanswered(
    tx: Tx,
    actor: Actor,
  ): Promise<{ clientId: string; unitId: string; unitName: string; mayName: boolean }[]> {
    const rows = await tx.sql<{ clientId: string; unitId: string; unitName: string }>(
      `SELECT c.client_id AS "clientId", c.unit_id AS "unitId", u.name AS "unitName"
         FROM organisation.machine_client c JOIN organisation.unit u ON u.id = c.unit_id JOIN organisation.person p ON p.id = c.responsible_person_id
        WHERE c.unit_id = ANY ($1) AND c.disabled_at IS NULL AND (c.frozen_at IS NOT NULL OR p.disabled_at IS NOT NULL) ORDER BY c.client_id LIMIT 200`,
      [actor.units],
    );
    const unanswered = [];
    for (const row of rows) unanswered.push({ ...row, mayName: await this.speaksFor(tx, actor, row.unitId) });
    return unanswered;
  }

  /** The unit names who answers for its programme from now on: its head decides, and the one named belongs to the unit. */
  async nameResponsible(tx: Tx, actor: Actor, clientId: string, personId: string): Promise<void> {
    const client = await tx.em.findOne(MachineClient, { where: { clientId }, lock: { mode: 'pessimistic_write' } });
    if (!client || !actor.units.includes(client.unitId)) throw problems.machine_client_not_found();
    const { unitId } = client;
    if (!(await this.speaksFor(tx, actor, unitId))) throw problems.not_entitled();
    const [named, within] = [await this.reads.person(tx, personId), await this.within(tx, unitId)];
    const roles = await this.reads.appointments(tx, personId);
    if (named.disabledAt || !roles.some((one) => within(one.unitId))) throw problems.person_not_of_unit();
    await tx.em.update(MachineClient, { iss: client.iss, clientId }, { responsiblePersonId: personId, frozenAt: null });
    await tx.emit(machineClientNamed({ clientId, unitId }), { personId });
  }

  /** The head of the unit, or who answers for its data. */
  private async speaksFor(tx: Tx, actor: Actor, unitId: string): Promise<boolean> {
    for (const role of ['REQ_HEAD', await this.reads.accountableRole(tx, unitId)] as const) {
      if (await this.reads.entitledAs(tx, actor, role, unitId, { overdue: false })) return true;
    }
    return false;
  }

  private async depart(
    tx: Tx,
    actor: Actor,
    personId: string,
    unitId: string | null,
    toUnitId: string | null,
  ): Promise<{ departureId: string }> {
    const setBy = administrator(actor);
    if (setBy === personId) throw problems.people_two_persons();
    const { appointments, delegations, clients } = await this.preview(tx, actor, personId, unitId);
    for (const { id } of delegations) await this.delegations.revoke(tx, actor, id);
    // deputies first: a deputy's row may stand in for another row of this very person's office
    for (const { id, standing } of [...appointments].sort(
      (a, b) => Number(a.deputyOf === null) - Number(b.deputyOf === null),
    )) {
      if (standing === 'PROPOSED') await this.appointments.declineAppointment(tx, actor, id);
      else await this.appointments.endAppointment(tx, actor, id);
    }
    for (const { clientId, unitId: at } of clients) {
      await tx.em.update(MachineClient, { clientId, responsiblePersonId: personId }, { frozenAt: tx.now });
      await tx.emit(machineClientFrozen({ clientId, unitId: at }), { personId });
    }
    const departureId = newId();
    const kind = unitId === null ? ('LEFT' as const) : ('MOVED' as const);
    await tx.em.insert(Departure, { id: departureId, personId, kind, unitId, toUnitId, at: tx.now, setBy });
    const counts = { appointments: appointments.length, delegations: delegations.length, clients: clients.length };
    await tx.emit(personDeparted({ departureId, kind, unitId, ...counts }), { personId });
    return { departureId };
  }

  /** Whether a unit is the one asked for or a department of it; with null, every unit. */
  private async within(tx: Tx, unitId: string | null): Promise<(id: string) => boolean> {
    if (unitId === null) return () => true;
    await this.reads.unit(tx, unitId);
    const rows = await tx.sql<{ id: string }>(
      `WITH RECURSIVE down AS (
         SELECT id FROM organisation.unit WHERE id = $1
         UNION SELECT u.id FROM organisation.unit u JOIN down ON u.parent_id = down.id AND u.kind = 'ABTEILUNG')
       SELECT id FROM down`,
      [unitId],
    );
    const ids = new Set(rows.map(({ id }) => id));
    return (id) => ids.has(id);
  }
}
