import { CatalogueReads } from '#lib/catalogue';
import { Problem, type Tx } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import { type Change, type Decision, type Freedom, type Ruleset, suggestAlternatives } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import { FactsAssembly, fieldFacts } from './facts-assembly';
import { contradictions } from '../form/contradictions';
import type { TypedField } from '../form/form-check';
import { formInWords } from '../form/generalisation';
import type { PartialRequestForm } from '../form/request-form';
import { requestProblems } from '../requests.problems';
import { RequestRepository } from '../request/requests.repository';
import { type ChangeContext, lostWith, withChanges } from '../form/alternatives-form';
import { calledAs } from '../form/form-in-words';
import { REQUEST_FIELDS } from '../form/request-fields';
import type { OfferedAlternative } from '../request/request.view';

/** More offices of one person are no help to anybody. */
const MOST_RECIPIENTS = 5;

/** How a refused or slow request could pass, as the reader may know it. */
@Injectable()
export class AlternativesReads {
  constructor(
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly assembly: FactsAssembly,
    private readonly requests: RequestRepository,
  ) {}

  /** Best first, empty when nothing smaller is treated better. Reads as the reader does, so it names nothing hidden. */
  async of(
    tx: Tx,
    actor: Actor,
    form: PartialRequestForm,
    { facts, outcome }: Decision,
    ruleset: Ruleset,
    held: readonly TypedField[],
  ): Promise<OfferedAlternative[]> {
    if (outcome === 'PERMIT' || outcome === 'PERMIT_OBL') return [];
    const freedom = await this.freedom(tx, actor, form, ruleset, held, facts);
    const { suggestions } = suggestAlternatives(ruleset, facts, freedom);
    const alternatives: OfferedAlternative[] = [];
    for (const suggestion of suggestions) {
      const changed = await this.applied(tx, form, suggestion.changes, ruleset, held);
      // a way that nobody could ask for is none
      if (contradictions(ruleset, changed).length > 0) continue;
      const lost = [...lostWith(form, changed), ...(form.duty && !changed.duty ? ['duty'] : [])];
      const notCarried = lost.map((name) => calledAs(REQUEST_FIELDS[name as keyof typeof REQUEST_FIELDS]));
      alternatives.push({ ...suggestion, form: changed, notCarried });
    }
    return alternatives;
  }

  /** The form with the changes made. Throws `product_not_requestable` for another product the reader does not find. */
  async applied(
    tx: Tx,
    form: PartialRequestForm,
    changes: readonly Change[],
    ruleset: Ruleset,
    held: readonly TypedField[],
  ): Promise<PartialRequestForm> {
    const lastDays = new Map<number, string>();
    let other: ChangeContext['other'] = null;
    for (const change of changes) {
      if (change.kind === 'PERIOD' && form.from && form.until) {
        lastDays.set(change.months, (await this.requests.period(tx, form.from, form.until, change.months)).latest);
      }
      if (change.kind === 'PRODUCT') {
        const { aggregateProductId } = await this.catalogue.product(tx, form.productId);
        const aggregate =
          aggregateProductId === change.id ? await this.aggregate(tx, change.id, form, ruleset) : undefined;
        if (!aggregate) throw requestProblems.product_not_requestable();
        other = { id: change.id, fields: aggregate.fields.map(({ name }) => name) };
      }
    }
    const context = {
      held,
      lastDay: (months: number) => lastDays.get(months),
      processorIsOnward: form.processorUnitId != null && !(await this.assembly.binds(tx, form)),
      other,
    };
    const changed = withChanges(form, changes, context);
    // another office has other duties
    return changed.duty && !(await this.assembly.duty(tx, changed)) ? { ...changed, duty: null } : changed;
  }

  private async freedom(
    tx: Tx,
    actor: Actor,
    form: PartialRequestForm,
    ruleset: Ruleset,
    held: readonly TypedField[],
    { product: asked, onwardRecipients }: Decision['facts'],
  ): Promise<Freedom> {
    const { card, aggregateProductId, providerUnitId } = await this.catalogue.product(tx, form.productId);
    const aggregate = aggregateProductId ? await this.aggregate(tx, aggregateProductId, form, ruleset) : undefined;
    const open = held.filter(({ name }) => !form.coarser?.some(({ field }) => field === name));
    const coarser = Object.fromEntries(
      open.map((field) => [
        field.name,
        (field.generalisations ?? []).map((one) => ({
          class: one.class ?? (field.class as never),
          text: formInWords(one),
        })),
      ]),
    );
    const processor =
      form.processorUnitId && !form.onwardUnitIds?.includes(form.processorUnitId)
        ? (await this.organisation.unit(tx, form.processorUnitId)).key
        : undefined;
    return {
      ...(processor && onwardRecipients.includes(processor) && { processorOnward: processor }),
      coarser,
      recipients: await this.recipients(tx, actor, form, providerUnitId, asked),
      ...(Array.isArray(card.offers) && { forms: card.offers }),
      ...(aggregate && { aggregate }),
    };
  }

  /** The other offices this person may ask for. A processor asks for the office it works for, nobody else. */
  private async recipients(
    tx: Tx,
    { appointments }: Actor,
    form: PartialRequestForm,
    providerUnitId: string,
    asked: Decision['facts']['product'],
  ): Promise<NonNullable<Freedom['recipients']>> {
    if (form.onBehalfOfUnitId) return [];
    const ids = new Set(
      appointments
        .filter(({ role, unitId }) => role === 'REQUESTER' && unitId !== form.consumerUnitId)
        .map(({ unitId }) => unitId),
    );
    const found: {
      id: string;
      name: string;
      consumer: Decision['facts']['consumer'];
      contract: Decision['facts']['contract'];
      recipient?: Decision['facts']['recipient'];
    }[] = [];
    for (const id of [...ids].slice(0, MOST_RECIPIENTS)) {
      const { name } = await this.organisation.unit(tx, id);
      const there = { ...form, consumerUnitId: id };
      found.push({ id, name, ...(await this.assembly.recipient(tx, there, providerUnitId, asked)) });
    }
    return found;
  }

  /** The aggregate product, if the reader finds it and can ask for it. */
  private async aggregate(
    tx: Tx,
    productId: string,
    { purposeCode }: PartialRequestForm,
    ruleset: Ruleset,
  ): Promise<Freedom['aggregate']> {
    try {
      const { title, state } = await this.catalogue.product(tx, productId);
      const version = await this.catalogue.currentVersion(tx, productId);
      if (state !== 'REQUESTABLE' || !version) return undefined;
      const product = await this.catalogue.forPolicy(tx, productId, version.id);
      const needed = fieldFacts(ruleset, { purposeCode }, version.fields).filter((field) => field.needed);
      return { title, product, fields: needed };
    } catch (error) {
      // hidden from the reader: then there is no such product
      if (error instanceof Problem && error.status === 404) return undefined;
      throw error;
    }
  }
}
