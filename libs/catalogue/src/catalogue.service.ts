// One file: the ladder of a product, one method per step, so that what may follow what is read from top to bottom.
import { Injectable } from '@nestjs/common';
import {
  dayOf,
  type DomainEvent,
  type InputFault,
  kernelProblems,
  move,
  type Movement,
  newId,
  parse,
  quoted,
  type Tx,
} from '#lib/kernel';
import {
  type Actor,
  DutyReads,
  MachineClient,
  OrganisationReads,
  organisationProblems,
  permits,
} from '#lib/organisation';
import { contradictsOpen } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import {
  fieldsDescribed,
  productDescribed,
  productDrafted,
  productOffered,
  productReleased,
  productRevised,
  productSentBack,
  productSubmitted,
  productWithdrawn,
  versionReleased,
} from './catalogue.events';
import { catalogueProblems as problems, withProblems } from './catalogue.problems';
import { CatalogueReads, subjectOf } from './catalogue.reads';
import { fieldFaults } from './field-faults';
import { type FieldInput, fieldsSchema, keptOf } from './field-statements';
import { Lowerings } from './lowering.service';
import { Releases } from './releases.service';
import { completeness } from './musts';
import { DECISIVE, type DraftInput, draftSchema, patchSchema, type ProductPatch } from './product-patch';
import { Product } from './product.entity';
import { FieldRow, VersionRow } from './product-version.entity';
import { productStates, type ProductStep } from './product.states';
import type { Rung } from './metadatum';
import type { Changed, DescribedProduct } from './product.view';

/**
 * Publishing, as one ladder in one file: draft, describe, submit, release, offer, and back. STEWARD edits and submits;
 * OWNER releases, offers and withdraws, and is never one of the editors (SOD-2). Every change names the revision it
 * was made on, so that nobody releases what they did not see.
 */
@Injectable()
export class CatalogueService {
  constructor(
    private readonly reads: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly duties: DutyReads,
    private readonly rulebook: Rulebook,
    private readonly lowerings: Lowerings,
    private readonly releases: Releases,
  ) {}

  async createDraft(tx: Tx, actor: Actor, input: DraftInput): Promise<Changed> {
    const draft = parse(draftSchema, input);
    // what stands in the place of an ended unit has a name of its own to publish under
    if ((await this.organisation.living(tx, draft.providerUnitId)).id !== draft.providerUnitId)
      throw organisationProblems.unit_ended();
    const editor = await this.editor(tx, actor, draft.providerUnitId);
    const key = draft.key ?? null;
    const product = {
      ...draft,
      key,
      id: newId(),
      state: 'DRAFT' as const,
      revision: 1,
      editedBy: [editor],
      createdAt: tx.now,
      modifiedAt: tx.now,
    };
    await withProblems(() => tx.em.insert(Product, product));
    await tx.emit(productDrafted({ productId: product.id, providerUnitId: product.providerUnitId, revision: 1 }));
    return { productId: product.id, revision: 1, state: 'DRAFT' };
  }

  /** Changes metadata. What is decided on changes in draft and review only; texts and contacts at any time. */
  async describe(
    tx: Tx,
    actor: Actor,
    productId: string,
    revision: number,
    input: ProductPatch,
  ): Promise<DescribedProduct> {
    const { card: cardPatch, ...patch } = parse(patchSchema, input);
    const product = await this.locked(tx, productId, revision);
    const editor = await this.editor(tx, actor, product.providerUnitId, product);
    const decisive = [...Object.keys(patch), ...Object.keys(cardPatch ?? {})].filter((key) => DECISIVE.includes(key));
    if (decisive.length > 0 && !inWork(product))
      throw problems.product_fixed({ detail: `Betrifft: ${decisive.join(', ')}.` });
    const unknown = [
      ...(await this.unknownWords(tx, patch)),
      ...(await this.foreignDuties(tx, product.providerUnitId, cardPatch?.collectedForDuties ?? [])),
    ];
    if (unknown.length > 0) throw invalid(unknown);
    if (patch.aggregateProductId) await this.reads.product(tx, patch.aggregateProductId);
    const card = { ...product.card, ...cardPatch } as Record<string, unknown>;
    for (const [key, value] of Object.entries(card)) if (value === null) delete card[key];
    const changed = await this.change(tx, product, {
      ...patch,
      card,
      editedBy: withEditor(product, editor),
    });
    const names = [...Object.keys(patch), ...Object.keys(cardPatch ?? {}).map((key) => `card.${key}`)];
    await tx.emit(productDescribed({ ...facts(changed), changed: names.sort() }));
    return { ...answer(changed), notices: await this.reads.notCarriedOut(tx, changed) };
  }

  /** Confirms or corrects the suggested classes and describes the fields of a version that is not released yet. */
  async setFields(
    tx: Tx,
    actor: Actor,
    productId: string,
    versionId: string,
    revision: number,
    input: FieldInput[],
  ): Promise<DescribedProduct> {
    const fields = parse(fieldsSchema, input);
    const version = await this.version(tx, productId, versionId);
    const product = await this.locked(tx, productId, revision);
    const editor = await this.editor(tx, actor, product.providerUnitId, product);
    if (version.frozenAt) throw problems.version_frozen();
    const held = await tx.em.findBy(FieldRow, { versionId });
    const faults = fields.flatMap((field, at) => fieldFaults(field, held, at));
    const below = faults.filter(({ code }) => code === 'class_below_scan');
    if (faults.length > below.length) throw invalid(faults);
    if (below.length > 0) throw problems.field_class_below_scan({ errors: below });
    for (const said of fields) await tx.em.update(FieldRow, { versionId, name: said.name }, keptOf(said));
    const changed = await this.change(tx, product, { editedBy: withEditor(product, editor) });
    // of a released product nobody submits the new fields: their class is looked at here
    if (!inWork(product)) await this.lowerings.ask(tx, product, versionId);
    const belowScan = fields.filter(({ reason }) => reason).length;
    await tx.emit(
      fieldsDescribed({ ...facts(changed), versionId, number: version.number, fields: fields.length, belowScan }),
    );
    return { ...answer(changed), notices: await this.reads.notCarriedOut(tx, changed) };
  }

  /** Hands the draft to the owner. The formal check is the completeness of what others will see. */
  async submit(tx: Tx, actor: Actor, productId: string, revision: number): Promise<Changed> {
    const product = await this.locked(tx, productId, revision, 'submit');
    await this.editor(tx, actor, product.providerUnitId, product);
    await this.demand(tx, product, 'VISIBLE');
    await this.lowerings.ask(tx, product);
    return this.step(tx, product, 'submit', {}, productSubmitted);
  }

  /** By the owner, or by the governance office after its own look. */
  async sendBack(tx: Tx, actor: Actor, productId: string, revision: number): Promise<Changed> {
    const product = await this.locked(tx, productId, revision, 'sendBack');
    const office = await this.organisation.entitledAs(tx, actor, 'GS_DG', null, { overdue: false });
    if (!office) await this.owner(tx, actor, product, 'anybody');
    return this.step(tx, product, 'sendBack', {}, productSentBack);
  }

  /** Makes the metadata visible to those in its scope, and freezes the fields of the current version. */
  async release(tx: Tx, actor: Actor, productId: string, revision: number, reasons?: string): Promise<Changed> {
    const product = await this.locked(tx, productId, revision, 'release');
    const releasedBy = await this.owner(tx, actor, product);
    await this.demand(tx, product, 'VISIBLE');
    await this.lowerings.mustBeHeard(tx, product, product.currentVersionId, reasons);
    await this.freeze(tx, product.currentVersionId);
    const { openness, personalRef, secrecy, currentVersionId: versionId } = product;
    return this.step(tx, product, 'release', { releasedBy }, (known) =>
      productReleased({
        ...known,
        versionId,
        openness: openness ?? '',
        personalRef: personalRef ?? '',
        secrecy: secrecy ?? [],
      }),
    );
  }

  /** Lets others ask for the data. */
  async offer(tx: Tx, actor: Actor, productId: string, revision: number): Promise<Changed> {
    const product = await this.locked(tx, productId, revision, 'offer');
    await this.owner(tx, actor, product);
    await this.demand(tx, product, 'REQUESTABLE');
    return this.step(tx, product, 'offer', {}, (known) =>
      productOffered({ ...known, versionId: product.currentVersionId ?? '' }),
    );
  }

  /** Back to draft, to change what is decided on. Until the next release nothing is decided on it and nothing delivered. */
  async revise(tx: Tx, actor: Actor, productId: string, revision: number): Promise<Changed> {
    const product = await this.locked(tx, productId, revision, 'revise');
    if (!(await this.releases.isOwner(tx, actor, product)))
      await this.editor(tx, actor, product.providerUnitId, product);
    return this.step(tx, product, 'revise', {}, productRevised);
  }

  async withdraw(tx: Tx, actor: Actor, productId: string, revision: number): Promise<Changed> {
    const product = await this.locked(tx, productId, revision, 'withdraw');
    await this.owner(tx, actor, product, 'anybody');
    return this.step(tx, product, 'withdraw', {}, productWithdrawn);
  }

  /** Makes a version with other fields than before the current one of a released product. */
  async releaseVersion(
    tx: Tx,
    actor: Actor,
    productId: string,
    versionId: string,
    revision: number,
    reasons?: string,
  ): Promise<Changed> {
    const version = await this.version(tx, productId, versionId);
    const product = await this.locked(tx, productId, revision);
    await this.owner(tx, actor, product);
    if (inWork(product) || version.frozenAt) throw problems.product_state();
    await this.demand(
      tx,
      { ...product, currentVersionId: versionId },
      product.state === 'REQUESTABLE' ? 'REQUESTABLE' : 'VISIBLE',
    );
    await this.lowerings.mustBeHeard(tx, product, versionId, reasons);
    await this.freeze(tx, versionId);
    const changed = await this.change(tx, product, { currentVersionId: versionId });
    await tx.emit(versionReleased({ ...facts(changed), versionId, number: version.number }));
    return answer(changed);
  }

  /** Locks the product; the second of two changes at once finds the revision of the first. */
  async locked(tx: Tx, productId: string, revision: number | null, step?: ProductStep): Promise<Product> {
    // a lock needs the right to write: whoever only discovers the product is told that it is not theirs
    const seen = await this.reads.product(tx, productId);
    const product = await tx.em.findOne(Product, { where: { id: productId }, lock: { mode: 'pessimistic_write' } });
    if (!product)
      throw problems.product_not_yours({ detail: `${quoted(seen.title)} stellt eine andere Stelle bereit.` });
    if (revision !== null && product.revision !== revision) throw problems.product_changed();
    if (step && !productStates.after(product.state, step)) throw problems.product_state();
    return product;
  }

  /** The person who answers for an edit: the steward, or the one responsible for a programme of the unit. */
  async editor(tx: Tx, actor: Actor, unitId: string, product?: Product): Promise<string> {
    if (!permits(actor, 'product.edit')) throw problems.product_not_yours();
    if (actor.personId !== null) {
      if (
        !(await this.organisation.entitledAs(tx, actor, 'STEWARD', unitId, {
          overdue: false,
          ...(product && { about: subjectOf(product) }),
        }))
      )
        throw problems.product_not_yours();
      return actor.personId;
    }
    const client = await tx.em.findOneBy(MachineClient, { clientId: actor.clientId ?? '', unitId });
    if (!client || client.disabledAt) throw problems.product_not_yours();
    return client.responsiblePersonId;
  }

  /** Words the law book does not know: the rules would refuse whatever is asked of the product, and nobody would know why. */
  /** An office collects for its own duties. */
  private async foreignDuties(tx: Tx, providerUnitId: string, codes: readonly string[]): Promise<InputFault[]> {
    if (codes.length === 0) return [];
    const own = await this.duties.codesOf(tx, providerUnitId);
    return codes.flatMap((code, i) =>
      own.has(code)
        ? []
        : [
            {
              pointer: `/card/collectedForDuties/${i}`,
              code: 'not_in_list',
              detail: `${quoted(code)} ist keine Pflichtaufgabe dieser Stelle. Möglich sind: ${[...own].join(', ') || 'keine'}.`,
            },
          ],
    );
  }

  private async unknownWords(
    tx: Tx,
    { themes = [], allowedPurposes = [] }: Pick<Product, 'themes' | 'allowedPurposes'> | ProductPatch,
  ): Promise<InputFault[]> {
    if (themes.length + allowedPurposes.length === 0) return [];
    const { ruleset } = await this.rulebook.inForce(tx);
    const among = (at: string, words: readonly string[], known: readonly { code: string }[]): InputFault[] =>
      words.flatMap((word, i) =>
        known.some(({ code }) => code === word)
          ? []
          : [
              {
                pointer: `/${at}/${i}`,
                code: 'not_in_list',
                detail: `${quoted(word)} gibt es nicht. Möglich sind: ${known.map(({ code }) => code).join(', ')}.`,
              },
            ],
      );
    return [
      ...among('themes', themes, ruleset.vocabulary.themes),
      ...among('allowedPurposes', allowedPurposes, ruleset.purposes),
    ];
  }

  private async owner(
    tx: Tx,
    actor: Actor,
    product: Product,
    who: 'not an editor' | 'anybody' = 'not an editor',
  ): Promise<string> {
    if (!(await this.releases.isOwner(tx, actor, product)) || actor.personId === null)
      throw problems.release_not_yours();
    if (who === 'not an editor' && product.editedBy.includes(actor.personId))
      throw problems.release_needs_second_person();
    return actor.personId;
  }

  private async demand(tx: Tx, product: Product, rung: Rung): Promise<void> {
    const missing = completeness(await this.reads.described(tx, product), rung);
    const late = [...reviewFault(product, tx.now), ...contradictions(product)];
    if (missing.length + late.length === 0) return;
    throw problems.product_incomplete({
      because: missing.map(({ detail }) => detail),
      errors: [...missing.map(({ pointer, detail }) => ({ pointer, code: 'missing', detail })), ...late],
    });
  }

  private async freeze(tx: Tx, versionId: string | null): Promise<void> {
    if (versionId)
      await tx.em
        .createQueryBuilder()
        .update(VersionRow)
        .set({ frozenAt: tx.now })
        .where({ id: versionId })
        .andWhere('frozen_at IS NULL')
        .execute();
  }

  /** A version of another product is not found here. */
  private async version(tx: Tx, productId: string, versionId: string): Promise<VersionRow> {
    const version = await tx.em.findOneBy(VersionRow, { id: versionId, productId });
    if (!version) throw problems.version_not_found();
    return version;
  }

  private async step(
    tx: Tx,
    product: Product,
    step: ProductStep,
    more: Partial<Product>,
    event: (known: ReturnType<typeof facts>) => DomainEvent,
  ): Promise<Changed> {
    const state = productStates.after(product.state, step);
    if (!state) throw problems.product_state();
    await withProblems(() =>
      move(tx, movement, product, state, ({ revision }) => event({ ...facts(product), revision }), more),
    );
    return answer(product);
  }

  async change(tx: Tx, product: Product, values: Partial<Product>): Promise<Product> {
    const changes = { ...values, revision: product.revision + 1, modifiedAt: tx.now };
    await withProblems(() => tx.em.update(Product, { id: product.id }, changes));
    return { ...product, ...changes };
  }
}

const movement: Movement<Product> = {
  entity: Product,
  states: productStates,
  refused: () => problems.product_state(),
  changed: problems.product_changed,
  changedAt: 'modifiedAt',
};

export const inWork = ({ state }: Product): boolean => state === 'DRAFT' || state === 'IN_REVIEW';

export const facts = ({ id, providerUnitId, revision }: Product) => ({ productId: id, providerUnitId, revision });

const answer = ({ id, revision, state }: Product): Changed => ({ productId: id, revision, state });

export const withEditor = ({ editedBy }: Product, editor: string): string[] => [...new Set([...editedBy, editor])];

const invalid = (errors: InputFault[]) => kernelProblems.validation_failed({ errors });

/** Statements that exclude each other: the law book refuses whatever is asked of such a product. */
function contradictions(product: Product): InputFault[] {
  const { openness, accessRights, sealedStatistics, secrecy, securityRelevant } = product;
  const fault = (pointer: string, detail: string): InputFault => ({ pointer, code: 'contradicts', detail });
  return [
    ...(contradictsOpen({ ...product, secrecy: secrecy ?? [] })
      ? [fault('/openness', 'Offenheit: Daten über Personen und Daten unter einem Geheimnis sind nicht offen.')]
      : []),
    ...(openness === 'OPEN' && accessRights === 'NON_PUBLIC'
      ? [fault('/accessRights', 'Zugänglichkeit: Offene Daten sind nicht zugleich nicht öffentlich.')]
      : []),
    ...(openness === 'OPEN' && securityRelevant
      ? [fault('/securityRelevant', 'Sicherheitsrelevanz: Was die Sicherheit berührt, kann nicht offen sein.')]
      : []),
    ...(sealedStatistics && !secrecy?.includes('STATISTIK')
      ? [fault('/secrecy', 'Besondere Geheimnisse: Daten aus der Statistikstelle tragen das Statistikgeheimnis.')]
      : []),
  ];
}

/** A classification holds for at most 24 months (governance §3.4). */
function reviewFault({ reviewBy }: Product, now: Date): InputFault[] {
  if (reviewBy === null) return [];
  const latest = new Date(now);
  latest.setUTCMonth(latest.getUTCMonth() + 24);
  const fits = reviewBy >= dayOf(now) && reviewBy <= dayOf(latest);
  return fits
    ? []
    : [
        {
          pointer: '/reviewBy',
          code: 'out_of_range',
          detail: 'Einstufung prüfen bis: Bitte einen Tag in den nächsten 24 Monaten wählen.',
        },
      ];
}
