import { CatalogueReads } from '#lib/catalogue';
import { Problem, type Tx } from '#lib/kernel';
import { type ContractKind, type ContractStatus, type ContractUse, OrganisationReads } from '#lib/organisation';
import type { Facts } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import { isAboutPersons } from '../form/about-persons';
import type { PartialRequestForm } from '../form/request-form';

/** The sides of a request as they are today. */
export interface Sides {
  providerUnitId: string;
  /** who asks */
  consumerUnitId: string;
}
/** What of a product says whether a contract must name it. */
export type AboutData = Pick<Facts['product'], 'id' | 'personalRef' | 'strictestPart' | 'maxRetentionDays'>;

/** Longest a use of personal data is kept where neither form nor product says so. */
const KEPT_DAYS = 183;
/** A data-sharing contract, or with an Eigenbetrieb the internal agreement; who is controller together needs their own. */
const OWN_USE: readonly ContractKind[] = ['DUV', 'INTERNE_VEREINBARUNG'];
const JOINT: readonly ContractKind[] = ['JCA'];

/**
 * The contracts of the register that carry a case: of a kind that fits it, about this product, and for data about persons
 * as long as it is used and kept. A contract of another kind or about something else counts for nothing.
 */
@Injectable()
export class CaseContracts {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
  ) {}

  /** What the contracts for a version of a product have to name. One the reader does not find any more counts as one about persons. */
  async dataOf(
    tx: Tx,
    { productId, productVersionId }: { productId: string; productVersionId: string },
  ): Promise<AboutData> {
    try {
      return await this.catalogue.forPolicy(tx, productId, productVersionId);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      return { id: productId, personalRef: null, maxRetentionDays: null };
    }
  }

  /** Between the giving side and the one whose purpose counts: whoever asks, or on whose behalf it does. */
  async ownUse(
    tx: Tx,
    form: PartialRequestForm,
    { providerUnitId, consumerUnitId }: Sides,
    product: AboutData,
  ): Promise<ContractStatus> {
    const kinds = form.declarations?.jointControl === true ? JOINT : OWN_USE;
    const use = this.useOf(form, providerUnitId, product);
    const controller = form.onBehalfOfUnitId ?? consumerUnitId;
    return this.organisation.contractBetween(tx, providerUnitId, controller, kinds, { use: { ...use, lasts: null } });
  }

  /** Who processes for the one whose purpose counts, and the contract between the two; null where nobody does. */
  async processing(
    tx: Tx,
    form: PartialRequestForm,
    { providerUnitId, consumerUnitId }: Sides,
    product: AboutData,
  ): Promise<{ controllerUnitId: string; processorUnitId: string; contract: ContractStatus } | null> {
    const processor = form.onBehalfOfUnitId ? consumerUnitId : form.processorUnitId;
    if (!processor) return null;
    const controllerUnitId = form.onBehalfOfUnitId ?? consumerUnitId;
    const use = this.useOf(form, providerUnitId, product);
    const contract = await this.organisation.contractBetween(tx, controllerUnitId, processor, ['AVV'], { use });
    return { controllerUnitId, processorUnitId: processor, contract };
  }

  /** The contract the Rechtsamt looks at before a decision, and the parties it is registered between. */
  async forLegal(
    tx: Tx,
    form: PartialRequestForm,
    sides: Sides,
    product: AboutData,
  ): Promise<{ unitA: string; unitB: string; contract: ContractStatus }> {
    if (form.onBehalfOfUnitId) {
      const { controllerUnitId, processorUnitId, contract } = (await this.processing(tx, form, sides, product))!;
      return { unitA: controllerUnitId, unitB: processorUnitId, contract };
    }
    const contract = await this.ownUse(tx, form, sides, product);
    return { unitA: sides.providerUnitId, unitB: sides.consumerUnitId, contract };
  }

  private useOf(form: PartialRequestForm, providerUnitId: string, product: AboutData): ContractUse {
    const personal = isAboutPersons(product);
    const keptDays = Math.min(form.retentionDays ?? KEPT_DAYS, product.maxRetentionDays ?? Number.MAX_SAFE_INTEGER);
    return {
      productId: form.productId,
      providerUnitId,
      personal,
      lasts: personal && form.until ? { until: form.until, keptDays } : null,
    };
  }
}
