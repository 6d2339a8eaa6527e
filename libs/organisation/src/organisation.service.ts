import { Injectable } from '@nestjs/common';
import type { Principal } from '#lib/identity';
import { type Acting, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import type { Permission, RoleCatalogue } from '#lib/policy';
import type { Actor, Appointment } from './actor';
import { underMandate } from './mandates/audit-mandate.reads';
import { organisationProblems as problems } from './organisation.problems';
import { OrganisationReads } from './organisation.reads';
import { Account, MachineClient, Person } from './people/person.entity';

/** Who is asking: from an account to a person, its roles and what it may see. */
@Injectable()
export class OrganisationService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: OrganisationReads,
    private readonly laws: LawInForce,
  ) {}

  /**
   * Who this is to us, from the database and not from the token, at every request: a role that ended a second ago is
   * gone, and what a role may do is said by the law in force at this moment. Throws `actor_unknown` (no account, or the same mailbox under another `sub`) and `actor_disabled`.
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
    const law = await this.laws.roles(tx);
    // a role that the law does not describe any more gives nothing
    const roles = held.filter(({ role }) => law.has(role)).map(({ role }) => law.role(role));
    const units = await this.withDepartments(tx, [
      ...held.map(({ unitId }) => unitId),
      ...(await this.offices(tx, appointments, law)),
    ]);
    const acting: Acting = {
      kind: 'person',
      id: person.id,
      unitId: appointments[0]?.unitId ?? null,
      units,
      citywide: appointments.some(
        ({ role, scope }) => scope.kind === 'CITY' && law.has(role) && law.role(role).sees === 'CITY',
      ),
    };
    const actor: Actor = {
      personId: person.id,
      clientId: null,
      units,
      appointments,
      delegations,
      permissions: new Set<Permission>(roles.flatMap((role) => role.permissions)),
      acting,
      name: `${person.givenName} ${person.familyName}`,
    };
    return underMandate(tx, actor, (unitIds) => this.withDepartments(tx, unitIds));
  }

  private async clientActor(tx: Tx, { iss, clientId }: Principal): Promise<Actor> {
    const client = await tx.em.findOneBy(MachineClient, { iss, clientId });
    if (!client) throw problems.actor_unknown();
    const responsible = await this.reads.person(tx, client.responsiblePersonId);
    const unit = await this.reads.unit(tx, client.unitId);
    // a programme nobody answers for any more, or whose unit is gone, is switched off
    const gone = unit.validTo !== null && unit.validTo <= tx.now;
    if (client.disabledAt || client.frozenAt || responsible.disabledAt || gone) throw problems.actor_disabled();
    const units = await this.withPredecessors(tx, [client.unitId]);
    return {
      personId: null,
      clientId,
      units,
      appointments: [],
      delegations: [],
      permissions: new Set((await this.laws.roles(tx)).clientPermissions),
      acting: { kind: 'client', id: clientId, unitId: client.unitId, units, citywide: false },
      name: `${clientId} (${unit.name})`,
    };
  }

  /** Whoever leads a Dezernat reads what its offices decide on, because what they may not decide comes up to them. */
  private async offices(tx: Tx, appointments: readonly Appointment[], law: RoleCatalogue): Promise<string[]> {
    const led = appointments
      .filter(({ role }) => role === 'REQ_HEAD' || law.isAccountable(role))
      .map(({ unitId }) => unitId);
    const rows = await tx.sql<{ id: string }>(
      `SELECT o.id FROM organisation.unit o JOIN organisation.unit d ON d.id = o.parent_id AND d.kind = 'DEZERNAT'
        WHERE d.id = ANY ($1) AND o.kind IN ('AMT', 'STAB')`,
      [led],
    );
    return rows.map(({ id }) => id);
  }

  /** Departments belong to it, and the units in whose place it wholly stands: their rows are its own now. */
  private async withDepartments(tx: Tx, unitIds: string[], kind = 'ABTEILUNG'): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `WITH RECURSIVE down AS (
         SELECT id FROM organisation.unit WHERE id = ANY($1)
         UNION SELECT more.id FROM down CROSS JOIN LATERAL (
           SELECT u.id FROM organisation.unit u WHERE u.parent_id = down.id AND u.kind = $2
           UNION ALL SELECT s.from_unit FROM organisation.unit_succession s
             WHERE s.to_unit = down.id AND s.subject IS NULL AND s.at <= now()) more)
       SELECT id FROM down ORDER BY id`,
      [unitIds, kind],
    );
    return rows.map(({ id }) => id);
  }

  private withPredecessors(tx: Tx, unitIds: string[]): Promise<string[]> {
    return this.withDepartments(tx, unitIds, '');
  }
}
