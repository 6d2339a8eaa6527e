import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/kernel';
import { type Actor, OrganisationReads, permits } from '#lib/organisation';
import { subjectOf } from './catalogue.reads';
import { Product } from './product.entity';
import type { ReleaseLine } from './product.view';

/** Who may release a product, and what waits for them. */
@Injectable()
export class Releases {
  constructor(private readonly organisation: OrganisationReads) {}

  /** Answers for the product, or stands in now for who does. */
  async isOwner(tx: Tx, actor: Actor, product: Product): Promise<boolean> {
    if (!permits(actor, 'product.release')) return false;
    const role = await this.organisation.accountableRole(tx, product.providerUnitId);
    const task = { overdue: false, about: subjectOf(product) };
    return (await this.organisation.entitledAs(tx, actor, role, product.providerUnitId, task)) !== null;
  }

  /**
   * Products given for release, and versions with other fields of products in use once their fields are described:
   * those this reader may release, longest waiting first. Who edited a product is not asked to release it (SOD-2).
   */
  async waiting(tx: Tx, actor: Actor): Promise<ReleaseLine[]> {
    if (!permits(actor, 'product.release') || actor.personId === null) return [];
    const found = await tx.sql<ReleaseLine>(
      `SELECT p.id AS "productId", p.title AS "productTitle", u.name AS "providerUnitName",
              CASE WHEN p.state = 'IN_REVIEW' THEN NULL ELSE v.number END AS "versionNumber", p.modified_at AS "since"
         FROM catalogue.product p JOIN organisation.unit u ON u.id = p.provider_unit_id
         LEFT JOIN catalogue.product_version c ON c.id = p.current_version_id
         LEFT JOIN LATERAL (SELECT n.id, n.number, n.frozen_at FROM catalogue.product_version n
                             WHERE n.product_id = p.id ORDER BY n.number DESC LIMIT 1) v ON true
        WHERE p.state = 'IN_REVIEW'
           OR p.state IN ('VISIBLE', 'REQUESTABLE') AND v.frozen_at IS NULL AND v.number > coalesce(c.number, 0)
              AND NOT EXISTS (SELECT FROM catalogue.field f WHERE f.version_id = v.id AND f.class IS NULL)
        ORDER BY p.modified_at, p.id`,
    );
    const mine: ReleaseLine[] = [];
    for (const line of found) {
      const product = await tx.em.findOneByOrFail(Product, { id: line.productId });
      if (!product.editedBy.includes(actor.personId) && (await this.isOwner(tx, actor, product))) mine.push(line);
    }
    return mine;
  }
}
