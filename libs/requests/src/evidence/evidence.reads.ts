import { CatalogueReads } from '#lib/catalogue';
import { dayOf, isId, type Tx } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import type { Ruleset } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { requestProblems } from '../requests.problems';
import { Evidence } from './evidence.entity';
import { EVIDENCE_STATE_NAME, type EvidenceView } from './evidence.view';

const ATTACHED = 'SELECT FROM requests.request_evidence a WHERE a.evidence_id = e.id';

/** Documents, as far as the reader may know of them; row-level security decides. What they prove the law book says. */
@Injectable()
export class EvidenceReads {
  constructor(
    private readonly rulebook: Rulebook,
    private readonly catalogue: CatalogueReads,
  ) {}

  /** Throws `evidence_not_found`, also for a document the reader has no side in. */
  async find(tx: Tx, id: string): Promise<Evidence> {
    const evidence = isId(id) ? await tx.em.findOneBy(Evidence, { id }) : null;
    if (!evidence) throw requestProblems.evidence_not_found();
    return evidence;
  }

  /** Documents of the own units that can be attached, newest first. */
  async list(tx: Tx, { units }: Actor): Promise<EvidenceView[]> {
    const rows = await tx.em
      .createQueryBuilder(Evidence, 'e')
      .where('e.unitId = ANY(:units) AND e.lapsedAt IS NULL AND e.productId IS NULL', { units })
      .orderBy('e.uploadedAt', 'DESC')
      .take(200)
      .getMany();
    return this.views(tx, rows);
  }

  /** What the provider shows for every request of a product. Throws `product_not_found`. */
  async ofProduct(tx: Tx, productId: string): Promise<EvidenceView[]> {
    await this.catalogue.product(tx, productId);
    return this.views(
      tx,
      await tx.em
        .createQueryBuilder(Evidence, 'e')
        .where('e.productId = :productId AND e.lapsedAt IS NULL', { productId })
        .orderBy('e.uploadedAt', 'DESC')
        .take(200)
        .getMany(),
    );
  }

  /** What was attached to a request, and what its product shows. */
  async ofRequest(tx: Tx, request: { id: string; productId: string }): Promise<Evidence[]> {
    return tx.em
      .createQueryBuilder(Evidence, 'e')
      .where(
        `EXISTS (${ATTACHED} AND a.request_id = :id) OR (e.productId = :productId AND e.lapsedAt IS NULL)`,
        request,
      )
      .orderBy('e.uploadedAt')
      .addOrderBy('e.id')
      .getMany();
  }

  /** What a request shows as its form is now, and what its product shows, as people read it. */
  async ofForm(
    tx: Tx,
    request: { id: string; productId: string; form: { evidenceFiles?: readonly string[] | undefined } },
  ): Promise<EvidenceView[]> {
    const ids = request.form.evidenceFiles ?? [];
    const rows = await this.ofRequest(tx, request);
    return this.views(
      tx,
      rows.filter(({ id, productId }) => productId !== null || ids.includes(id)),
    );
  }

  /**
   * Documents that a form can rest on, whatever their dates: those it names that belong to the unit or are attached to the
   * request already, and those of the product. What is not there is not given.
   */
  async shown(
    tx: Tx,
    {
      ids,
      unitId,
      productId,
      requestId,
    }: { ids: readonly string[]; unitId: string; productId: string; requestId?: string | undefined },
  ): Promise<Evidence[]> {
    return tx.em
      .createQueryBuilder(Evidence, 'e')
      .where(
        `(e.id = ANY(:ids) AND e.productId IS NULL AND e.lapsedAt IS NULL AND (e.unitId = :unitId OR EXISTS (${ATTACHED} AND a.request_id = :requestId)))
         OR (e.productId = :productId AND e.lapsedAt IS NULL)`,
        { ids: ids.filter(isId), unitId, productId, requestId: requestId ?? null },
      )
      .orderBy('e.uploadedAt')
      .addOrderBy('e.id')
      .getMany();
  }

  /** Keeps that this person opened a document for a task. */
  async hadInHand(tx: Tx, evidenceId: string, personId: string | null): Promise<void> {
    if (personId === null) return;
    await tx.sql(
      'INSERT INTO requests.evidence_opening (evidence_id, person_id, opened_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING',
      [evidenceId, personId],
    );
  }

  /** Those of the documents that this person has opened for a task. */
  async openedBy(tx: Tx, personId: string, evidenceIds: readonly string[]): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      'SELECT evidence_id AS id FROM requests.evidence_opening WHERE person_id = $1 AND evidence_id = ANY($2)',
      [personId, evidenceIds],
    );
    return rows.map(({ id }) => id);
  }

  async views(tx: Tx, rows: readonly Evidence[]): Promise<EvidenceView[]> {
    const { ruleset } = await this.rulebook.inForce(tx);
    return rows.map((row) => viewOf(row, ruleset, dayOf(tx.now)));
  }
}

/** Kinds that documents prove on a day: those that hold, of kinds the law in force knows and lets a desk look at. */
export const provenOn = (rows: readonly Evidence[], ruleset: Ruleset, day: string): string[] =>
  [...new Set(rows.filter((row) => holdsOn(row, day)).map(({ kind }) => kind))]
    .filter((kind) => ruleset.evidenceKind(kind)?.desk !== undefined)
    .sort();

/** Whether a document holds on a day. */
export const holdsOn = ({ validFrom, validUntil }: Pick<Evidence, 'validFrom' | 'validUntil'>, day: string): boolean =>
  (validFrom ?? day) <= day && (validUntil ?? day) >= day;

function viewOf(row: Evidence, ruleset: Ruleset, today: string): EvidenceView {
  const { id, unitId, productId, kind, title, reference, issuer, validFrom, validUntil } = row;
  const { fileName, mediaType, bytes, sha256, scannedBy, uploadedAt, lapsedAt } = row;
  const state = lapsedAt
    ? 'LAPSED'
    : holdsOn(row, today)
      ? 'HOLDS'
      : (validFrom ?? today) > today
        ? 'NOT_YET'
        : 'EXPIRED';
  return {
    ...{ id, unitId, productId, kind, title, reference, issuer, validFrom, validUntil, state },
    ...{ fileName, mediaType, bytes, sha256 },
    kindName: ruleset.label('evidence', kind),
    stateName: EVIDENCE_STATE_NAME[state],
    scanned: scannedBy !== null,
    uploadedAt: uploadedAt.toISOString(),
  };
}
