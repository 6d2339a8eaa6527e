// One file: who holds what, who may act for whom, and who counts as which party are one question asked from several sides.
import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/kernel';
import type { Actor, Appointment, ConsumerKind, Delegated, Entitlement, Holder } from './actor';
import type { ContractKind, SubjectKind } from './contracts/contract.entity';
import { organisationProblems } from './organisation.problems';
import { type Account, Person } from './people/person.entity';
import type { RoleCode } from '#lib/policy';
import { Unit } from './units/unit.entity';

/** The exchange a contract is to carry. */
export interface ContractUse {
  productId: string;
  /** whose product it is: a contract about all products of its parties reaches only theirs */
  providerUnitId: string;
  /** data that are not for everybody: a contract that does not say what it is about carries none */
  closed: boolean;
  /** last day of the use, and for how many days the data is kept after it: as long must the contract last */
  lasts?: { until: string; keptDays: number } | null;
}

export interface ContractStatus {
  status: 'VALID' | 'MISSING' | 'EXPIRED';
  /** kinds valid at the time asked for */
  kinds: ContractKind[];
  /** why a contract that is in force does not carry this use; absent when one does, and when there is none */
  gap?: 'NO_SUBJECT' | 'OTHER_SUBJECT' | 'TOO_SHORT';
  /** carried only by a contract that describes a processing in words: whether they mean this case a person must say */
  described?: boolean;
  /** of the contract that lasts longest, when VALID; of the one that ended last, when EXPIRED */
  kind?: ContractKind;
  id?: string;
  validTo?: Date;
}

interface ContractRow {
  id: string;
  kind: ContractKind;
  validTo: Date;
  valid: boolean;
  past: boolean;
  subject: SubjectKind | null;
  about: boolean;
  lasts: boolean;
}

/** Why none of the contracts in force carries a use: the one that is nearest to it says so. */
function gapOf(rows: readonly ContractRow[]): NonNullable<ContractStatus['gap']> {
  if (rows.some(({ about }) => about)) return 'TOO_SHORT';
  return rows.some(({ subject }) => subject === null) ? 'NO_SUBJECT' : 'OTHER_SUBJECT';
}

/** Kinds that are a legal person, or run like one, and therefore stand in the register under their own name. */
const OWN_PARTY = `'EIGENBETRIEB','GESELLSCHAFT','STATISTIKSTELLE','ANDERE_KOMMUNE','LAND','FORSCHUNG','PRIVATE'`;

/** What a matter is about: a role for one product or domain counts only where that is known. */
export interface Subject {
  productId: string;
  /** null when the product names none */
  domain: string | null;
}

/**
 * Appointments that reach a matter ($2 unit, $3 product, $4 domain): city-wide ones, those of the unit or of the one
 * that stands in its place now, and those of the office it is a department of; of one product or domain only there.
 * The same as `organisation.appointment_reaches`, with the line worked out once instead of row by row.
 */
const REACHES = `(a.scope_kind = 'CITY' OR a.unit_id IN (SELECT organisation.unit_with_ancestors($2::uuid, $3::uuid)))
  AND CASE a.scope_kind WHEN 'PRODUCT' THEN a.scope_id = $3::text WHEN 'DOMAIN' THEN a.scope_id = $4::text ELSE true END`;

/** In force now, in a unit that still exists. */
const inForce = (a: string) =>
  `${a}.state = 'IN_FORCE' AND ${a}.valid_from <= now() AND (${a}.valid_to IS NULL OR now() < ${a}.valid_to)
   AND EXISTS (SELECT FROM organisation.unit w WHERE w.id = ${a}.unit_id AND w.valid_from <= now() AND (w.valid_to IS NULL OR now() < w.valid_to))`;
const ABSENT = (person: string) =>
  `EXISTS (SELECT FROM organisation.absence b WHERE b.person_id = ${person} AND b.from_at <= now() AND now() < b.to_at)`;
/** Another principal of the same seat as `o`, there to act or at least in office. */
const SUCCESSOR = (o: string) => `SELECT n.id, n.person_id, ${ABSENT('n.person_id')} AS absent
  FROM organisation.appointment n JOIN organisation.person np ON np.id = n.person_id AND np.disabled_at IS NULL
 WHERE n.id <> ${o}.id AND n.deputy_of IS NULL AND (n.role, n.unit_id, n.scope_kind) = (${o}.role, ${o}.unit_id, ${o}.scope_kind)
   AND n.scope_id IS NOT DISTINCT FROM ${o}.scope_id AND ${inForce('n')}`;
/**
 * Delegations by the clock and not by the begin of the transaction, because an act may have waited for a lock. Both
 * people still there, the appointment in force, no role of the delegate that does not go with it.
 */
const DELEGATION_IN_FORCE = `organisation.delegation d
  JOIN organisation.appointment a ON a.id = d.appointment_id
  JOIN organisation.person dp ON dp.id = d.delegate_person_id AND dp.disabled_at IS NULL
  JOIN organisation.person op ON op.id = a.person_id AND op.disabled_at IS NULL
 WHERE ${inForce('a')} AND d.revoked_at IS NULL AND d.valid_from <= clock_timestamp() AND clock_timestamp() < d.valid_to
   AND NOT EXISTS (SELECT FROM organisation.appointment h WHERE h.person_id = d.delegate_person_id AND ${inForce('h')}
                     AND organisation.bars_delegate(h.role, a.role, h.unit_id = a.unit_id))`;

@Injectable()
export class OrganisationReads {
  /** Throws `unit_not_found`. */
  async unit(tx: Tx, id: string): Promise<Unit> {
    const unit = await tx.em.findOneBy(Unit, { id });
    if (!unit) throw organisationProblems.unit_not_found();
    return unit;
  }

  async unitByKey(tx: Tx, key: string): Promise<Unit> {
    const unit = await tx.em.findOneBy(Unit, { key });
    if (!unit) throw organisationProblems.unit_not_found();
    return unit;
  }

  /** All units that exist now, by name. */
  async units(tx: Tx): Promise<Unit[]> {
    const units = await tx.em.find(Unit, { order: { name: 'ASC' } });
    return units.filter((unit) => unit.validFrom <= tx.now && (unit.validTo === null || tx.now < unit.validTo));
  }

  /** Throws `person_not_found`. The name is for screens only. */
  async person(tx: Tx, id: string): Promise<Person> {
    const person = await tx.em.findOneBy(Person, { id });
    if (!person) throw organisationProblems.person_not_found();
    // an audit is of offices: whoever reads under a mandate learns nobody's name (R-AUD-02)
    return tx.by.mandates ? { ...person, givenName: 'Person', familyName: '(nicht offengelegt)', email: '' } : person;
  }

  /**
   * Who holds the role for the unit now, principals first; with `null`, who holds it for the whole city. Who holds it
   * for one product or domain only is among them when the matter is about that. Disabled people are left out, absent
   * ones are marked.
   */
  holders(tx: Tx, role: RoleCode, unitId: string | null, about?: Subject): Promise<Holder[]> {
    return tx.sql<Holder>(
      `SELECT a.id AS "appointmentId", a.person_id AS "personId", a.unit_id AS "unitId", a.deputy_of AS "deputyOf",
              ${ABSENT('a.person_id')} AS absent
         FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id
        WHERE a.role = $1 AND ${inForce('a')} AND p.disabled_at IS NULL AND ${REACHES}
        ORDER BY a.deputy_of IS NOT NULL, a.id`,
      [role, unitId, ...subject(about)],
    );
  }

  /**
   * Since when nobody holds the role for the unit in person: the end of the last holder's term or the day they were
   * shut out. Null while somebody holds it, and when nobody ever did.
   */
  async vacantSince(tx: Tx, role: RoleCode, unitId: string, about?: Subject): Promise<Date | null> {
    const [row] = await tx.sql<{ since: Date | null; held: boolean }>(
      `SELECT max(least(a.valid_to, p.disabled_at)) FILTER (WHERE least(a.valid_to, p.disabled_at) <= now()) AS since,
              coalesce(bool_or(${inForce('a')} AND p.disabled_at IS NULL), false) AS held
         FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id
        WHERE a.role = $1 AND a.deputy_of IS NULL AND a.state IN ('IN_FORCE', 'ENDED') AND ${REACHES}`,
      [role, unitId, ...subject(about)],
    );
    return row?.held ? null : (row?.since ?? null);
  }

  /**
   * Whether the actor may decide in this role for this unit, now. A deputy only while the principal is absent,
   * disabled or no longer in office, or when the task is overdue (SOD-8), and for whoever took the seat since; a
   * delegate while the delegation runs, but not where the act is to be done in person (SOD-9); who holds the role for
   * one product or domain in that one only (`about`); a machine client never.
   */
  async entitledAs(
    tx: Tx,
    actor: Pick<Actor, 'personId'>,
    role: RoleCode,
    unitId: string | null,
    task: { overdue: boolean; inPerson?: boolean; about?: Subject },
  ): Promise<Entitlement | null> {
    if (actor.personId === null) return null;
    const [row] = await tx.sql<{ appointmentId: string; unitId: string; principalPersonId: string | null }>(
      `SELECT a.id AS "appointmentId", a.unit_id AS "unitId",
              CASE WHEN op.disabled_at IS NULL AND ${inForce('o')} THEN o.person_id ELSE coalesce(s.person_id, o.person_id) END AS "principalPersonId"
         FROM organisation.appointment a
         JOIN organisation.person p ON p.id = a.person_id AND p.disabled_at IS NULL
         LEFT JOIN organisation.appointment o ON o.id = a.deputy_of
         LEFT JOIN organisation.person op ON op.id = o.person_id
         -- who took the seat of a principal who is gone: the deputy stands in for them, and only when they are away
         LEFT JOIN LATERAL (${SUCCESSOR('o')} ORDER BY absent, n.id LIMIT 1) s ON true
        WHERE a.role = $1 AND a.person_id = $5 AND ${inForce('a')} AND ${REACHES}
          AND (a.deputy_of IS NULL OR $6 OR CASE WHEN op.disabled_at IS NULL AND ${inForce('o')}
                 THEN ${ABSENT('o.person_id')} ELSE coalesce(s.absent, true) END)
        ORDER BY a.deputy_of IS NOT NULL LIMIT 1`,
      [role, unitId, ...subject(task.about), actor.personId, task.overdue],
    );
    if (!row) return task.inPerson ? null : this.delegatedAs(tx, actor.personId, role, unitId, task.about);
    const { principalPersonId } = row;
    return {
      ...row,
      role,
      delegationId: null,
      as: principalPersonId === null ? 'PRINCIPAL' : 'DEPUTY',
      personId: actor.personId,
      limits: principalPersonId === null ? [actor.personId] : [actor.personId, principalPersonId],
    };
  }

  private async delegatedAs(
    tx: Tx,
    personId: string,
    role: RoleCode,
    unitId: string | null,
    about?: Subject,
  ): Promise<Entitlement | null> {
    const [row] = await tx.sql<{
      delegationId: string;
      appointmentId: string;
      unitId: string;
      principalPersonId: string;
    }>(
      `SELECT d.id AS "delegationId", a.id AS "appointmentId", a.unit_id AS "unitId", a.person_id AS "principalPersonId"
         FROM ${DELEGATION_IN_FORCE} AND a.role = $1 AND ${REACHES} AND d.delegate_person_id = $5
        ORDER BY d.valid_to DESC LIMIT 1`,
      [role, unitId, ...subject(about), personId],
    );
    return row ? { ...row, role, as: 'DELEGATE', personId, limits: [personId, row.principalPersonId] } : null;
  }

  /** Every role that somebody holds, held or was proposed for. */
  async rolesEverGiven(tx: Tx): Promise<RoleCode[]> {
    const rows = await tx.sql<{ role: RoleCode }>('SELECT DISTINCT role FROM organisation.appointment ORDER BY role');
    return rows.map(({ role }) => role);
  }

  /** The role that answers for the products of a unit; of a department, the one of its office. Throws `unit_not_found`. */
  async accountableRole(tx: Tx, unitId: string): Promise<RoleCode> {
    const [row] = await tx.sql<{ role: RoleCode | null }>('SELECT organisation.accountable_role($1) AS role', [unitId]);
    if (!row?.role) throw organisationProblems.unit_not_found();
    return row.role;
  }

  /** Who answers for a programme; the same name may stand at several identity providers. */
  async responsibleFor(tx: Tx, clientId: string): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      'SELECT responsible_person_id AS id FROM organisation.machine_client WHERE client_id = $1 ORDER BY 1',
      [clientId],
    );
    return rows.map(({ id }) => id);
  }

  /** People to whom a holder of this role passed the right on in writing, in force now. */
  delegates(
    tx: Tx,
    role: RoleCode,
    unitId: string | null,
    about?: Subject,
  ): Promise<{ personId: string; fromPersonId: string }[]> {
    return tx.sql(
      `SELECT d.delegate_person_id AS "personId", a.person_id AS "fromPersonId" FROM ${DELEGATION_IN_FORCE} AND a.role = $1 AND ${REACHES}`,
      [role, unitId, ...subject(about)],
    );
  }

  /** Marked absent now; never why. */
  async isAbsent(tx: Tx, personId: string): Promise<boolean> {
    const [row] = await tx.sql<{ absent: boolean }>(`SELECT ${ABSENT('$1')} AS absent`, [personId]);
    return row!.absent;
  }

  /** Units above a unit, nearest first: where a matter goes that nobody of the unit may decide (SOD-8). */
  superiors(tx: Tx, unitId: string): Promise<{ id: string; name: string }[]> {
    return tx.sql(
      `WITH RECURSIVE up AS (
         SELECT id, parent_id, name, 0 AS level FROM organisation.unit WHERE id = organisation.successor_of($1)
         UNION ALL SELECT p.id, p.parent_id, p.name, up.level + 1 FROM up JOIN organisation.unit p ON p.id = organisation.successor_of(up.parent_id) WHERE up.level < 20)
       SELECT id, name FROM up WHERE level > 0 ORDER BY level`,
      [unitId],
    );
  }

  /** Rights passed on to a person in writing and in force now. */
  delegatedTo(tx: Tx, personId: string): Promise<Delegated[]> {
    return tx.sql<Delegated>(
      `SELECT d.id AS "delegationId", a.role, a.unit_id AS "unitId", a.person_id AS "fromPersonId", d.valid_to AS "validTo"
         FROM ${DELEGATION_IN_FORCE} AND d.delegate_person_id = $1 ORDER BY d.valid_to, d.id`,
      [personId],
    );
  }

  /** The office a unit counts for when own interest is asked about: departments and the statistics unit are part of one. */
  async officeOf(tx: Tx, unitId: string): Promise<string> {
    const [row] = await tx.sql<{ id: string | null }>('SELECT organisation.office_of($1) AS id', [unitId]);
    if (!row?.id) throw organisationProblems.unit_not_found();
    return row.id;
  }

  /**
   * The standing of the contract between two parties at a time. An office is covered by a contract of the city; an
   * Eigenbetrieb, a company and the statistics unit only by one of their own. What a merged unit had signed binds the
   * one that stands in its place; what a split unit had signed binds nobody. With a `use` only a contract counts that
   * is about it and outlasts it; without, the register is asked for what it holds.
   */
  async contractBetween(
    tx: Tx,
    unitA: string,
    unitB: string,
    kinds: readonly ContractKind[],
    { use = null, at = tx.now }: { use?: ContractUse | null; at?: Date } = {},
  ): Promise<ContractStatus> {
    const rows = await tx.sql<ContractRow>(
      `WITH RECURSIVE party AS (
         SELECT asked.id AS of, u.id, u.parent_id, u.kind
           FROM unnest(ARRAY[$1::uuid, $2::uuid, $5::uuid]) AS asked (id) JOIN organisation.unit u ON u.id = organisation.successor_of(asked.id)
          WHERE organisation.unit_exists_now(u.id)
         UNION SELECT party.of, more.id, more.parent_id, more.kind FROM party CROSS JOIN LATERAL (
           SELECT u.id, u.parent_id, u.kind FROM organisation.unit u
            WHERE u.id = organisation.successor_of(party.parent_id) AND party.kind NOT IN (${OWN_PARTY})
           UNION ALL SELECT s.from_unit, NULL, party.kind FROM organisation.unit_succession s
            WHERE s.to_unit = party.id AND s.subject IS NULL AND s.at <= now()) more)
       SELECT DISTINCT c.id, c.kind, c.valid_to AS "validTo", c.valid_from <= $4 AND $4 < c.valid_to AS valid, c.valid_to <= $4 AS past,
              c.subject_kind AS subject,
              CASE c.subject_kind WHEN 'PRODUCTS' THEN $6 = ANY(c.subject_products) WHEN 'PROCESSING' THEN true
                WHEN 'PARTIES' THEN EXISTS (SELECT FROM party p WHERE p.of = $5 AND p.id IN (c.party_a, c.party_b)) ELSE NOT $7 END AS about,
              coalesce(($8::date + 1 + $9::int)::timestamp AT TIME ZONE 'Europe/Berlin' <= c.valid_to, true) AS lasts
         FROM organisation.contract c
         JOIN party a ON a.of = $1 JOIN party b ON b.of = $2
        WHERE (c.party_a, c.party_b) IN ((a.id, b.id), (b.id, a.id)) AND c.kind = ANY($3)
        ORDER BY "validTo" DESC`,
      [
        unitA,
        unitB,
        kinds,
        at,
        use?.providerUnitId ?? null,
        use?.productId ?? null,
        use?.closed ?? false,
        use?.lasts?.until ?? null,
        use?.lasts?.keptDays ?? 0,
      ],
    );
    const inForce = rows.filter((row) => row.valid);
    const valid = use ? inForce.filter(({ about, lasts }) => about && lasts) : inForce;
    const over = rows.find((row) => row.past);
    const found = valid[0] ?? (inForce.length > 0 ? undefined : over);
    const status = valid.length > 0 ? 'VALID' : found ? 'EXPIRED' : 'MISSING';
    return {
      status,
      kinds: [...new Set(valid.map((row) => row.kind))],
      ...(found && { kind: found.kind, id: found.id, validTo: found.validTo }),
      ...(status === 'MISSING' && inForce.length > 0 && { gap: gapOf(inForce) }),
      ...(use && valid.length > 0 && valid.every(({ subject }) => subject === 'PROCESSING') && { described: true }),
    };
  }

  /** How the matrix sees the consumer from the provider's side; an Eigenbetrieb in competition counts as a company. */
  async consumerKind(tx: Tx, providerUnitId: string, consumerUnitId: string): Promise<ConsumerKind> {
    const [provider, consumer] = [await this.office(tx, providerUnitId), await this.office(tx, consumerUnitId)];
    if (provider.id === consumer.id) return 'SAME_OFFICE';
    switch (consumer.kind) {
      case 'STATISTIKSTELLE':
        return 'STATISTIKSTELLE';
      case 'EIGENBETRIEB':
        return consumer.competition ? 'GESELLSCHAFT' : 'EIGENBETRIEB';
      case 'GESELLSCHAFT':
        return 'GESELLSCHAFT';
      case 'ANDERE_KOMMUNE':
      case 'LAND':
        return 'OTHER_PUBLIC';
      case 'FORSCHUNG':
        return 'RESEARCH';
      case 'PRIVATE':
        return 'PRIVATE';
      case 'STADT':
      case 'DEZERNAT':
      case 'AMT':
      case 'ABTEILUNG':
      case 'STAB':
        return 'OTHER_OFFICE';
    }
  }

  /** Whether the unit is the Revisionsamt, and an audit mandate that covers the other unit is in force (R-AUD-01). */
  async hasAuditMandate(tx: Tx, unitId: string, auditedUnitId: string): Promise<boolean> {
    const [row] = await tx.sql<{ held: boolean }>(
      `SELECT EXISTS (SELECT FROM organisation.appointment a WHERE a.role = 'REVISION' AND a.unit_id = $1 AND ${inForce('a')})
          AND EXISTS (SELECT FROM organisation.audit_mandate m
                WHERE m.confirmed_at IS NOT NULL AND m.ended_at IS NULL AND m.valid_from <= now() AND now() < m.valid_until
                  AND (m.whole_city OR EXISTS (SELECT FROM organisation.audit_mandate_unit x
                         WHERE x.mandate_id = m.id AND $2 IN (SELECT organisation.unit_scope(x.unit_id))))) AS held`,
      [unitId, auditedUnitId],
    );
    return row!.held;
  }

  /** The office a department belongs to; any other unit is its own. Of a merged unit, the one in its place. */
  async office(tx: Tx, unitId: string): Promise<Unit> {
    const unit = await this.unit(tx, await this.standsFor(tx, unitId));
    return unit.kind === 'ABTEILUNG' && unit.parentId ? this.office(tx, unit.parentId) : unit;
  }

  /**
   * Who stands in the place of a unit now. `about`: the request (for the asking side) or product (for the giving side)
   * in question, because a unit that was split is succeeded by several.
   */
  async standsFor(tx: Tx, unitId: string, about: string | null = null): Promise<string> {
    const [row] = await tx.sql<{ id: string }>('SELECT organisation.successor_of($1, $2) AS id', [unitId, about]);
    return row!.id;
  }

  /** The unit that stands in the place of this one and exists now. Throws `unit_ended` when there is none. */
  async living(tx: Tx, unitId: string, about: string | null = null): Promise<Unit> {
    const unit = await this.unit(tx, await this.standsFor(tx, unitId, about));
    if (unit.validFrom > tx.now || (unit.validTo !== null && unit.validTo <= tx.now)) {
      throw organisationProblems.unit_ended({ detail: `Betroffen ist: ${unit.name}.` });
    }
    return unit;
  }

  /**
   * The name a unit had when something was made with it, and who stands in its place now, if that is another name:
   * `Grünflächenamt (heute: Umwelt- und Grünflächenamt)`.
   */
  async nameAt(tx: Tx, unitId: string, at: Date, about: string | null = null): Promise<string> {
    const [row] = await tx.sql<{ then: string; today: string }>(
      `SELECT coalesce((SELECT n.name FROM organisation.unit_name n WHERE n.unit_id = u.id AND n.valid_from <= $3 AND $3 < n.valid_to), u.name) AS then,
              t.name AS today
         FROM organisation.unit u JOIN organisation.unit t ON t.id = organisation.successor_of(u.id, $2) WHERE u.id = $1`,
      [unitId, about, at],
    );
    if (!row) throw organisationProblems.unit_not_found();
    return row.then === row.today ? row.then : `${row.then} (heute: ${row.today})`;
  }

  /** The account of a person at an identity provider, by staff reference. Throws `person_not_found`. */
  async accountOf(tx: Tx, personKey: string, iss: string): Promise<Account> {
    const [account] = await tx.sql<Account>(
      `SELECT c.iss, c.sub, c.person_id AS "personId" FROM organisation.account c
         JOIN organisation.person p ON p.id = c.person_id WHERE p.key = $1 AND c.iss = $2`,
      [personKey, iss],
    );
    if (!account) throw organisationProblems.person_not_found();
    return account;
  }

  /** Roles of a person in force now. */
  async appointments(tx: Tx, personId: string): Promise<Appointment[]> {
    const rows = await tx.sql<
      Omit<Appointment, 'scope'> & { scopeKind: Appointment['scope']['kind']; scopeId: string | null }
    >(
      `SELECT a.id, a.person_id AS "personId", a.role, a.unit_id AS "unitId", a.scope_kind AS "scopeKind",
              a.scope_id AS "scopeId", a.valid_from AS "validFrom", a.valid_to AS "validTo", a.deputy_of AS "deputyOf"
         FROM organisation.appointment a WHERE a.person_id = $1 AND ${inForce('a')} ORDER BY a.deputy_of IS NOT NULL, a.id`,
      [personId],
    );
    return rows.map(({ scopeKind, scopeId, ...row }) => ({
      ...row,
      scope: scopeId === null ? { kind: scopeKind } : { kind: scopeKind, id: scopeId },
    }));
  }
}

const subject = (about?: Subject): [string | null, string | null] => [about?.productId ?? null, about?.domain ?? null];
