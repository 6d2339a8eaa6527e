import { newId, type Tx, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  organisationProblems,
  PeopleReads,
  type PersonLine,
  type PersonOrderLine,
  RoleCatalogue,
  type RoleCode,
  type Scope,
} from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';
import { APPOINTMENT_SCOPE_NAME } from '../../../layout/words';

/** An appointment as the administration sees it. */
export interface AppointmentLine {
  id: string;
  role: RoleCode;
  roleName: string;
  personId: string;
  personName: string;
  unitId: string;
  unitName: string;
  /** `die ganze Stadt`; null when it is the unit */
  scope: string | null;
  validFrom: Date;
  validTo: Date | null;
  /** whom they stand in for */
  principalName: string | null;
  proposedBy: string | null;
  proposedByName: string | null;
}

export interface QueueModel {
  proposals: (AppointmentLine & { mine: boolean; aboutMe: boolean })[];
  /** people to come, to come back, to be erased, and further accounts */
  orders: (PersonOrderLine & { mine: boolean; aboutMe: boolean })[];
  once: string;
}

export interface PersonModel {
  person: { id: string; name: string; disabledAt: Date | null; accounts: number; isMe: boolean };
  inForce: AppointmentLine[];
  proposed: AppointmentLine[];
  absentNow: boolean;
  roles: Option[];
  units: Option[];
  /** appointments one can stand in for */
  principals: (Option & { role: RoleCode; unitId: string; scopeKind: Scope['kind'] })[];
  once: string;
}

const APPOINTMENT = `SELECT a.id, a.role, a.person_id AS "personId", p.given_name || ' ' || p.family_name AS "personName", a.unit_id AS "unitId", u.name AS "unitName",
       a.scope_kind AS "scopeKind", a.scope_id AS "scopeId", a.valid_from AS "validFrom", a.valid_to AS "validTo",
       op.given_name || ' ' || op.family_name AS "principalName", a.proposed_by AS "proposedBy", b.given_name || ' ' || b.family_name AS "proposedByName"
  FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id JOIN organisation.unit u ON u.id = a.unit_id
  LEFT JOIN organisation.appointment o ON o.id = a.deputy_of LEFT JOIN organisation.person op ON op.id = o.person_id
  LEFT JOIN organisation.person b ON b.id = a.proposed_by`;
/** Units that exist, and those of a change that is prepared: their roles are filled before the change can be confirmed. */
const UNITS = `SELECT u.id AS value, u.name || CASE WHEN u.valid_from > now() THEN ' (entsteht neu)' ELSE '' END AS text FROM organisation.unit u
  WHERE (u.valid_to IS NULL OR now() < u.valid_to) AND (u.valid_from <= now() OR EXISTS (
    SELECT FROM organisation.unit_change_unit x JOIN organisation.unit_change c ON c.id = x.change_id AND c.state <> 'CANCELLED' WHERE x.unit_id = u.id))`;
type Row = Omit<AppointmentLine, 'roleName' | 'scope'> & { scopeKind: Scope['kind']; scopeId: string | null };
const NOT_OVER = `(a.valid_to IS NULL OR now() < a.valid_to)`;

@Injectable()
export class AdministrationPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: RoleCatalogue,
    private readonly peopleReads: PeopleReads,
  ) {}

  get roleNames(): Partial<Record<string, string>> {
    return Object.fromEntries(this.catalogue.all.map(({ code, name }) => [code, name]));
  }

  /** Proposals that wait for the second person, oldest first. */
  queue(actor: Actor): Promise<QueueModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const rows = await tx.sql<Row>(`${APPOINTMENT} WHERE a.state = 'PROPOSED' AND ${NOT_OVER} ORDER BY a.id`);
      const proposals = rows.map((row) => ({
        ...this.line(row),
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

  /** Throws `person_not_found`. */
  person(actor: Actor, id: string): Promise<PersonModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const [person] = await tx.sql<Omit<PersonModel['person'], 'isMe'> & { absentNow: boolean }>(
        `SELECT p.id, p.given_name || ' ' || p.family_name AS name, p.disabled_at AS "disabledAt",
                (SELECT count(*)::int FROM organisation.account c WHERE c.person_id = p.id) AS accounts,
                EXISTS (SELECT FROM organisation.absence b WHERE b.person_id = p.id AND b.from_at <= now() AND now() < b.to_at) AS "absentNow"
           FROM organisation.person p WHERE p.id = $1`,
        [id],
      );
      if (!person) throw organisationProblems.person_not_found();
      const { absentNow, ...who } = person;
      const lines = async (state: string) =>
        (
          await tx.sql<Row>(
            `${APPOINTMENT} WHERE a.person_id = $1 AND a.state = $2 AND ${NOT_OVER} ORDER BY a.valid_from, a.id`,
            [id, state],
          )
        ).map((row) => this.line(row));
      return {
        person: { ...who, isMe: id === actor.personId },
        inForce: await lines('IN_FORCE'),
        proposed: await lines('PROPOSED'),
        absentNow,
        roles: this.catalogue.all.map(({ code, name }) => ({ value: code, text: name })).sort(byText),
        units: (await tx.sql<Option>(UNITS)).sort(byText),
        principals: await this.principals(tx, id),
        once: newId(),
      };
    });
  }

  /** Why these roles do not meet, by name: what the person holds or is proposed for and the role asked for. */
  async because(actor: Actor, personId: string, role: string): Promise<string[]> {
    const asked = this.catalogue.all.find(({ code }) => code === role);
    if (!asked) return [];
    const { inForce, proposed } = await this.person(actor, personId);
    const apart = new Set(this.catalogue.conflicts.filter((one) => one.role === role).map(({ other }) => other));
    return [...inForce, ...proposed]
      .filter((held) => apart.has(held.role))
      .map(
        (held) =>
          `${held.personName} ist schon: ${held.roleName}, ${held.unitName}. Das verträgt sich nicht mit: ${asked.name}.`,
      );
  }

  private async principals(tx: Tx, without: string): Promise<PersonModel['principals']> {
    const rows = await tx.sql<Row>(
      `${APPOINTMENT} WHERE a.state = 'IN_FORCE' AND ${NOT_OVER} AND a.deputy_of IS NULL AND a.person_id <> $1`,
      [without],
    );
    return rows
      .map((row) => ({
        value: row.id,
        text: `${row.personName}: ${this.catalogue.role(row.role).name}, ${row.unitName}`,
        role: row.role,
        unitId: row.unitId,
        scopeKind: row.scopeKind,
      }))
      .sort(byText);
  }

  private line({ scopeKind, scopeId, ...row }: Row): AppointmentLine {
    const scope =
      scopeKind === 'UNIT' ? null : `${APPOINTMENT_SCOPE_NAME[scopeKind]}${scopeId === null ? '' : ` (${scopeId})`}`;
    return { ...row, scope, roleName: this.catalogue.role(row.role).name };
  }
}

const german = new Intl.Collator('de');
const byText = (a: Option, b: Option): number => german.compare(a.text, b.text);
