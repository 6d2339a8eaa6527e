import { type DomainEvent, isId, move, type Move, type Movement, type Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { hash } from 'node:crypto';
import { Agreement } from './agreement.entity';
import { agreementStates, type StoredState } from './agreement.states';
import { agreementProblems } from '../agreements.problems';
import type { Scope } from '#lib/requests';

/** What a move may change besides the state. */
export type AgreementChanges = Partial<
  Pick<
    Agreement,
    | 'activationDecisionId'
    | 'confirmedByPersonId'
    | 'confirmedAt'
    | 'controllerConfirmedBy'
    | 'controllerConfirmedAt'
    | 'endedByPersonId'
    | 'endedAt'
    | 'endReason'
    | 'suspendedBecause'
    | 'suspendedAt'
  >
>;
const movement: Movement<Agreement> = {
  entity: Agreement,
  states: agreementStates,
  refused: () => agreementProblems.agreement_state(),
  changed: agreementProblems.agreement_changed,
  changedAt: 'changedAt',
};
export type AgreementMove = Move<Agreement> & { agreementId: string; requestId: string };

export const sha256 = (text: string): string => hash('sha256', text);

/** Who stands on both sides now. */
export interface PartiesNow {
  consumerUnitId: string;
  providerUnitId: string;
  /** whose purpose it is, when the receiving unit works on instructions */
  controllerUnitId: string | null;
  /** both exist */
  live: boolean;
}

@Injectable()
export class AgreementRepository {
  /** Throws `agreement_unknown`, also for an agreement the reader has no side in. */
  async find(tx: Tx, id: string): Promise<Agreement> {
    const agreement = isId(id) ? await tx.em.findOneBy(Agreement, { id }) : null;
    if (!agreement) throw agreementProblems.agreement_unknown();
    return agreement;
  }

  /** The same, held until the transaction ends: of confirm, revoke and suspend at once one goes first. */
  async lock(tx: Tx, id: string): Promise<Agreement> {
    if (isId(id)) await tx.sql('SELECT FROM agreements.agreement WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /** Who stands on both sides now; the units it was made with stay in its row and text. */
  async partiesNow(
    tx: Tx,
    {
      requestId,
      productId,
      consumerUnitId,
      providerUnitId,
      controllerUnitId,
    }: Pick<Agreement, 'requestId' | 'productId' | 'consumerUnitId' | 'providerUnitId' | 'controllerUnitId'>,
  ): Promise<PartiesNow> {
    const [parties] = await tx.sql<PartiesNow>(
      `SELECT c.id AS "consumerUnitId", p.id AS "providerUnitId", organisation.successor_of($5, $2) AS "controllerUnitId",
              organisation.unit_exists_now(c.id) AND organisation.unit_exists_now(p.id) AS live
         FROM organisation.successor_of($1, $2) AS c (id), organisation.successor_of($3, $4) AS p (id)`,
      [consumerUnitId, requestId, providerUnitId, productId, controllerUnitId ?? null],
    );
    return parties!;
  }

  /** Ids of running agreements in a scope, in the order in which everybody locks them. */
  async running(tx: Tx, { where, params }: Scope): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `SELECT a.id FROM agreements.agreement a
        WHERE a.state IN ('ACTIVE','SUSPENDED') AND a.valid_until > now() AND (${where}) ORDER BY a.id`,
      params,
    );
    return rows.map(({ id }) => id);
  }

  /** Others under which the same receiver, whoever stands in its place now, still gets the same product. */
  async parallel(tx: Tx, { id, productId, consumerUnitId, requestId }: Agreement): Promise<Agreement[]> {
    const rows = await tx.sql<{ id: string }>(
      `SELECT a.id FROM agreements.agreement a
        WHERE a.product_id = $1 AND a.id <> $2 AND a.state IN ('OFFERED','ACTIVE','SUSPENDED') AND a.valid_until > now()
          AND organisation.successor_of(a.consumer_unit_id, a.request_id) = organisation.successor_of($3, $4) ORDER BY a.id`,
      [productId, id, consumerUnitId, requestId],
    );
    const found: Agreement[] = [];
    for (const row of rows) found.push(await this.find(tx, row.id));
    return found;
  }

  ofRequest(tx: Tx, requestId: string): Promise<Agreement | null> {
    return tx.em.findOneBy(Agreement, { requestId });
  }

  async insert(tx: Tx, agreement: Agreement): Promise<void> {
    await tx.em.insert(Agreement, agreement);
  }

  /** The one way an agreement's state changes, see `move`. Throws `agreement_state`, `agreement_changed`. */
  async move(
    tx: Tx,
    agreement: Agreement,
    to: StoredState,
    event: (move: AgreementMove) => DomainEvent,
    changes: AgreementChanges = {},
    clear: Record<string, string> = {},
  ): Promise<void> {
    const { id: agreementId, requestId, state: from } = agreement;
    // reasons to rest go with the rest, whatever ends it
    if (from === 'SUSPENDED' && to !== 'SUSPENDED') changes = { ...changes, suspendedBecause: null, suspendedAt: null };
    const known = { agreementId, requestId };
    await move<Agreement>(tx, movement, agreement, to, (moved) => event({ ...known, ...moved }), changes, clear);
  }
}
