import type { Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { type Actor, permits } from '../actor';
import { MANDATE_BASIS_NAME, type MandateBasis } from './audit-mandate.entity';
import { OrganisationReads } from '../organisation.reads';
import type { Permission } from '#lib/policy';
import { type AuditMandateView, MANDATE_STATE_NAME, type MandateState } from './audit-mandate.view';

/** What the role REVISION may do only while a mandate is in force. Metadata, law and the organisation are everybody's. */
const NEEDS_MANDATE: readonly Permission[] = ['request.read', 'agreement.read', 'audit.read'];

interface Row {
  id: string;
  reference: string;
  basis: MandateBasis;
  subject: string;
  wholeCity: boolean;
  units: { id: string; name: string }[];
  validFrom: Date;
  validUntil: Date;
  registeredBy: string;
  confirmedBy: string | null;
  endedAt: Date | null;
}

const ROWS = `SELECT m.id, m.reference, m.basis, m.subject, m.whole_city AS "wholeCity", m.valid_from AS "validFrom", m.valid_until AS "validUntil",
    m.registered_by AS "registeredBy", m.confirmed_by AS "confirmedBy", m.ended_at AS "endedAt",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) ORDER BY u.name)
                FROM organisation.audit_mandate_unit x JOIN organisation.unit u ON u.id = x.unit_id WHERE x.mandate_id = m.id), '[]') AS units
  FROM organisation.audit_mandate m`;

@Injectable()
export class AuditMandateReads {
  constructor(private readonly organisation: OrganisationReads) {}

  /** All mandates, newest first; or those in force for the actor. */
  async list(tx: Tx, actor: Actor, only: 'ALL' | 'IN_FORCE' = 'ALL'): Promise<AuditMandateView[]> {
    const rows = await tx.sql<Row>(`${ROWS} ORDER BY m.registered_at DESC, m.id DESC LIMIT 200`);
    const views: AuditMandateView[] = [];
    for (const row of rows) views.push(await this.view(tx, actor, row));
    return only === 'ALL' ? views : views.filter(({ state }) => state === 'IN_FORCE');
  }

  private async view(tx: Tx, actor: Actor, row: Row): Promise<AuditMandateView> {
    const { id, reference, basis, subject, wholeCity, units, registeredBy, confirmedBy } = row;
    const state = stateOf(row, tx.now);
    const name = async (personId: string): Promise<string> => {
      const { givenName, familyName } = await this.organisation.person(tx, personId);
      return `${givenName} ${familyName}`;
    };
    return {
      ...{ id, reference, basis, subject, wholeCity, units, state },
      basisName: MANDATE_BASIS_NAME[basis],
      validFrom: row.validFrom.toISOString(),
      validUntil: row.validUntil.toISOString(),
      stateName: MANDATE_STATE_NAME[state],
      registeredByName: await name(registeredBy),
      confirmedByName: confirmedBy && (await name(confirmedBy)),
      may: {
        confirm: state === 'WAITING' && permits(actor, 'mandate.confirm') && actor.personId !== registeredBy,
        end:
          state !== 'OVER' &&
          state !== 'ENDED' &&
          (permits(actor, 'mandate.confirm') || permits(actor, 'mandate.register')),
      },
    };
  }
}

function stateOf({ confirmedBy, endedAt, validFrom, validUntil }: Row, now: Date): MandateState {
  if (endedAt) return 'ENDED';
  if (validUntil <= now) return 'OVER';
  if (!confirmedBy) return 'WAITING';
  return validFrom <= now ? 'IN_FORCE' : 'COMING';
}

/**
 * The Revisionsamt as its mandates in force leave it: without one it reads no case and no log, with one only the units
 * named there, and nobody by name (R-AUD-01, R-AUD-02). Anybody else comes back as they are. `below` adds departments.
 */
export async function underMandate(
  tx: Tx,
  actor: Actor,
  below: (unitIds: string[]) => Promise<string[]>,
): Promise<Actor> {
  if (!actor.appointments.some(({ role }) => role === 'REVISION')) return actor;
  const mandates = await tx.sql<{ id: string; wholeCity: boolean; unitIds: string[] }>(
    `SELECT m.id, m.whole_city AS "wholeCity", array(SELECT unit_id::text FROM organisation.audit_mandate_unit u WHERE u.mandate_id = m.id) AS "unitIds"
       FROM organisation.audit_mandate m
      WHERE m.confirmed_at IS NOT NULL AND m.ended_at IS NULL AND m.valid_from <= now() AND now() < m.valid_until ORDER BY m.id`,
  );
  const units = await below([...actor.units, ...mandates.flatMap(({ unitIds }) => unitIds)]);
  const citywide = actor.acting.citywide && mandates.some(({ wholeCity }) => wholeCity);
  const permissions =
    mandates.length > 0
      ? actor.permissions
      : new Set([...actor.permissions].filter((one) => !NEEDS_MANDATE.includes(one)));
  return {
    ...actor,
    units,
    permissions,
    acting: { ...actor.acting, units, citywide, mandates: mandates.map(({ id }) => id) },
  };
}
