import { newId, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type AbsenceReason, type Actor, type RoleCode } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';

export interface OwnRole {
  id: string;
  roleName: string;
  unitId: string;
  unitName: string;
  validFrom: Date;
  validTo: Date | null;
  /** whom I stand in for, when I am a deputy */
  principalName: string | null;
  /** who stands in for me */
  deputies: string[];
}

export interface OwnAbsence {
  id: string;
  from: Date;
  to: Date;
  reason: AbsenceReason;
  now: boolean;
}

export interface DelegationLine {
  id: string;
  roleName: string;
  unitName: string;
  /** the other side: to whom, or from whom */
  personName: string;
  reference: string;
  validFrom: Date;
  validTo: Date;
  state: 'VALID' | 'FUTURE' | 'REVOKED' | 'EXPIRED';
}

export interface MyRolesModel {
  roles: OwnRole[];
  absences: OwnAbsence[];
  given: DelegationLine[];
  received: DelegationLine[];
  /** own roles whose decision may be passed on in writing */
  delegable: Option[];
  /** to whom; people of the own office first */
  people: Option[];
  once: string;
}

/** What the reader holds, passed on and got: their own matters, reasons included. */
@Injectable()
export class MyRolesPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly laws: LawInForce,
  ) {}

  mine(actor: Actor): Promise<MyRolesModel> {
    const me = actor.personId;
    return this.uow.read(actor.acting, async (tx) => {
      const roles = await tx.sql<Omit<OwnRole, 'roleName'> & { role: RoleCode }>(
        `SELECT a.id, a.role, a.unit_id AS "unitId", u.name AS "unitName", a.valid_from AS "validFrom", a.valid_to AS "validTo",
                op.given_name || ' ' || op.family_name AS "principalName",
                ARRAY(SELECT dp.given_name || ' ' || dp.family_name FROM organisation.appointment d JOIN organisation.person dp ON dp.id = d.person_id AND dp.disabled_at IS NULL
                       WHERE d.deputy_of = a.id AND d.state = 'IN_FORCE' AND d.valid_from <= now() AND (d.valid_to IS NULL OR now() < d.valid_to) ORDER BY d.id) AS deputies
           FROM organisation.appointment a JOIN organisation.unit u ON u.id = a.unit_id
           LEFT JOIN organisation.appointment o ON o.id = a.deputy_of LEFT JOIN organisation.person op ON op.id = o.person_id
          WHERE a.person_id = $1 AND a.state = 'IN_FORCE' AND (a.valid_to IS NULL OR now() < a.valid_to) ORDER BY a.deputy_of IS NOT NULL, a.valid_from, a.id`,
        [me],
      );
      const absences = await tx.sql<OwnAbsence>(
        `SELECT id, from_at AS "from", to_at AS "to", reason, from_at <= now() AS now FROM organisation.absence
          WHERE person_id = $1 AND now() < to_at AND from_at < to_at ORDER BY from_at, id`,
        [me],
      );
      const delegations = await tx.sql<
        Omit<DelegationLine, 'roleName' | 'personName'> & {
          role: RoleCode;
          mine: boolean;
          toName: string;
          fromName: string;
        }
      >(
        `SELECT d.id, a.role, u.name AS "unitName", a.person_id = $1 AS mine, d.reference, d.valid_from AS "validFrom", d.valid_to AS "validTo",
                t.given_name || ' ' || t.family_name AS "toName", f.given_name || ' ' || f.family_name AS "fromName",
                CASE WHEN d.revoked_at IS NOT NULL THEN 'REVOKED' WHEN d.valid_to <= now() OR a.state <> 'IN_FORCE' THEN 'EXPIRED'
                     WHEN now() < d.valid_from THEN 'FUTURE' ELSE 'VALID' END AS state
           FROM organisation.delegation d JOIN organisation.appointment a ON a.id = d.appointment_id
           JOIN organisation.unit u ON u.id = a.unit_id
           JOIN organisation.person t ON t.id = d.delegate_person_id JOIN organisation.person f ON f.id = a.person_id
          WHERE a.person_id = $1 OR d.delegate_person_id = $1 ORDER BY d.valid_to DESC, d.id LIMIT 50`,
        [me],
      );
      const law = await this.laws.roles(tx);
      const delegable = actor.appointments.filter(
        ({ role, deputyOf }) => deputyOf === null && law.role(role).delegable,
      );
      const people =
        delegable.length === 0
          ? []
          : await tx.sql<{ value: string; text: string }>(
              `SELECT p.id AS value, p.given_name || ' ' || p.family_name || ' (' || string_agg(DISTINCT u.name, ', ' ORDER BY u.name) || ')' AS text
                 FROM organisation.person p JOIN organisation.appointment a ON a.person_id = p.id AND a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)
                 JOIN organisation.unit u ON u.id = a.unit_id
                WHERE p.disabled_at IS NULL AND p.id <> $1 GROUP BY p.id
                ORDER BY bool_or(organisation.office_of(a.unit_id) = ANY($2)) DESC, p.family_name, p.given_name, p.id`,
              [me, actor.units],
            );
      const named = roles.map(({ role, ...one }) => ({ ...one, roleName: law.role(role).name }));
      const line = ({ role, mine, toName, fromName, ...one }: (typeof delegations)[number]): DelegationLine => ({
        ...one,
        roleName: law.role(role).name,
        personName: mine ? toName : fromName,
      });
      return {
        roles: named,
        absences,
        given: delegations.filter(({ mine }) => mine).map(line),
        received: delegations.filter(({ mine }) => !mine).map(line),
        delegable: delegable.map(({ id }) => ({ value: id, text: ownRole(named.find((one) => one.id === id)) })),
        people,
        once: newId(),
      };
    });
  }
}

const ownRole = (role: OwnRole | undefined): string => (role ? `${role.roleName}, ${role.unitName}` : '');
