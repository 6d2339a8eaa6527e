import { CatalogueReads } from '#lib/catalogue';
import { Logger, Problem, type StoredEvent, systemActing, type Tx, type UnitOfWork } from '#lib/kernel';
import type { Decision } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import { decisionFacts, RequestDecisions } from '../decision/request-decisions.service';
import type { RequestCause, StoredDecision } from '../decision/stored-decision.entity';
import { sameText } from '../form/form-check';
import type { AccessRequest } from '../request/access-request.entity';
import { DecideRequest } from '../request/decide-request.service';
import { RequestRepository } from '../request/requests.repository';
import { requestRedecided, requestRefused, requestReviewCalled } from '../requests.events';
import { CASE_EVENTS, type CaseRow, CLOCK } from './case-events';

/** Requests per transaction: a decider never waits long for the locks of a review. */
const BATCH = 20;
const OPEN = `r.state IN ('IN_REVIEW','QUESTION') AND r.valid_until > now()`;
const ROW: CaseRow = {
  request: 'r.id',
  product: 'r.product_id',
  provider: 'r.provider_unit_id',
  consumer: 'r.consumer_unit_id',
  sides: `ARRAY[r.provider_unit_id, r.consumer_unit_id, (r.form->>'processorUnitId')::uuid, (r.form->>'onBehalfOfUnitId')::uuid]`,
};

/**
 * Keeps open requests true while the world moves: whatever `CASE_EVENTS` names leads to a decision on the facts of now, so
 * that deciders read reasons of today. A request that could not be approved as things are stands where it is, with the
 * decision that says why; only a product that was withdrawn, or a unit that ended, ends it.
 */
@Injectable()
export class CaseReview {
  constructor(
    private readonly requests: RequestRepository,
    private readonly catalogue: CatalogueReads,
    private readonly decisions: RequestDecisions,
    private readonly rules: DecideRequest,
    private readonly logger: Logger,
  ) {}

  /** Calls for a look at every open request an event touches, a few at a time. If we die here, the event comes again. */
  async call(tx: Tx, event: StoredEvent): Promise<void> {
    const entry = CASE_EVENTS[event.type];
    if (!entry || entry.requests === null || entry.requests === 'UNITS') return;
    const scope = entry.concerns(event, ROW);
    if (!scope) return;
    const found = await tx.sql<{ id: string }>(
      `SELECT r.id FROM requests.access_request r WHERE ${OPEN} AND (${scope.where}) ORDER BY r.id`,
      scope.params,
    );
    for (let at = 0; at < found.length; at += BATCH) {
      const requestIds = found.slice(at, at + BATCH).map(({ id }) => id);
      await tx.emit(requestReviewCalled({ requestIds, cause: event.type, causeEventId: event.id }));
    }
  }

  /** One batch, each request under its lock, in one order. What was decided meanwhile is left alone. */
  async review(tx: Tx, { requestIds, cause }: { requestIds: readonly string[]; cause: string }): Promise<void> {
    for (const id of [...requestIds].sort()) {
      const request = await this.requests.lock(tx, id);
      if (!['IN_REVIEW', 'QUESTION'].includes(request.state) || request.validUntil <= tx.now) continue;
      const { state } = await this.catalogue.product(tx, request.productId);
      if (state === 'WITHDRAWN') await this.end(tx, request);
      // a product in revision says nothing yet; an open question is answered first
      else if (request.state === 'IN_REVIEW' && isReleased(state)) await this.decideAnew(tx, request, cause);
    }
  }

  /**
   * Decides a locked request in review again if the rules say something else by now. What would forbid it is put on
   * record beside the decision its tasks rest on. True when something was decided.
   */
  async decideAnew(tx: Tx, request: AccessRequest, causedBy: string): Promise<boolean> {
    // what can not be decided now, because a unit ended, is the matter of the change of units
    const now = await this.decisions.previewRequest(tx, request).catch(nullIfHidden);
    if (!now) return false;
    const last = (await this.requests.decisions(tx, request.id)).findLast(({ phase }) => phase === 'REQUEST');
    if (last && saysTheSame(last, now)) return false;
    const kind = CASE_EVENTS[causedBy]?.requests;
    // whatever tells of it first: other parties are another case
    const cause: RequestCause = !sameParties(last, now)
      ? 'UNIT_CHANGE'
      : kind === 'PRODUCT_CHANGE'
        ? 'PRODUCT_CHANGE'
        : 'CIRCUMSTANCES';
    if (now.outcome !== 'FORBID') {
      await this.rules.decide(tx, request, cause, causedBy);
      return true;
    }
    const stored = await this.decisions.decide(tx, request, 'REQUEST', cause, causedBy);
    const facts = { requestId: request.id, phase: 'REQUEST' as const, allowed: false, causedBy };
    await tx.emit(requestRedecided({ ...facts, ...decisionFacts(stored) }));
    return true;
  }

  /** What time alone changed for open requests: a contract that ran out, a review that is due. */
  async byClock(uow: UnitOfWork): Promise<void> {
    const acting = systemActing('requests.review');
    const open = await uow.read(acting, (tx) =>
      tx.sql<{ id: string }>(`SELECT r.id FROM requests.access_request r WHERE ${OPEN} ORDER BY r.id`),
    );
    for (const { id } of open)
      await uow
        .run(acting, (tx) => this.review(tx, { requestIds: [id], cause: CLOCK }))
        .catch((err: Error) => this.logger.error({ err, requestId: id }, 'a request could not be looked at again'));
  }

  private async end(tx: Tx, request: AccessRequest): Promise<void> {
    const text =
      'Die Datenverantwortung hat das Datenprodukt während der Prüfung zurückgezogen. Der Antrag ist damit beendet, ohne dass jemand in der Sache entschieden hat.';
    const refusal = { by: 'RULES' as const, reasonCode: 'PRODUCT_WITHDRAWN', text };
    await this.requests.move(
      tx,
      request,
      'REFUSED',
      (move) => requestRefused({ ...move, reasonCode: 'PRODUCT_WITHDRAWN', decisionId: null }),
      { refusal },
    );
  }
}

/** Whether others see what the product says, so that it can be decided on. */
export const isReleased = (state: string): boolean => state === 'VISIBLE' || state === 'REQUESTABLE';

type Said = Pick<
  Awaited<ReturnType<RequestDecisions['previewRequest']>>,
  'outcome' | 'rules' | 'because' | 'obligations'
> & { chain: unknown };
/** Two decisions that tell people the same, whatever else of the facts moved. */
export const saysTheSame = (a: Said, b: Said): boolean => {
  const parts = ({ outcome, rules, because, obligations, chain }: Said) =>
    sameText([outcome, rules, because, obligations, outcome === 'APPROVAL' ? chain : null]);
  return parts(a) === parts(b);
};

const sameParties = (last: Pick<StoredDecision, 'facts'> | undefined, { facts }: Pick<Decision, 'facts'>): boolean => {
  const parties = ({ consumer, product }: Decision['facts']) =>
    sameText([consumer.unit, consumer.kind, consumer.worksFor, product.providerUnit, product.provider]);
  return last !== undefined && parties(last.facts) === parties(facts);
};

/** A product its reader does not find any more can not be decided on for them; everything else is a fault. */
export function nullIfHidden(error: unknown): null {
  if (error instanceof Problem && error.status < 500) return null;
  throw error;
}
