import { CatalogueReads, type Product, type ProductVersion } from '#lib/catalogue';
import { dayAfter, dayOf, parse, type Tx } from '#lib/kernel';
import { type Actor, DutyReads } from '#lib/organisation';
import type { Decision, Ruleset } from '#lib/policy';
import {
  partialForm,
  type PartialRequestFormInput,
  plainestAnswers,
  REQUEST_FIELDS,
  RequestDecisions,
  RequestViews,
  type DecisionView,
} from '#lib/requests';
import { Injectable } from '@nestjs/common';
import type { Tone } from '../parts';

/** What somebody of this office may expect when asking for a product. Binds nobody. */
export interface Outlook {
  kind: 'AUTOMATIC' | 'APPROVAL' | 'IMPOSSIBLE' | 'NOT_OFFERED';
  text: string;
  tone: Tone;
  /** the first deciding reason */
  reason: string;
}

const OUTCOME_OUTLOOK: Record<Decision['outcome'], Pick<Outlook, 'kind' | 'text' | 'tone'>> = {
  PERMIT: { kind: 'AUTOMATIC', text: 'Für Ihr Amt: automatisch', tone: 'success' },
  PERMIT_OBL: { kind: 'AUTOMATIC', text: 'Für Ihr Amt: automatisch, mit Auflagen', tone: 'success' },
  APPROVAL: { kind: 'APPROVAL', text: 'Für Ihr Amt: mit Genehmigung', tone: 'warning' },
  FORBID: { kind: 'IMPOSSIBLE', text: 'Für Ihr Amt: nicht möglich', tone: 'danger' },
};

export function outlookOf({ outcome, because }: Pick<Decision, 'outcome' | 'because'>): Outlook {
  return { ...OUTCOME_OUTLOOK[outcome], reason: because[0]?.text ?? '' };
}

export const NOT_OFFERED: Outlook = {
  kind: 'NOT_OFFERED',
  text: 'Noch nicht anfragbar',
  tone: 'info',
  reason: 'Die Beschreibung ist sichtbar. Die Daten sind noch nicht zur Nutzung angeboten.',
};

/** The unit an actor would ask for: where they may make requests, else where they belong. */
export const askingUnit = ({ appointments, units }: Pick<Actor, 'appointments' | 'units'>): string | null =>
  appointments.find(({ role }) => role === 'REQUESTER')?.unitId ??
  appointments.find(({ role }) => role === 'REQ_HEAD')?.unitId ??
  appointments[0]?.unitId ??
  units[0] ??
  null;

/**
 * The plainest question somebody can ask about a product: for the first purpose it allows, with the fields this
 * purpose needs, in the first form on offer that can be delivered.
 */
export function plainestForm(
  product: Product,
  version: ProductVersion,
  ruleset: Pick<Ruleset, 'neededClasses' | 'suggestedLegalBases' | 'deliversAs' | 'meansDuty' | 'meansAi'>,
  consumerUnitId: string,
  today: Date,
  /** codes of the duties of the asking unit */
  duties: ReadonlySet<string> = new Set(),
): PartialRequestFormInput {
  const purposeCode = product.allowedPurposes[0];
  const offered = product.card.offers ?? [];
  const needed = ruleset.neededClasses(purposeCode ?? null);
  const fields = version.fields.filter((field) => needed.includes(field.class)).map(({ name }) => name);
  const suggested = ruleset.suggestedLegalBases(purposeCode ?? null);
  const personal = product.personalRef !== 'NONE' && product.personalRef !== 'AGGREGATED';
  const basis = (!personal && suggested.find((code) => code === 'KEIN_PERSONENBEZUG')) || suggested[0];
  const duty = product.card.collectedForDuties?.find((one) => duties.has(one)) ?? [...duties][0];
  return {
    productId: product.id,
    consumerUnitId,
    ...(duty && ruleset.meansDuty(purposeCode ?? null) ? { duty } : {}),
    ...(purposeCode ? { purposeCode, purposeText: 'Vorschau für den Katalog' } : {}),
    ...(basis ? { legalBasis: [basis] } : {}),
    ...(fields.length > 0 ? { fields } : {}),
    form: offered.find((form) => ruleset.deliversAs(form)) ?? offered[0] ?? 'ROWLEVEL',
    from: dayOf(today),
    until: dayAfter(dayOf(today), Math.min(product.card.maxDays ?? 30, 30) - 1),
    retentionDays: Math.min(product.maxRetentionDays ?? 90, 90),
    // the plainest answers; whoever asks gives their own
    declarations: {
      ...plainestAnswers(REQUEST_FIELDS),
      ...(ruleset.meansAi(purposeCode ?? null) && { usesAi: true }),
    },
  };
}

@Injectable()
export class AccessOutlook {
  constructor(
    private readonly catalogue: CatalogueReads,
    private readonly decisions: RequestDecisions,
    private readonly views: RequestViews,
    private readonly duties: DutyReads,
  ) {}

  /** Asks the law book as a request would. Null where there is nothing to ask about. */
  async decision(tx: Tx, product: Product, ruleset: Ruleset, unitId: string | null): Promise<DecisionView | null> {
    if (product.state !== 'REQUESTABLE' || !unitId || !product.currentVersionId) return null;
    const version = await this.catalogue.version(tx, product.currentVersionId);
    const duties = await this.duties.codesOf(tx, unitId);
    const form = parse(partialForm, plainestForm(product, version, ruleset, unitId, tx.now, duties));
    const { decision } = await this.decisions.preview(tx, form, version.id, product.providerUnitId);
    const controllerUnitId = form.onBehalfOfUnitId ?? null;
    return this.views.preview(tx, decision, {
      providerUnitId: product.providerUnitId,
      consumerUnitId: unitId,
      controllerUnitId,
    });
  }

  async outlook(tx: Tx, product: Product, ruleset: Ruleset, unitId: string | null): Promise<Outlook> {
    const decision = await this.decision(tx, product, ruleset, unitId);
    return decision ? outlookOf(decision) : NOT_OFFERED;
  }
}
