import { CatalogueReads } from '#lib/catalogue';
import { Problem, type Tx } from '#lib/kernel';
import { type ContractKind, type ContractStatus, type ContractUse, OrganisationReads } from '#lib/organisation';
import { type Facts, isClosed } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import type { PartialRequestForm } from '../form/request-form';

/** The sides of a request as they are today. */
export interface Sides {
  providerUnitId: string;
  /** who asks */
  consumerUnitId: string;
}
/** What of a product says whether a contract must name it. */
export type AboutData = Pick<
  Facts['product'],
  'id' | 'openness' | 'personalRef' | 'strictestPart' | 'secrecy' | 'releasedCube' | 'maxRetentionDays'
>;

/** A use of a product: its last day (null or absent: none is said), and for how many days the data is kept after it. */
interface Case {
  productId: string;
  providerUnitId: string;
  until?: string | null | undefined;
  retentionDays?: number | null | undefined;
}

/** Longest data is kept where neither form nor product says so. */
const KEPT_DAYS = 183;
/** A data-sharing contract, or with an Eigenbetrieb the internal agreement; who is controller together needs their own. */
const OWN_USE: readonly ContractKind[] = ['DUV', 'INTERNE_VEREINBARUNG'];
const JOINT: readonly ContractKind[] = ['JCA'];

/**
 * What a contract has to carry, whatever its kind: data that are not for everybody it names, and lasts until they are
 * deleted, which is `retentionDays` after `until`. Without a last day it need not last: an emergency waits for no longer contract.
 */
export function contractUse(
  { productId, providerUnitId, until, retentionDays }: Case,
  product: AboutData,
): ContractUse {
  const closed = isClosed(product);
  const keptDays = Math.min(retentionDays ?? KEPT_DAYS, product.maxRetentionDays ?? Number.MAX_SAFE_INTEGER);
  return { productId, providerUnitId, closed, lasts: closed && until ? { until, keptDays } : null };
}

/**
 * The contracts of the register that carry a case: of a kind that fits it, about this product, and for data that are not
 * for everybody as long as it is used and kept. A contract of another kind or about something else counts for nothing.
 */
@Injectable()
export class CaseContracts {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
  ) {}

  /** What the contracts for a version of a product have to name. One the reader does not find any more counts as closed. */
  async dataOf(
    tx: Tx,
    { productId, productVersionId }: { productId: string; productVersionId: string },
  ): Promise<AboutData> {
    try {
      return await this.catalogue.forPolicy(tx, productId, productVersionId);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      return { id: productId, openness: null, personalRef: null, secrecy: [], maxRetentionDays: null };
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
    const use = contractUse({ ...form, providerUnitId }, product);
    const controller = form.onBehalfOfUnitId ?? consumerUnitId;
    return this.organisation.contractBetween(tx, providerUnitId, controller, kinds, { use });
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
    const use = contractUse({ ...form, providerUnitId }, product);
    const contract = await this.organisation.contractBetween(tx, controllerUnitId, processor, ['AVV'], { use });
    return { controllerUnitId, processorUnitId: processor, contract };
  }

  /**
   * The contract the Rechtsamt looks at before a decision, and the parties it is registered between. Of two, one's own use
   * (`ownUse`: it needs one) and a processing, first the one that is missing, then the one that has to be read.
   */
  async forLegal(
    tx: Tx,
    form: PartialRequestForm,
    sides: Sides,
    product: AboutData,
    { ownUse }: { ownUse: boolean },
  ): Promise<{ unitA: string; unitB: string; contract: ContractStatus }> {
    const processing = await this.processing(tx, form, sides, product);
    const unitB = form.onBehalfOfUnitId ?? sides.consumerUnitId;
    const own = { unitA: sides.providerUnitId, unitB, contract: await this.ownUse(tx, form, sides, product) };
    if (!processing) return own;
    const { controllerUnitId: unitA, processorUnitId, contract } = processing;
    const found = [{ unitA, unitB: processorUnitId, contract }, ...(ownUse ? [own] : [])];
    return (
      found.find((one) => one.contract.status !== 'VALID') ?? found.find((one) => one.contract.described) ?? found[0]!
    );
  }
}
