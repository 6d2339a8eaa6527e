import { newId, type Tx, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, organisationProblems, type RoleCatalogue, type RoleCode, type Scope } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Option } from '../forms';
import { type AppointmentLine, appointments } from './appointment-lines';

/** One person with their roles, and what they can be appointed to. */
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

/** Units that exist, and those of a change that is prepared: their roles are filled before the change can be confirmed. */
const UNITS = `SELECT u.id AS value, u.name || CASE WHEN u.valid_from > now() THEN ' (entsteht neu)' ELSE '' END AS text FROM organisation.unit u
  WHERE (u.valid_to IS NULL OR now() < u.valid_to) AND (u.valid_from <= now() OR EXISTS (
    SELECT FROM organisation.unit_change_unit x JOIN organisation.unit_change c ON c.id = x.change_id AND c.state <> 'CANCELLED' WHERE x.unit_id = u.id))`;

/** A person as the administration sees them: for the page of a person, and for their departure. */
@Injectable()
export class PersonPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly laws: LawInForce,
  ) {}

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
      const catalogue = await this.laws.roles(tx);
      const lines = (state: string) =>
        appointments(tx, catalogue, `a.person_id = $1 AND a.state = $2 ORDER BY a.valid_from, a.id`, [id, state]);
      return {
        person: { ...who, isMe: id === actor.personId },
        inForce: await lines('IN_FORCE'),
        proposed: await lines('PROPOSED'),
        absentNow,
        roles: catalogue.all.map(({ code, name }) => ({ value: code, text: name })).sort(byText),
        units: (await tx.sql<Option>(UNITS)).sort(byText),
        principals: await this.principals(tx, catalogue, id),
        once: newId(),
      };
    });
  }

  /** Why these roles do not meet, by name: what the person holds or is proposed for and the role asked for. */
  async because(actor: Actor, personId: string, role: string): Promise<string[]> {
    const catalogue = await this.uow.read(actor.acting, (tx) => this.laws.roles(tx));
    const asked = catalogue.all.find(({ code }) => code === role);
    if (!asked) return [];
    const { inForce, proposed } = await this.person(actor, personId);
    const apart = new Set(catalogue.conflicts.filter((one) => one.role === role).map(({ other }) => other));
    return [...inForce, ...proposed]
      .filter((held) => apart.has(held.role))
      .map(
        (held) =>
          `${held.personName} ist schon: ${held.roleName}, ${held.unitName}. Das verträgt sich nicht mit: ${asked.name}.`,
      );
  }

  private async principals(tx: Tx, catalogue: RoleCatalogue, without: string): Promise<PersonModel['principals']> {
    const rows = await appointments(
      tx,
      catalogue,
      `a.state = 'IN_FORCE' AND a.deputy_of IS NULL AND a.person_id <> $1`,
      [without],
    );
    return rows
      .map((row) => ({
        value: row.id,
        text: `${row.personName}: ${row.roleName}, ${row.unitName}`,
        role: row.role,
        unitId: row.unitId,
        scopeKind: row.scopeKind,
      }))
      .sort(byText);
  }
}

const german = new Intl.Collator('de');
const byText = (a: Option, b: Option): number => german.compare(a.text, b.text);
