import { CatalogueReads, type Product, type ProductVersion } from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { FIELD_CLASS } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';

export interface FieldsModel {
  product: Product;
  version: ProductVersion;
  classes: Option[];
  mayEdit: boolean;
}

@Injectable()
export class PublishFieldsPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: CatalogueReads,
    private readonly rulebook: Rulebook,
  ) {}

  /** Throws `product_not_found`, `version_not_found`. */
  fields(actor: Actor, id: string, versionId: string): Promise<FieldsModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const product = await this.reads.product(tx, id);
      const version = await this.reads.version(tx, versionId);
      const { ruleset } = await this.rulebook.inForce(tx);
      return {
        product,
        version,
        classes: FIELD_CLASS.map((value) => ({ value, text: ruleset.label('fieldClass', value) })),
        mayEdit:
          version.frozenAt === null &&
          actor.appointments.some(({ role, unitId }) => role === 'STEWARD' && unitId === product.providerUnitId),
      };
    });
  }
}
