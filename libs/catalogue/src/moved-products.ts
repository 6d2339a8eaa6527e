import { Injectable } from '@nestjs/common';
import type { StoredEvent, Tx } from '#lib/kernel';
import { UnitChangeEffect } from '#lib/organisation';
import { productMoved } from './catalogue.events';

/** Carries out for products what a change of the organisation decided: the id stays, the provider is the one in its place. */
@Injectable()
export class MovedProducts {
  constructor(private readonly changes: UnitChangeEffect) {}

  /**
   * Runs by event, once per change. Until then a merged unit's products are answered for by its successor already
   * (worked out by the clock), and a split unit's products are reached by nobody.
   */
  async move(tx: Tx, { type, facts }: StoredEvent): Promise<void> {
    const { changeId, sources } = facts as { changeId: string; sources: string[] };
    const mine = await tx.sql<{ id: string; from: string; to: string }>(
      `SELECT id, provider_unit_id AS "from", organisation.successor_of(provider_unit_id, id) AS "to" FROM catalogue.product
        WHERE provider_unit_id = ANY ($1) ORDER BY id FOR UPDATE`,
      [sources],
    );
    // drafted or withdrawn between confirmation and date: nobody could plan them
    const left = mine.filter(({ from, to }) => from === to);
    if (type === 'unit.split.v1')
      await this.changes.takeRest(
        tx,
        changeId,
        'PRODUCT',
        left.map(({ id }) => id),
      );
    const moved = await tx.sql<{ id: string; to: string; from: string; revision: number }>(
      `WITH moved AS (
         UPDATE catalogue.product p SET provider_unit_id = organisation.successor_of(p.provider_unit_id, p.id), revision = p.revision + 1
           FROM unnest($1::uuid[], $2::uuid[]) AS was (id, unit_id)
          WHERE p.id = was.id AND organisation.successor_of(p.provider_unit_id, p.id) <> p.provider_unit_id
          RETURNING p.id, p.provider_unit_id AS "to", was.unit_id AS "from", p.revision)
       SELECT * FROM moved ORDER BY id`,
      [mine.map(({ id }) => id), mine.map(({ from }) => from)],
    );
    for (const { id: productId, to: providerUnitId, from: fromUnitId, revision } of moved) {
      await tx.sql('UPDATE catalogue.pending_upload SET provider_unit_id = $2 WHERE product_id = $1', [
        productId,
        providerUnitId,
      ]);
      await tx.emit(productMoved({ productId, providerUnitId, revision, fromUnitId, changeId }));
    }
  }
}
