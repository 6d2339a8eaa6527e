import { CatalogueReads } from '#lib/catalogue';
import { kernelProblems, newId, type Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import type { AccessRequest, DoneStep } from '../request/access-request.entity';
import { fitted, narrowed, mustNarrow, narrowsNothing } from '../form/narrowing';
import { decisionFacts, missingSteps, RequestDecisions } from '../decision/request-decisions.service';
import { askedOf, checkRows } from '../form/form-check';
import { checkCoarser } from '../form/generalisation';
import type { Conditions, RequestForm } from '../form/request-form';
import { requestApproved, requestAsked, requestDecided, requestExpired, requestRefused } from '../requests.events';
import { requestProblems } from '../requests.problems';
import { refusalOf } from '../request/decide-request.service';
import { RequestRepository } from '../request/requests.repository';
import { isReleased, nullIfHidden } from './case-review.service';

export interface ReviewResult {
  /** REVIEW_GOES_ON: the rules changed meanwhile and ask for steps nobody did; `request.decided.v1` tells which */
  result: 'APPROVED' | 'REFUSED' | 'REVIEW_GOES_ON';
  decisionId: string;
  revision: number;
}

const NOTHING_LEFT = 'Was zuletzt beantragt ist und was die Auflagen erlauben, hat kein Feld gemeinsam.';

/**
 * What the approval does to a request. Every function runs in the transaction of the approver's act, on the locked
 * row, so that of two acts at once one wins and the other finds the request moved.
 */
@Injectable()
export class RequestReview {
  constructor(
    private readonly requests: RequestRepository,
    private readonly decisions: RequestDecisions,
    private readonly catalogue: CatalogueReads,
  ) {}

  /** Holds the request until the transaction ends. Throws `request_not_found`. */
  lock(tx: Tx, requestId: string): Promise<AccessRequest> {
    return this.requests.lock(tx, requestId);
  }

  /** Throws `request_changed` (412), `request_state` or `request_expired` (409) unless a decision may fall now. */
  mustBeInReview(tx: Tx, request: AccessRequest, revision: number): void {
    if (request.state !== 'IN_REVIEW') {
      throw requestProblems.request_state(
        request.state === 'QUESTION'
          ? { detail: 'Eine Rückfrage ist offen. Bitte warten Sie auf die Antwort der anfragenden Stelle.' }
          : {},
      );
    }
    if (request.validUntil <= tx.now) throw requestProblems.request_expired();
    if (request.revision !== revision) throw requestProblems.request_changed();
  }

  /** Throws `product_in_revision` while the product is not released: then nothing goes to the next desk. */
  async mustBeReleased(tx: Tx, { productId }: Pick<AccessRequest, 'productId'>): Promise<void> {
    const product = await this.catalogue.product(tx, productId).catch(nullIfHidden);
    if (product && !isReleased(product.state)) throw requestProblems.product_in_revision();
  }

  /** Conditions may only narrow what is left of the form, and their filter must fit the fields. */
  async mustFit(tx: Tx, request: AccessRequest, left: RequestForm, conditions: Conditions): Promise<void> {
    mustNarrow(left, conditions);
    const granted = narrowed(left, conditions);
    const fields = await this.catalogue.fieldsNow(tx, request.productVersionId);
    const faults = [
      // also what was chosen by before: a field that is now coarser or left out is told by it
      ...checkRows(granted.rows, fields, askedOf(granted)),
      ...checkCoarser(conditions.coarser, left.fields, fields),
    ];
    if (conditions.until && (await this.requests.period(tx, left.from, conditions.until, 12)).past) {
      faults.push({ pointer: '/until', code: 'period_past', detail: 'Das Ende liegt in der Vergangenheit.' });
    }
    if (faults.length > 0) {
      throw kernelProblems.validation_failed({
        errors: faults.map((one) => ({ ...one, pointer: `/conditions${one.pointer}` })),
      });
    }
  }

  /**
   * All steps are done. Decides once more, on the narrowed form and the rules of now: a rule that came in between
   * (a forbid, a further step) wins over the approval.
   */
  async markApproved(tx: Tx, requestId: string, given: Conditions, doneSteps: DoneStep[]): Promise<ReviewResult> {
    const request = await this.requests.lock(tx, requestId);
    // the asking office may have come to ask for less since a condition was given
    const conditions = fitted(request.form, given);
    const { until, fields } = narrowed(request.form, conditions);
    if (fields.length === 0) {
      const refusal = { by: 'RULES' as const, reasonCode: 'NOTHING_LEFT', text: NOTHING_LEFT };
      await this.requests.move(
        tx,
        request,
        'REFUSED',
        (move) => requestRefused({ ...move, reasonCode: 'NOTHING_LEFT', decisionId: null }),
        { refusal },
      );
      return { result: 'REFUSED', decisionId: request.decisionId!, revision: request.revision };
    }
    const { validUntil } = await this.requests.period(tx, request.form.from, until, 12);
    if (validUntil <= tx.now) throw requestProblems.request_expired();
    request.conditions = conditions;
    const stored = await this.decisions.decide(tx, request, 'REQUEST', 'APPROVAL');
    const facts = decisionFacts(stored);
    if (stored.outcome === 'FORBID') {
      const changes = { conditions: null, decisionId: stored.id, refusal: refusalOf(stored) };
      await this.requests.move(
        tx,
        request,
        'REFUSED',
        (move) => requestRefused({ ...move, reasonCode: 'RULES', decisionId: stored.id }),
        changes,
      );
      return { result: 'REFUSED', decisionId: stored.id, revision: request.revision };
    }
    if (missingSteps(stored, doneSteps).length > 0) {
      const changes = { conditions: null, decisionId: stored.id };
      await this.requests.move(
        tx,
        request,
        'IN_REVIEW',
        (move) => requestDecided({ ...move, ...facts, cause: 'APPROVAL' }),
        changes,
      );
      return { result: 'REVIEW_GOES_ON', decisionId: stored.id, revision: request.revision };
    }
    const narrower = !narrowsNothing(conditions);
    const changes = { conditions, doneSteps, decisionId: stored.id, validUntil };
    await this.requests.move(
      tx,
      request,
      'APPROVED',
      (move) => requestApproved({ ...move, ...facts, narrowed: narrower }),
      changes,
    );
    return { result: 'APPROVED', decisionId: stored.id, revision: request.revision };
  }

  /** A decider refuses. The request stays on record with reason and text. */
  async markRefused(tx: Tx, requestId: string, reason: { reasonCode: string; text: string }): Promise<void> {
    const request = await this.requests.lock(tx, requestId);
    const refusal = { by: 'PERSON' as const, ...reason };
    const event = (move: Parameters<Parameters<RequestRepository['move']>[3]>[0]) =>
      requestRefused({ ...move, reasonCode: reason.reasonCode, decisionId: null });
    await this.requests.move(tx, request, 'REFUSED', event, { refusal }, { text: reason.text });
  }

  /** A decider asks. Nobody decides until the asking office has answered. */
  async askBack(
    tx: Tx,
    requestId: string,
    personId: string,
    text: string,
  ): Promise<{ questionId: string; revision: number }> {
    const request = await this.requests.lock(tx, requestId);
    const questionId = newId();
    await this.requests.move(tx, request, 'QUESTION', (move) => requestAsked({ ...move, questionId }), {}, { text });
    const { consumerUnitId, providerUnitId } = request;
    const message = {
      id: questionId,
      requestId,
      kind: 'QUESTION' as const,
      answers: null,
      text,
      changed: [],
      personId,
    };
    await this.requests.addMessage(tx, { ...message, consumerUnitId, providerUnitId, createdAt: tx.now });
    return { questionId, revision: request.revision };
  }

  /** Closes requests whose period passed while they waited. Tidies up only: an approval checks the time itself. */
  async expireOverdue(tx: Tx): Promise<number> {
    const due = await tx.sql<{ id: string }>(
      `SELECT id FROM requests.access_request WHERE state IN ('IN_REVIEW','QUESTION') AND valid_until <= now()
        ORDER BY valid_until LIMIT 100 FOR UPDATE SKIP LOCKED`,
    );
    for (const { id } of due) {
      const request = await this.requests.find(tx, id);
      await this.requests.move(tx, request, 'EXPIRED', (move) => requestExpired(move));
    }
    return due.length;
  }
}
