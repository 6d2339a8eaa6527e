import { CatalogueReads, type Product, type ProductVersion } from '#lib/catalogue';
import { dayAfter, dayOf, isId, newId, quoted, UnitOfWork } from '#lib/kernel';
import { type Actor, dutyInWords, DutyReads, OrganisationReads, organisationProblems } from '#lib/organisation';
import { FORM } from '#lib/policy';
import {
  calledAs,
  documentInWords,
  EvidenceReads,
  type PartialRequestForm,
  REQUEST_FIELDS,
  type RequestField,
  requestProblems,
  RequestReads,
  RequestViews,
  type Overlap,
} from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { all, type FormBody, one } from '../../../layout/form-body';
import { day } from '../../../layout/format';
import type { Option } from '../../../layout/forms';
import { TYPE_NAME } from '../../../layout/words';
import { askingUnit, plainestForm } from '../../../layout/requests/access-outlook';
import type { NamedField } from '../../../layout/requests/drawn-fields';
import { bodyOf, formOf, isAnswered, notCarried } from '../../../layout/requests/form-values';
import { coarserChoices } from '../../../layout/requests/coarser-forms';
import type { Choices } from '../../../layout/requests/widgets/widget';

/** Everything the form offers to choose from. */
export interface RequestFormModel {
  productId: string;
  productTitle: string;
  providerName: string;
  /** what is asked for this product, in the order of the table */
  fields: readonly NamedField[];
  choices: Choices;
  /** by field, in place of the hint of the table */
  hints: ReadonlyMap<string, string>;
  /** what a form of before says and this one can not show, in German */
  notCarried: string[];
  body: FormBody;
  /** what the unit asked for already, whatever the purpose */
  overlaps: Overlap[];
  /** names this act: sending twice has one effect */
  once: string;
}

/** A request that is changed by an answer: its version of the data, and its unit. */
export interface AboutRequest {
  requestId: string;
  consumerUnitId: string;
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
    private readonly duties: DutyReads,
    private readonly rulebook: Rulebook,
    private readonly requests: RequestViews,
    private readonly facts: RequestReads,
    private readonly evidence: EvidenceReads,
  ) {}

  /** The form with what was filled in; a new one begins with the plainest question. `from`: the form it was filled in from. */
  form(
    actor: Actor,
    productId: string,
    filled: FormBody | null,
    from?: object,
    about?: AboutRequest,
    anew: readonly string[] = [],
  ): Promise<RequestFormModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const { product, version } = await this.asked(tx, productId, about);
      const { ruleset } = await this.rulebook.inForce(tx);
      const units = await this.organisation.units(tx);
      const askable = units.filter(({ id }) =>
        about
          ? id === about.consumerUnitId
          : actor.appointments.some(({ role, unitId }) => role === 'REQUESTER' && unitId === id),
      );
      const unitId = askable[0]?.id ?? askingUnit(actor);
      if (!unitId) throw organisationProblems.not_permitted();
      const ownDuties = await this.duties.codesOf(tx, unitId);
      const body =
        filled ?? this.begin(product, version, plainestForm(product, version, ruleset, unitId, tx.now, ownDuties));
      // what came as an id is one of those offered, or none
      const unitIn = (...names: string[]): string =>
        names.flatMap((name) => units.filter(({ id }) => id === one(body, name)))[0]?.id ?? unitId;
      const provider = units.find(({ id }) => id === product.providerUnitId);
      const chosen = one(body, 'purposeCode') || product.allowedPurposes[0] || null;
      const fits = ruleset.whyNotCarried({
        product: await this.catalogue.forPolicy(tx, product.id, version.id),
        purpose: { code: chosen },
        recipient: await this.organisation.consumerKind(tx, product.providerUnitId, unitId),
      });
      const suggested = new Set([
        ...ruleset.suggestedLegalBases(chosen).filter((code) => !fits.get(code)),
        ...all(body, 'legalBasis'),
      ]);
      const bases = ruleset.legalBases.map(({ code, name, norm }) => ({
        value: code,
        text: name,
        hint: [/\w/.test(norm) && norm !== name ? norm : null, fits.get(code)].filter(Boolean).join(' · ') || undefined,
      }));
      const purposes = [...ruleset.deliveryPurposes].sort((a, b) => rank(product, a.code) - rank(product, b.code));
      const columns = version.fields.map(({ name, meaning, type, class: kind, mask }) => ({
        value: name,
        text: name,
        hint: [meaning, TYPE_NAME[type], ruleset.label('fieldClass', kind)].filter(Boolean).join(' · '),
        filter: (kind === 'NONE' || kind === 'QUASI_ID') && !mask,
      }));
      const named = (list: readonly { id: string; name: string }[]) =>
        list.map(({ id, name }) => ({ value: id, text: name }));
      const options: Record<string, readonly Option[]> = {
        ownUnits: named(askable.length > 0 ? askable : units.filter(({ id }) => id === unitId)),
        otherUnits: named(units.filter(({ id }) => id !== unitId)),
        purposes: purposes.map(({ code, name }) => ({
          value: code,
          text: product.allowedPurposes.includes(code) ? `${name} (vorgesehen)` : name,
        })),
        duties: (await this.duties.ofUnits(tx, [unitIn('onBehalfOfUnitId', 'consumerUnitId')])).map((duty) => ({
          value: duty.code,
          text: dutyInWords(duty),
        })),
        legalBases: bases,
        suggestedBases: bases.filter(({ value }) => suggested.has(value)),
        otherBases: bases.filter(({ value }) => !suggested.has(value)),
        evidence: ruleset.vocabulary.evidence.map(({ code, name }) => ({ value: code, text: name })),
        // what a register keeps needs no document
        documentKinds: ruleset.vocabulary.evidence
          .filter(({ register }) => !register)
          .map(({ code, name }) => ({ value: code, text: name })),
        evidenceFiles: (await this.evidence.list(tx, actor)).map((one) => ({
          value: one.id,
          text: documentInWords(one),
          hint: [one.reference, one.validUntil && `gilt bis ${day(one.validUntil)}`, quoted(one.fileName)]
            .filter(Boolean)
            .join(' · '),
        })),
        changeGrounds: ruleset.vocabulary.changeGrounds.map(({ code, name }) => ({ value: code, text: name })),
        form: (product.card.offers ?? FORM).map((value) => ({
          value,
          text: ruleset.label('form', value),
          hint: ruleset.deliversAs(value) ? FORM_HINT[value] : `${FORM_HINT[value]} – kann noch nicht geliefert werden`,
        })),
        columns,
        filterColumns: columns.filter(({ filter }) => filter),
      };
      const subject = { ...product, secrecy: product.secrecy ?? [] };
      const fields: NamedField[] = Object.entries<RequestField>(REQUEST_FIELDS).filter(
        ([name, field]) => (field.asks?.(subject) ?? true) || isAnswered(name, field, body),
      );
      const { maxDays } = product.card;
      return {
        productId,
        productTitle: product.title,
        providerName: provider?.name ?? '',
        fields,
        choices: { options, coarser: coarserChoices(version.fields), uploads: true },
        hints: new Map(maxDays ? [['until', `höchstens ${maxDays} Tage`]] : []),
        notCarried: [
          ...anew.map((name) => `${called(name)} (bitte neu angeben)`),
          ...(from ? notCarried(from, body, typesOf(version), options) : [])
            .filter((name) => !anew.includes(name))
            .map(called),
        ],
        body,
        overlaps: about
          ? []
          : await this.requests.overlaps(tx, {
              productId,
              // whoever names a unit that is not theirs learns nothing of its requests
              consumerUnitId:
                options.ownUnits?.find(({ value }) => value === one(body, 'consumerUnitId'))?.value ?? unitId,
            }),
        once: newId(),
      };
    });
  }

  /** What was filled in, with values of the types the fields have. */
  input(actor: Actor, productId: string, body: FormBody, about?: AboutRequest): Promise<ReturnType<typeof formOf>> {
    return this.uow.read(actor.acting, async (tx) => {
      const { version } = await this.asked(tx, productId, about);
      return formOf(body, productId, typesOf(version));
    });
  }

  /** A stored or changed form as somebody would have filled it in, for the version in force. */
  filled(
    actor: Actor,
    productId: string,
    form: Omit<PartialRequestForm, 'productId'>,
    about?: AboutRequest,
  ): Promise<FormBody> {
    return this.uow.read(actor.acting, async (tx) => {
      const { version } = await this.asked(tx, productId, about);
      return bodyOf(form, typesOf(version));
    });
  }

  private begin(
    product: Product,
    version: ProductVersion,
    { purposeText: _, declarations: __, ...plainest }: ReturnType<typeof plainestForm>,
  ): FormBody {
    const today = new Date();
    // the first day counts
    const days = Math.min(product.card.maxDays ?? 180, 180) - 1;
    return bodyOf({
      ...plainest,
      from: dayOf(today),
      until: dayAfter(dayOf(today), days),
      retentionDays: product.maxRetentionDays,
    });
  }

  private async asked(
    tx: Parameters<Parameters<UnitOfWork['read']>[1]>[0],
    productId: string,
    about?: AboutRequest,
  ): Promise<{ product: Product; version: ProductVersion }> {
    const product = await this.catalogue.product(tx, isId(productId) ? productId : newId());
    if (about) {
      const { productVersionId } = await this.facts.request(tx, about.requestId);
      return { product, version: await this.catalogue.version(tx, productVersionId) };
    }
    const version = await this.catalogue.currentVersion(tx, product.id);
    if (product.state !== 'REQUESTABLE' || !version) throw requestProblems.product_not_requestable();
    return { product, version };
  }
}

const typesOf = ({ fields }: Pick<ProductVersion, 'fields'>) => new Map(fields.map(({ name, type }) => [name, type]));
const rank = ({ allowedPurposes }: Product, code: string): number => (allowedPurposes.includes(code) ? 0 : 1);
const called = (name: string): string => calledAs(REQUEST_FIELDS[name as keyof typeof REQUEST_FIELDS]);
