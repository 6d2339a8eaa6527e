import { isId, pick, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, type RoleCode } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { StoredState } from '../agreement/agreement.states';
import { agreementProblems } from '../agreements.problems';
import { EmergencyAccess } from './emergency-access.entity';
import type { EmergencyLine, EmergencyTask, EmergencyView } from './emergency-access.view';
import { type EmergencyState, emergencyStateAt, emergencyStates, endOf, reviewDueAt } from './emergency-access.states';

type Row = EmergencyAccess & {
  productTitle: string | null;
  domain: string | null;
  consumerUnitName: string;
  providerUnitName: string;
  agreementState: StoredState | null;
  validUntil: Date | null;
  endedAt: Date | null;
  /** the role that answers for the product */
  accountable: RoleCode;
};

const ROWS = `SELECT e.id, e.consumer_unit_id AS "consumerUnitId", e.provider_unit_id AS "providerUnitId", e.product_id AS "productId", e.danger, e.reason,
    e.case_number AS "caseNumber", e.fields, e.rows, e.form, e.opened_by AS "openedBy", e.opened_at AS "openedAt", e.lapses_at AS "lapsesAt",
    e.dropped_at AS "droppedAt", e.confirmed_by AS "confirmedBy", e.confirmed_at AS "confirmedAt", e.request_id AS "requestId", e.agreement_id AS "agreementId",
    e.opinion, e.opinion_text AS "opinionText", e.opinion_by AS "opinionBy", e.finding, e.finding_text AS "findingText", e.finding_by AS "findingBy",
    p.title AS "productTitle", p.card->>'domain' AS domain, c.name AS "consumerUnitName", o.name AS "providerUnitName",
    a.state AS "agreementState", a.valid_until AS "validUntil", a.ended_at AS "endedAt",
    organisation.accountable_role(e.provider_unit_id) AS accountable
  FROM agreements.emergency_access e
  JOIN organisation.unit c ON c.id = e.consumer_unit_id
  JOIN organisation.unit o ON o.id = e.provider_unit_id
  LEFT JOIN catalogue.product p ON p.id = e.product_id
  LEFT JOIN agreements.agreement a ON a.id = e.agreement_id`;

/** Emergency accesses as their two sides, the data protection officer, Geschäftsstelle and Steuerungskreis read them. */
@Injectable()
export class EmergencyReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
  ) {}

  /** All the reader may see, newest first, 200 at most. */
  list(actor: Actor): Promise<EmergencyLine[]> {
    return this.lines(actor, '');
  }

  /** What waits or runs, and what was found unlawful: the notice of DSB, owner and Steuerungskreis. */
  notices(actor: Actor): Promise<EmergencyLine[]> {
    return this.lines(
      actor,
      `WHERE e.dropped_at IS NULL AND (e.confirmed_at IS NOT NULL OR e.lapses_at > now()) AND (e.finding IS NULL OR e.finding = 'UNLAWFUL')`,
    );
  }

  /** Throws `emergency_unknown`. */
  view(actor: Actor, id: string): Promise<EmergencyView> {
    return this.uow.read(actor.acting, async (tx) => {
      const [row] = isId(id) ? await tx.sql<Row>(`${ROWS} WHERE e.id = $1`, [id]) : [];
      if (!row) throw agreementProblems.emergency_unknown();
      const line = lineOf(tx, actor, row);
      const name = async (personId: string | null): Promise<string | null> => {
        const person = personId ? await this.organisation.person(tx, personId) : null;
        return person && `${person.givenName} ${person.familyName}`;
      };
      const { reason, fields, rows, form, opinionText, findingText } = row;
      const stops = answers(actor, row) || holds(actor, ['REQUESTER', 'REQ_HEAD'], row.consumerUnitId);
      return {
        ...line,
        ...{ reason, fields, rows, form, opinionText, findingText },
        openedByName: (await name(row.openedBy))!,
        confirmedByName: await name(row.confirmedBy),
        confirmedAt: row.confirmedAt?.toISOString() ?? null,
        opinionByName: await name(row.opinionBy),
        findingByName: await name(row.findingBy),
        may: {
          confirm: line.task === 'CONFIRM',
          end: stops && (line.state === 'WAITING' || line.state === 'RUNNING'),
          giveOpinion: line.task === 'OPINION',
          review: line.task === 'REVIEW',
          receive: line.state === 'RUNNING' && holds(actor, ['REQUESTER'], row.consumerUnitId),
        },
      };
    });
  }

  private lines(actor: Actor, where: string): Promise<EmergencyLine[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const rows = await tx.sql<Row>(`${ROWS} ${where} ORDER BY e.opened_at DESC, e.id DESC LIMIT 200`);
      return rows.map((row) => lineOf(tx, actor, row));
    });
  }
}

/** Who answers for the product. */
const answers = (actor: Actor, row: Pick<Row, 'accountable' | 'providerUnitId' | 'productId' | 'domain'>): boolean =>
  holds(actor, [row.accountable], row.providerUnitId, row);

/** A role for one product or domain counts only when the matter is about it. */
const holds = (
  actor: Actor,
  roles: readonly string[],
  unitId: string,
  about?: Pick<Row, 'productId' | 'domain'>,
): boolean =>
  actor.delegations.some((one) => roles.includes(one.role) && one.unitId === unitId) ||
  actor.appointments.some(({ role, unitId: at, scope: { kind, id } }) => {
    if (!roles.includes(role)) return false;
    if (kind === 'PRODUCT') return at === unitId && id === about?.productId;
    if (kind === 'DOMAIN') return at === unitId && id !== undefined && id === about?.domain;
    return kind === 'CITY' || at === unitId;
  });

/** For the screen only: the act itself asks the database who is entitled. */
function taskOf(actor: Actor, row: Row, state: EmergencyState): EmergencyTask | null {
  if (actor.personId === null || [row.openedBy, row.confirmedBy].includes(actor.personId)) return null;
  if (state === 'WAITING') return holds(actor, ['REQ_HEAD'], row.consumerUnitId) ? 'CONFIRM' : null;
  if (state !== 'OVER') return null;
  if (!row.opinion) return actor.appointments.some(({ role }) => role === 'DSB') ? 'OPINION' : null;
  return answers(actor, row) ? 'REVIEW' : null;
}

function lineOf(tx: Tx, actor: Actor, row: Row): EmergencyLine {
  const agreement =
    row.agreementState && row.validUntil
      ? { state: row.agreementState, validUntil: row.validUntil, endedAt: row.endedAt }
      : null;
  const state = emergencyStateAt({ ...row, agreement }, tx.now);
  const end = agreement && endOf(agreement);
  return {
    ...pick(row, 'id', 'productId', 'consumerUnitId', 'consumerUnitName', 'providerUnitId', 'providerUnitName'),
    ...pick(row, 'danger', 'caseNumber', 'opinion', 'finding', 'agreementId', 'requestId'),
    state,
    stateName: emergencyStates.label[state],
    productTitle: row.productTitle ?? 'Datenprodukt nicht mehr sichtbar',
    openedAt: row.openedAt.toISOString(),
    lapsesAt: row.lapsesAt.toISOString(),
    endsAt: end?.toISOString() ?? null,
    reviewDueAt: end ? reviewDueAt(end).toISOString() : null,
    reviewOverdue: state === 'OVER' && end !== null && reviewDueAt(end) <= tx.now,
    task: taskOf(actor, row, state),
  };
}
