import { Injectable } from '@nestjs/common';
import type { StoredEvent, Tx } from '#lib/kernel';
import { OrganisationReads } from '#lib/organisation';
import { productOwnerMissing } from './catalogue.events';
import { CatalogueReads } from './catalogue.reads';

/** Tells of products nobody answers for any more, the moment the seat falls vacant: there are days left to fill it. */
@Injectable()
export class Vacancy {
  constructor(
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
  ) {}

  /** Runs by event: an appointment ended, or somebody was shut out (that event names nobody, so all units are looked at). */
  async tell(tx: Tx, { facts, type }: StoredEvent): Promise<void> {
    const units = await tx.sql<{ id: string }>(
      `WITH RECURSIVE down AS (
         SELECT id FROM organisation.unit WHERE $1::uuid IS NULL OR id = $1
         UNION SELECT u.id FROM organisation.unit u JOIN down ON u.parent_id = down.id)
       SELECT DISTINCT p.provider_unit_id AS id FROM catalogue.product p JOIN down ON down.id = p.provider_unit_id
        WHERE p.state IN ('VISIBLE', 'REQUESTABLE') ORDER BY 1`,
      [type === 'appointment.ended.v1' ? facts.unitId : null],
    );
    for (const { id: unitId } of units) {
      const role = await this.organisation.accountableRole(tx, unitId);
      if (facts.role !== undefined && facts.role !== role) continue;
      const products = await tx.sql<{ id: string }>(
        `SELECT id FROM catalogue.product WHERE provider_unit_id = $1 AND state IN ('VISIBLE', 'REQUESTABLE') ORDER BY id`,
        [unitId],
      );
      for (const { id: productId } of products) {
        const frozenFrom = await this.catalogue.frozenFrom(tx, unitId, await this.catalogue.subject(tx, productId));
        if (frozenFrom === null) continue;
        await tx.emit(
          productOwnerMissing({ productId, providerUnitId: unitId, role, frozenFrom: frozenFrom.toISOString() }),
        );
      }
    }
  }
}
