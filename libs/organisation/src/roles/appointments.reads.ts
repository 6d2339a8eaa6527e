import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import type { Scope } from './appointment.entity';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import type { RoleCode } from '#lib/policy';
import type { AbsenceLine, AppointmentLine, DelegationLine, Seat, SeatGap } from './appointment.view';

const FULL_NAME = (p: string) => `${p}.given_name || ' ' || ${p}.family_name`;
const LINES = `
  SELECT a.id, a.role, a.unit_id AS "unitId", u.name AS "unitName", a.scope_kind AS "scopeKind", a.scope_id AS "scopeId",
         a.person_id AS "personId", ${FULL_NAME('p')} AS "personName", a.deputy_of AS "deputyOf", ${FULL_NAME('op')} AS "deputyForName",
         CASE WHEN a.state <> 'IN_FORCE' THEN a.state WHEN now() < a.valid_from THEN 'PLANNED' WHEN a.valid_to <= now() THEN 'LAPSED' ELSE 'IN_FORCE' END AS standing,
         a.valid_from AS "validFrom", a.valid_to AS "validTo",
         ${FULL_NAME('pp')} AS "proposedByName", ${FULL_NAME('cp')} AS "confirmedByName", p.disabled_at IS NOT NULL AS disabled,
         EXISTS (SELECT FROM organisation.absence b WHERE b.person_id = a.person_id AND b.from_at <= now() AND now() < b.to_at) AS absent
    FROM organisation.appointment a
    JOIN organisation.unit u ON u.id = a.unit_id
    JOIN organisation.person p ON p.id = a.person_id
    LEFT JOIN organisation.appointment o ON o.id = a.deputy_of
    LEFT JOIN organisation.person op ON op.id = o.person_id
    LEFT JOIN organisation.person pp ON pp.id = a.proposed_by
    LEFT JOIN organisation.person cp ON cp.id = a.confirmed_by`;
const ORDER = `ORDER BY a.state NOT IN ('PROPOSED', 'IN_FORCE'), u.name, a.role, a.deputy_of IS NOT NULL, a.valid_from DESC, a.id LIMIT 500`;

interface Row extends Omit<AppointmentLine, 'roleName' | 'scope' | 'validFrom' | 'validTo'> {
  scopeKind: Scope['kind'];
  scopeId: string | null;
  validFrom: Date;
  validTo: Date | null;
}

/** What a seat lacks, the worst first. Several holders of one role stand in for each other. */
export function seatGaps(
  { holders, deputies }: Record<'holders' | 'deputies', readonly { absent: boolean }[]>,
  deputyNeeded: boolean,
): SeatGap[] {
  const away = [...holders, ...deputies].every(({ absent }) => absent);
  const standIn = deputies.length > 0 || holders.length > 1;
  return [
    ...(holders.length === 0 ? (['EMPTY'] as const) : []),
    ...(holders.length > 0 && away ? (['AWAY'] as const) : []),
    ...(deputyNeeded && !standIn ? (['NO_DEPUTY'] as const) : []),
  ];
}

/** Who holds what, since when and by whose word, who stands in, who is away, and which seats have a gap. */
@Injectable()
export class AppointmentReads {
  constructor(
    private readonly reads: OrganisationReads,
    private readonly laws: LawInForce,
  ) {}

  /** Appointments of a unit and its departments, those that count first; `past` with ended and declined ones. */
  async ofUnit(tx: Tx, unitId: string, { past = false } = {}): Promise<AppointmentLine[]> {
    await this.reads.unit(tx, unitId);
    return this.lines(
      tx,
      `WHERE a.unit_id IN (WITH RECURSIVE down AS (
          SELECT id FROM organisation.unit WHERE id = $1
          UNION SELECT d.id FROM organisation.unit d JOIN down ON d.parent_id = down.id AND d.kind = 'ABTEILUNG') SELECT id FROM down)
         AND ($2 OR a.state IN ('PROPOSED', 'IN_FORCE'))`,
      [unitId, past],
    );
  }

  /** Every role a person holds, held or was proposed for. Throws `person_not_found`. */
  async ofPerson(tx: Tx, personId: string): Promise<AppointmentLine[]> {
    await this.reads.person(tx, personId);
    return this.lines(tx, 'WHERE a.person_id = $1', [personId]);
  }

  /** Proposals that wait for a second administrator. */
  proposed(tx: Tx): Promise<AppointmentLine[]> {
    return this.lines(tx, `WHERE a.state = 'PROPOSED'`, []);
  }

  /** One appointment. Throws `appointment_not_found`. */
  async one(tx: Tx, id: string): Promise<AppointmentLine> {
    const [line] = await this.lines(tx, 'WHERE a.id = $1', [id]);
    if (!line) throw problems.appointment_not_found();
    return line;
  }

  /**
   * The seats of a unit: those its kind must fill, and those somebody holds. A seat is one role in one scope; a deputy
   * counts for the seat of the person stood in for.
   */
  async seats(tx: Tx, unitId: string): Promise<Seat[]> {
    const { kind, name } = await this.reads.unit(tx, unitId);
    const held = (await this.ofUnit(tx, unitId)).filter(
      ({ standing, disabled }) => standing === 'IN_FORCE' && !disabled,
    );
    const roles = await this.laws.roles(tx);
    const seats = new Map<string, Seat>();
    const seat = (role: RoleCode, at: { unitId: string; unitName: string; scope: Scope }): Seat => {
      const key = [role, at.unitId, at.scope.kind, at.scope.id].join(' ');
      const found = seats.get(key) ?? {
        role,
        roleName: roles.role(role).name,
        ...at,
        holders: [],
        deputies: [],
        gaps: [],
      };
      seats.set(key, found);
      return found;
    };
    for (const role of roles.seatsOf(kind)) {
      const scope = held.find((one) => one.role === role && one.unitId === unitId)?.scope ?? { kind: 'UNIT' };
      seat(role, { unitId, unitName: name, scope });
    }
    for (const line of held) {
      const at = seat(line.role, { unitId: line.unitId, unitName: line.unitName, scope: line.scope });
      (line.deputyOf === null ? at.holders : at.deputies).push(line);
    }
    return [...seats.values()].map((one) => ({ ...one, gaps: seatGaps(one, roles.role(one.role).deputy.needed) }));
  }

  /** Absences that run or come, of everybody or of one person, soonest first. */
  async absences(tx: Tx, personId: string | null = null): Promise<AbsenceLine[]> {
    const rows = await tx.sql<Omit<AbsenceLine, 'from' | 'to'> & { from: Date; to: Date }>(
      `SELECT b.id, b.person_id AS "personId", ${FULL_NAME('p')} AS "personName", b.from_at AS "from", b.to_at AS "to"
         FROM organisation.absence b JOIN organisation.person p ON p.id = b.person_id
        WHERE now() < b.to_at AND ($1::uuid IS NULL OR b.person_id = $1) ORDER BY b.from_at, b.id LIMIT 500`,
      [personId],
    );
    return rows.map((row) => ({ ...row, from: row.from.toISOString(), to: row.to.toISOString() }));
  }

  /** Delegations in force or to come that a person gave or got. */
  async delegations(tx: Tx, personId: string): Promise<DelegationLine[]> {
    const rows = await tx.sql<
      Omit<DelegationLine, 'roleName' | 'validFrom' | 'validTo'> & { validFrom: Date; validTo: Date }
    >(
      `SELECT d.id, d.appointment_id AS "appointmentId", a.role, a.unit_id AS "unitId", u.name AS "unitName",
              a.person_id AS "fromPersonId", ${FULL_NAME('fp')} AS "fromName", d.delegate_person_id AS "toPersonId", ${FULL_NAME('tp')} AS "toName",
              d.reference, d.valid_from AS "validFrom", d.valid_to AS "validTo"
         FROM organisation.delegation d JOIN organisation.appointment a ON a.id = d.appointment_id JOIN organisation.unit u ON u.id = a.unit_id
         JOIN organisation.person fp ON fp.id = a.person_id JOIN organisation.person tp ON tp.id = d.delegate_person_id
        WHERE d.revoked_at IS NULL AND now() < d.valid_to AND a.state = 'IN_FORCE' AND $1 IN (a.person_id, d.delegate_person_id)
        ORDER BY d.valid_to, d.id LIMIT 500`,
      [personId],
    );
    const roles = await this.laws.roles(tx);
    return rows.map((row) => ({
      ...row,
      roleName: roles.role(row.role).name,
      validFrom: row.validFrom.toISOString(),
      validTo: row.validTo.toISOString(),
    }));
  }

  private async lines(tx: Tx, where: string, parameters: unknown[]): Promise<AppointmentLine[]> {
    const rows = await tx.sql<Row>(`${LINES} ${where} ${ORDER}`, parameters);
    const roles = await this.laws.roles(tx);
    return rows.map(({ scopeKind, scopeId, validFrom, validTo, ...row }) => ({
      ...row,
      roleName: roles.role(row.role).name,
      scope: scopeId === null ? { kind: scopeKind } : { kind: scopeKind, id: scopeId },
      validFrom: validFrom.toISOString(),
      validTo: validTo?.toISOString() ?? null,
    }));
  }
}
