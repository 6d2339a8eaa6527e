import { CatalogueReads, type Product, type ProductVersion } from '#lib/catalogue';
import { isId, newId, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, organisationProblems } from '#lib/organisation';
import { FORM } from '#lib/policy';
import { DECLARED, type PartialRequestForm, QUESTIONS, requestProblems } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { all, type FormBody, one } from '../../../layout/form-body';
import type { Option } from '../../../layout/forms';
import { TYPE_NAME } from '../../../layout/words';
import { askingUnit, isoDay, plainestForm } from '../../../layout/requests/access-outlook';
import { type CoarserChoice, coarserChoices } from '../../../layout/requests/coarser-forms';
import { bodyOf, formOf } from './form-values';

/** Everything the form offers to choose from. */
export interface RequestFormModel {
  productId: string;
  productTitle: string;
  providerName: string;
  units: Option[];
  otherUnits: Option[];
  purposes: Option[];
  suggestedBases: Option[];
  otherBases: Option[];
  evidence: Option[];
  changeGrounds: Option[];
  forms: Option[];
  fields: (Option & { filter: boolean })[];
  /** fields that may be asked for coarser, with the forms the product declares */
  coarser: CoarserChoice[];
  /** what is asked for this product only, answered with yes or no */
  questions: { name: string; text: string; hint: string }[];
  maxDays: number | null;
  body: FormBody;
  /** names this act: sending twice has one effect */
  once: string;
}

const FORM_HINT: Record<(typeof FORM)[number], string> = {
  TABLE_AGG: 'Zahlen je Gruppe, keine Einzelfälle',
  GEO_AGG: 'Zahlen je Gebiet, keine Einzelfälle',
  ROWLEVEL: 'jede Zeile einzeln',
  DOCUMENT: 'ganze Dokumente',
  API_LIVE: 'laufender Abruf durch ein Fachverfahren',
};

@Injectable()
export class RequestFormPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly rulebook: Rulebook,
  ) {}

  /** The form with what was filled in; a new one begins with the plainest question. */
  form(actor: Actor, productId: string, filled: FormBody | null): Promise<RequestFormModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const { product, version } = await this.asked(tx, productId);
      const { ruleset } = await this.rulebook.inForce(tx);
      const units = await this.organisation.units(tx);
      const askable = units.filter(({ id }) =>
        actor.appointments.some(({ role, unitId }) => role === 'REQUESTER' && unitId === id),
      );
      const unitId = askable[0]?.id ?? askingUnit(actor);
      if (!unitId) throw organisationProblems.not_permitted();
      const body = filled ?? this.begin(product, version, plainestForm(product, version, ruleset, unitId, tx.now));
      const provider = units.find(({ id }) => id === product.providerUnitId);
      const chosen = one(body, 'purposeCode') || product.allowedPurposes[0] || null;
      const suggested = new Set([...ruleset.suggestedLegalBases(chosen), ...all(body, 'legalBasis')]);
      const bases = ruleset.legalBases.map(({ code, name, norm }) => ({
        value: code,
        text: name,
        hint: /\w/.test(norm) && norm !== name ? norm : undefined,
      }));
      const purposes = [...ruleset.purposes].sort((a, b) => rank(product, a.code) - rank(product, b.code));
      return {
        productId,
        productTitle: product.title,
        providerName: provider?.name ?? '',
        units: (askable.length > 0 ? askable : units.filter(({ id }) => id === unitId)).map(({ id, name }) => ({
          value: id,
          text: name,
        })),
        otherUnits: units.filter(({ id }) => id !== unitId).map(({ id, name }) => ({ value: id, text: name })),
        purposes: purposes.map(({ code, name }) => ({
          value: code,
          text: product.allowedPurposes.includes(code) ? `${name} (vorgesehen)` : name,
        })),
        suggestedBases: bases.filter(({ value }) => suggested.has(value)),
        otherBases: bases.filter(({ value }) => !suggested.has(value)),
        evidence: ruleset.vocabulary.evidence.map(({ code, name }) => ({ value: code, text: name })),
        changeGrounds: ruleset.vocabulary.changeGrounds.map(({ code, name }) => ({ value: code, text: name })),
        forms: (product.card.offers ?? FORM).map((value) => ({
          value,
          text: ruleset.label('form', value),
          hint: FORM_HINT[value],
        })),
        fields: version.fields.map(({ name, meaning, type, class: kind, mask }) => ({
          value: name,
          text: name,
          hint: [meaning, TYPE_NAME[type], ruleset.label('fieldClass', kind)].filter(Boolean).join(' · '),
          filter: (kind === 'NONE' || kind === 'QUASI_ID') && !mask,
        })),
        coarser: coarserChoices(version.fields),
        questions: QUESTIONS.filter((question) =>
          DECLARED[question].asks({ ...product, secrecy: product.secrecy ?? [] }),
        ).map((question) => ({
          name: `declarations-${question}`,
          text: DECLARED[question].text,
          hint: DECLARED[question].hint,
        })),
        maxDays: product.card.maxDays ?? null,
        body,
        once: newId(),
      };
    });
  }

  /** What was filled in, with values of the types the fields have. */
  input(actor: Actor, productId: string, body: FormBody): Promise<ReturnType<typeof formOf>> {
    return this.uow.read(actor.acting, async (tx) => {
      const { version } = await this.asked(tx, productId);
      return formOf(body, productId, new Map(version.fields.map(({ name, type }) => [name, type])));
    });
  }

  /** A stored or changed form as somebody would have filled it in, for the version in force. */
  filled(actor: Actor, productId: string, form: Omit<PartialRequestForm, 'productId'>): Promise<FormBody> {
    return this.uow.read(actor.acting, async (tx) => {
      const { version } = await this.asked(tx, productId);
      return bodyOf(
        form,
        version.fields.map(({ name }) => name),
      );
    });
  }

  private begin(
    product: Product,
    version: ProductVersion,
    { purposeText: _, declarations: __, ...plainest }: ReturnType<typeof plainestForm>,
  ): FormBody {
    const today = new Date();
    const days = Math.min(product.card.maxDays ?? 180, 180);
    return bodyOf({
      ...(plainest as Parameters<typeof bodyOf>[0]),
      from: isoDay(today),
      until: isoDay(new Date(today.getTime() + days * 86_400_000)),
      retentionDays: product.maxRetentionDays,
    });
  }

  private async asked(
    tx: Parameters<Parameters<UnitOfWork['read']>[1]>[0],
    productId: string,
  ): Promise<{ product: Product; version: ProductVersion }> {
    const product = await this.catalogue.product(tx, isId(productId) ? productId : newId());
    const version = await this.catalogue.currentVersion(tx, product.id);
    if (product.state !== 'REQUESTABLE' || !version) throw requestProblems.product_not_requestable();
    return { product, version };
  }
}

const rank = ({ allowedPurposes }: Product, code: string): number => (allowedPurposes.includes(code) ? 0 : 1);
