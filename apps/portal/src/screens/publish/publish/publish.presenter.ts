import {
  CatalogueReads,
  completeness,
  type LoweringLine,
  Lowerings,
  type Missing,
  type ProductState,
  productStates,
  type ProductStep,
  type ProductSummary,
  type StatisticsReleaseKind,
} from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Option } from '../../../layout/forms';
import type { Tone } from '../../../layout/parts';

export interface WorkplaceModel {
  products: (ProductSummary & { stateName: string; tone: Tone })[];
  mayCreate: boolean;
}

export interface WorkModel {
  id: string;
  title: string;
  summary: string;
  state: ProductState;
  stateName: string;
  tone: Tone;
  revision: number;
  currentVersionId: string | null;
  versions: {
    id: string;
    number: number;
    rows: number;
    createdAt: string;
    current: boolean;
    frozen: boolean;
    /** as what the Statistikstelle released it */
    releasedAs: StatisticsReleaseKind[];
  }[];
  /** what stands before others seeing it, and before others asking for it */
  toShow: Missing[];
  toOffer: Missing[];
  steps: { step: ProductStep; text: string; main: boolean }[];
  mayEdit: boolean;
  mayRelease: boolean;
  /** opinions on a lowered classification; `mine`: waits for this reader */
  opinions: (LoweringLine & { mine: boolean })[];
  /** acts for the Statistikstelle */
  mayReleaseStatistics: boolean;
}

export const PRODUCT_TONE: Record<ProductState, Tone> = {
  DRAFT: 'info',
  IN_REVIEW: 'warning',
  VISIBLE: 'info',
  REQUESTABLE: 'success',
  WITHDRAWN: 'danger',
};

const STEP_TEXT: Record<ProductStep, string> = {
  submit: 'Zur Freigabe geben',
  sendBack: 'Zur Überarbeitung zurückgeben',
  release: 'Freigeben: intern sichtbar machen',
  offer: 'Anbieten: anfragbar machen',
  revise: 'In Überarbeitung nehmen',
  withdraw: 'Zurückziehen',
};
/** Who does a step: the service asks again, for this unit. */
const STEP_OF: Record<ProductStep, 'edit' | 'release' | 'either'> = {
  submit: 'edit',
  sendBack: 'release',
  release: 'release',
  offer: 'release',
  revise: 'either',
  withdraw: 'release',
};
const MAIN: readonly ProductStep[] = ['submit', 'release', 'offer'];

export function stepsAt(state: ProductState, may: { edit: boolean; release: boolean }): WorkModel['steps'] {
  return productStates
    .stepsFrom(state)
    .filter((step) => (STEP_OF[step] === 'either' ? may.edit || may.release : may[STEP_OF[step]]))
    .map((step) => ({ step, text: STEP_TEXT[step], main: MAIN.includes(step) }));
}

@Injectable()
export class PublishPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly lowerings: Lowerings,
  ) {}

  workplace(actor: Actor): Promise<WorkplaceModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const products = await this.catalogue.ofUnits(tx, unitsAtWork(actor));
      return {
        products: products.map((product) => ({
          ...product,
          stateName: productStates.label[product.state],
          tone: PRODUCT_TONE[product.state],
        })),
        mayCreate: stewardAt(actor).length > 0,
      };
    });
  }

  /** Units for which the actor may begin a product. */
  units(actor: Actor): Promise<Option[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const options: Option[] = [];
      for (const id of stewardAt(actor)) options.push({ value: id, text: (await this.organisation.unit(tx, id)).name });
      return options;
    });
  }

  work(actor: Actor, id: string): Promise<WorkModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const product = await this.catalogue.product(tx, id);
      const described = await this.catalogue.described(tx, product);
      const toShow = completeness(described, 'VISIBLE');
      const toOffer = completeness(described, 'REQUESTABLE').filter(
        ({ pointer }) => !toShow.some((missing) => missing.pointer === pointer),
      );
      const versions = await this.catalogue.versions(tx, id);
      const released = await this.catalogue.statisticsReleases(tx, id);
      const may = {
        edit: stewardAt(actor).includes(product.providerUnitId),
        release: actor.permissions.has('product.release') && actor.units.includes(product.providerUnitId),
      };
      return {
        id,
        title: product.title,
        summary: product.summary,
        state: product.state,
        stateName: productStates.label[product.state],
        tone: PRODUCT_TONE[product.state],
        revision: product.revision,
        currentVersionId: product.currentVersionId,
        versions: versions.map((version) => ({
          id: version.id,
          number: version.number,
          rows: version.rows,
          createdAt: version.createdAt.toISOString(),
          current: version.id === product.currentVersionId,
          frozen: version.frozenAt !== null,
          releasedAs: released.filter(({ versionId }) => versionId === version.id).map(({ kind }) => kind),
        })),
        toShow,
        toOffer,
        steps: stepsAt(product.state, may),
        mayEdit: may.edit,
        mayRelease: may.release,
        opinions: (await this.lowerings.ofProduct(tx, id)).map((one) => ({
          ...one,
          mine: one.opinion === null && actor.appointments.some(({ role }) => role === one.role),
        })),
        mayReleaseStatistics: actor.appointments.some(({ role }) => role === 'STAT'),
      };
    });
  }
}

const stewardAt = ({ appointments }: Pick<Actor, 'appointments'>): string[] => [
  ...new Set(appointments.filter(({ role }) => role === 'STEWARD').map(({ unitId }) => unitId)),
];
const unitsAtWork = ({ appointments }: Pick<Actor, 'appointments'>): string[] => [
  ...new Set(appointments.map(({ unitId }) => unitId)),
];
