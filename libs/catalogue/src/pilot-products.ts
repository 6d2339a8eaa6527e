import { createReadStream, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { CONFIG, type Config, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, OrganisationService } from '#lib/organisation';
import { CatalogueReads } from './catalogue.reads';
import { CatalogueService } from './catalogue.service';
import type { Changed } from './product.view';
import { fieldsSchema } from './field-statements';
import { patchSchema } from './product-patch';
import { STATISTICS_RELEASES } from './statistics-release.entity';
import { StatisticsReleases } from './statistics-release.service';
import { UploadService } from './upload.service';

const fileSchema = z.strictObject({
  /** anchor only */
  common: z.record(z.string(), z.unknown()).optional(),
  products: z.array(
    z.strictObject({
      key: z.string(),
      unit: z.string(),
      /** people of the pilot organisation who do what their roles do */
      steward: z.string(),
      owner: z.string(),
      file: z.string(),
      /** months from today until the classification must be looked at again */
      reviewInMonths: z.int().min(1).max(23),
      metadata: z.record(z.string(), z.unknown()),
      /** as what the owner, who is then of the Statistikstelle, releases the data */
      statistics: z.enum(STATISTICS_RELEASES).optional(),
      fields: z.array(z.unknown()),
    }),
  ),
});

type PilotProduct = z.output<typeof fileSchema>['products'][number];

const AT_ONCE = 3;

/**
 * Publishes the products of a pilot domain the way people do: the steward drafts, describes and uploads, the owner
 * releases and offers, each with their own rights. So the pilot proves the ladder, and nothing gets around it.
 */
@Injectable()
export class PilotProducts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationService,
    private readonly organisationReads: OrganisationReads,
    private readonly reads: CatalogueReads,
    private readonly catalogue: CatalogueService,
    private readonly uploads: UploadService,
    private readonly statistics: StatisticsReleases,
  ) {}

  /**
   * Loads what is not there yet, by key; gives the keys of new products. A run that died begins the product it was at
   * anew: an unfinished draft gives up its key first.
   */
  async load(file: string): Promise<string[]> {
    const { products } = fileSchema.parse(parseYaml(readFileSync(file, 'utf8'), { merge: true }));
    const loaded = new Set<string>();
    const waiting = [...products];
    const next = async (): Promise<void> => {
      for (let product = waiting.shift(); product; product = waiting.shift()) {
        if (await this.finished(product.key)) continue;
        await this.publish(product, dirname(file));
        loaded.add(product.key);
      }
    };
    // most of the time goes into the processes that read the files
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    return products.map(({ key }) => key).filter((key) => loaded.has(key));
  }

  private async publish(product: PilotProduct, folder: string): Promise<void> {
    const { key, unit, steward, owner, file, reviewInMonths, metadata, fields, statistics } = product;
    const [clara, anna] = [await this.actor(steward), await this.actor(owner)];
    const { title, summary, description, ...rest } = metadata;
    const as = (who: Actor, work: (tx: Tx) => Promise<Changed>) => this.uow.run(who.acting, work);

    const draft = await as(clara, async (tx) => {
      const providerUnitId = (await this.organisationReads.unitByKey(tx, unit)).id;
      const texts = { title, summary, description } as { title: string; summary: string; description: string };
      return this.catalogue.createDraft(tx, clara, { providerUnitId, key, ...texts });
    });
    const described = await as(clara, (tx) =>
      this.catalogue.describe(
        tx,
        clara,
        draft.productId,
        draft.revision,
        patchSchema.parse({ ...rest, reviewBy: inMonths(reviewInMonths) }),
      ),
    );
    const path = join(folder, file);
    const { uploadId } = await this.uploads.attachUpload(clara, described.productId, {
      name: basename(path),
      stream: createReadStream(path),
    });
    const version = await this.uploads.confirmUpload(clara, described.productId, uploadId);
    const classed = await as(clara, (tx) =>
      this.catalogue.setFields(
        tx,
        clara,
        version.productId,
        version.versionId,
        version.revision,
        fieldsSchema.parse(fields),
      ),
    );
    const submitted = await as(clara, (tx) => this.catalogue.submit(tx, clara, classed.productId, classed.revision));
    // in one: if we die before, the product begins anew; after, it can be asked for
    await as(anna, async (tx) => {
      const released = await this.catalogue.release(tx, anna, submitted.productId, submitted.revision);
      if (statistics)
        await this.statistics.releaseStatistics(tx, anna, version.productId, version.versionId, statistics);
      return this.catalogue.offer(tx, anna, released.productId, released.revision);
    });
  }

  private finished(key: string): Promise<boolean> {
    return this.uow.run(systemActing('pilot'), async (tx) => {
      const product = await this.reads.productByKey(tx, key);
      if (!product) return false;
      if (product.releasedBy !== null) return true;
      await this.catalogue.change(tx, product, { key: null });
      return false;
    });
  }

  private async actor(personKey: string): Promise<Actor> {
    const { iss, sub } = await this.uow.read(systemActing('pilot'), (tx) =>
      this.organisationReads.accountOf(tx, personKey, this.config.oidc.issuer),
    );
    return this.organisation.actorFor({ iss, sub, clientId: 'pilot', kind: 'person', expiresAt: new Date() });
  }
}

function inMonths(months: number): string {
  const day = new Date();
  day.setUTCMonth(day.getUTCMonth() + months);
  return day.toISOString().slice(0, 10);
}
