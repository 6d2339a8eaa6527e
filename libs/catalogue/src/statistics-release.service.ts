import { Injectable } from '@nestjs/common';
import { newId, type Tx } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import { statisticsReleased, statisticsWithdrawn } from './catalogue.events';
import { catalogueProblems as problems, withProblems } from './catalogue.problems';
import { CatalogueReads } from './catalogue.reads';
import type { Product } from './product.entity';
import type { ProductVersion } from './product.view';
import { StatisticsRelease, type StatisticsReleaseKind } from './statistics-release.entity';

/**
 * What of the statistics may leave is said by the Statistikstelle alone, of one version, by an act of its own
 * (BStatG § 16, HessLStatG § 16): whoever publishes cannot say it for it, and nobody who edited the product either.
 */
@Injectable()
export class StatisticsReleases {
  constructor(
    private readonly reads: CatalogueReads,
    private readonly organisation: OrganisationReads,
  ) {}

  /** Throws `statistics_release_not_yours` (403), `release_needs_second_person` (403), `statistics_release_state` (409). */
  async releaseStatistics(tx: Tx, actor: Actor, productId: string, versionId: string, kind: StatisticsReleaseKind) {
    const { product, version, personId } = await this.found(tx, actor, productId, versionId);
    if (product.editedBy.includes(personId)) throw problems.release_needs_second_person();
    const release = { id: newId(), versionId, kind, releasedBy: personId, releasedAt: tx.now };
    await withProblems(() => tx.em.insert(StatisticsRelease, release));
    await tx.emit(statisticsReleased({ ...factsOf(product, version), kind }));
    return { productId, versionId, kind };
  }

  async withdrawStatistics(tx: Tx, actor: Actor, productId: string, versionId: string, kind: StatisticsReleaseKind) {
    const { product, version, personId } = await this.found(tx, actor, productId, versionId);
    const taken = await tx.sql<{ id: string }>(
      `UPDATE catalogue.statistics_release SET withdrawn_by = $3, withdrawn_at = $4
        WHERE version_id = $1 AND kind = $2 AND withdrawn_at IS NULL RETURNING id`,
      [versionId, kind, personId, tx.now],
    );
    if (taken.length === 0) throw problems.statistics_release_state();
    await tx.emit(statisticsWithdrawn({ ...factsOf(product, version), kind }));
    return { productId, versionId, kind };
  }

  private async found(tx: Tx, actor: Actor, productId: string, versionId: string) {
    const product = await this.reads.product(tx, productId);
    const version = await this.reads.version(tx, versionId);
    if (version.productId !== productId) throw problems.version_not_found();
    const entitled = await this.organisation.entitledAs(tx, actor, 'STAT', null, { overdue: false });
    if (!entitled || actor.personId === null) throw problems.statistics_release_not_yours();
    return { product, version, personId: actor.personId };
  }
}

const factsOf = (
  { id: productId, providerUnitId, revision }: Product,
  { id: versionId, number }: Pick<ProductVersion, 'id' | 'number'>,
) => ({ productId, providerUnitId, revision, versionId, number });
