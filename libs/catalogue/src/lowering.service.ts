import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { newId, parse, type Tx } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import type { PersonalRef } from '#lib/policy';
import { loweringAdvised, loweringAsked } from './catalogue.events';
import { catalogueProblems as problems } from './catalogue.problems';
import { type Lowering, loweringOf } from './lowering';
import { LoweringOpinion } from './lowering-opinion.entity';
import { Product } from './product.entity';
import { loweringOpinionInput, type LoweringOpinionInput } from './product.use-cases';
import type { LoweringLine } from './product.view';
import { FieldRow } from './product-version.entity';

/**
 * Nobody of the office alone makes data about people look like data about things: before such a release the
 * Datenschutzbeauftragte, and for the statistics the Statistikstelle, are asked and heard (governance §3.4). An opinion
 * binds nobody but the owner's reasons; the Statistikstelle alone can stop it.
 */
@Injectable()
export class Lowerings {
  constructor(private readonly organisation: OrganisationReads) {}

  /** Asks whoever has to be heard on what is proposed now. Throws `lowered_with_fields` (422). */
  async ask(tx: Tx, product: Product, versionId = product.currentVersionId): Promise<void> {
    const lowering = await this.of(tx, product, versionId);
    if (!lowering) return;
    const asked = await this.onThis(tx, product, lowering);
    for (const role of lowering.advisers) {
      if (asked.some((one) => one.role === role)) continue;
      const opinion = { id: newId(), productId: product.id, role, lines: lowering.lines, askedAt: tx.now };
      await tx.em.insert(LoweringOpinion, opinion);
      const { id: productId, providerUnitId, revision } = product;
      await tx.emit(loweringAsked({ productId, providerUnitId, revision, opinionId: opinion.id, role }));
    }
  }

  /**
   * Everybody asked was heard, and a negative opinion has its answer. Throws `lowered_with_fields` (422),
   * `opinion_missing` (409), `statistics_objects` (409), `reasons_missing` (422).
   */
  async mustBeHeard(tx: Tx, product: Product, versionId: string | null, reasons?: string): Promise<void> {
    const lowering = await this.of(tx, product, versionId);
    if (!lowering) return;
    const given = await this.onThis(tx, product, lowering);
    const silent = lowering.advisers.filter((role) => !given.some((one) => one.role === role && one.opinion !== null));
    if (silent.length > 0)
      throw problems.opinion_missing({ detail: `Es fehlt: ${silent.map((role) => ADVISER[role]).join(', ')}.` });
    const negative = given.filter(({ opinion }) => opinion === 'NEGATIVE');
    if (negative.some(({ role }) => role === 'STAT')) throw problems.statistics_objects();
    if (negative.length > 0 && !reasons) throw problems.reasons_missing();
    for (const { id } of negative) await tx.em.update(LoweringOpinion, { id }, { reasons: reasons ?? null });
  }

  /** What waits for this reader's opinion, oldest first. */
  async waiting(tx: Tx, { appointments }: Actor): Promise<LoweringLine[]> {
    const roles = [...new Set(appointments.map(({ role }) => role))].filter(
      (role) => role === 'DSB' || role === 'STAT',
    );
    return this.lines(tx, `o.role = ANY ($1) AND o.opinion IS NULL AND p.state <> 'WITHDRAWN'`, roles);
  }

  /** Every opinion asked on a product, newest first. */
  async ofProduct(tx: Tx, productId: string): Promise<LoweringLine[]> {
    return (await this.lines(tx, 'o.product_id = $1', productId)).reverse();
  }

  /** Throws `opinion_not_found` (404), `opinion_not_yours` (403), `opinion_given` (409). */
  async advise(tx: Tx, actor: Actor, productId: string, opinionId: string, input: LoweringOpinionInput) {
    const { opinion, text } = parse(loweringOpinionInput, input);
    const asked = await tx.em.findOne(LoweringOpinion, {
      where: { id: opinionId, productId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!asked) throw problems.opinion_not_found();
    if (!(await this.organisation.entitledAs(tx, actor, asked.role, null, { overdue: false })) || !actor.personId)
      throw problems.opinion_not_yours();
    const product = await tx.em.findOneByOrFail(Product, { id: productId });
    if (product.editedBy.includes(actor.personId)) throw problems.opinion_not_yours();
    if (asked.opinion !== null) throw problems.opinion_given();
    await tx.em.update(
      LoweringOpinion,
      { id: opinionId, opinion: IsNull() },
      { opinion, text, givenBy: actor.personId, givenAt: tx.now },
    );
    const { providerUnitId, revision } = product;
    const facts = { productId, providerUnitId, revision, opinionId, role: asked.role, opinion };
    await tx.emit(loweringAdvised(facts), { text });
    return { productId, opinionId, opinion };
  }

  private async of(tx: Tx, product: Product, versionId: string | null): Promise<Lowering | null> {
    const { personalRef, secrecy } = product;
    const [before] = await tx.sql<{ personalRef: PersonalRef; secrecy: NonNullable<Product['secrecy']> }>(
      `SELECT stated ->> 'personalRef' AS "personalRef", coalesce(nullif(stated -> 'secrecy', 'null'), '[]') AS secrecy
         FROM catalogue.released_classification WHERE product_id = $1 ORDER BY revision DESC LIMIT 1`,
      [product.id],
    );
    if (!before || personalRef === null) return null;
    // of every version: a field that was left out for a while is still one that told of people
    const known = await tx.sql<Pick<FieldRow, 'name' | 'class'>>(
      `SELECT DISTINCT f.name, f.class FROM catalogue.field f JOIN catalogue.product_version v ON v.id = f.version_id
        WHERE v.product_id = $1 AND v.frozen_at IS NOT NULL`,
      [product.id],
    );
    const lowering = loweringOf({
      before: { ...before, fields: known },
      after: {
        personalRef,
        secrecy: secrecy ?? [],
        fields: versionId ? await tx.em.findBy(FieldRow, { versionId }) : [],
      },
    });
    if (lowering && lowering.left.length > 0)
      throw problems.lowered_with_fields({ detail: `Betrifft: ${lowering.left.join(', ')}.` });
    return lowering;
  }

  private onThis(tx: Tx, { id: productId }: Product, { lines }: Lowering): Promise<LoweringOpinion[]> {
    return tx.em
      .createQueryBuilder(LoweringOpinion, 'o')
      .where('o.product_id = :productId AND o.lines = :lines', { productId, lines })
      .getMany();
  }

  private lines(tx: Tx, where: string, parameter: unknown): Promise<LoweringLine[]> {
    return tx.sql<LoweringLine>(
      `SELECT o.id, o.product_id AS "productId", p.title AS "productTitle", u.name AS "providerUnitName", o.role, o.lines,
              o.asked_at AS "askedAt", o.opinion, o.text, o.given_at AS "givenAt", o.reasons
         FROM catalogue.lowering_opinion o JOIN catalogue.product p ON p.id = o.product_id
         JOIN organisation.unit u ON u.id = p.provider_unit_id
        WHERE ${where} ORDER BY o.asked_at, o.id`,
      [parameter],
    );
  }
}

const ADVISER = { DSB: 'Stellungnahme Datenschutz', STAT: 'Stellungnahme der Statistikstelle' } as const;
