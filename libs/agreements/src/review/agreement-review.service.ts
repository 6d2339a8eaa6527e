import { Logger, Problem, type StoredEvent, systemActing, type Tx, type UnitOfWork } from '#lib/kernel';
import { CASE_EVENTS, type CaseRow, RequestDecisions, type Scope } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { Agreement, SuspensionReason } from '../agreement/agreement.entity';
import {
  agreementPartyEnded,
  agreementReviewCalled,
  agreementReviewed,
  agreementResumed,
  agreementSuspended,
} from '../agreements.events';
import { AgreementRepository } from '../agreement/agreements.repository';
import { AgreementLawfulness } from '../agreement/agreement-lawfulness.service';

/** Agreements per transaction: a revocation never waits long for the locks of a review. */
const BATCH = 20;
const CLOCK = 'clock';
const ROW: CaseRow = {
  request: 'a.request_id',
  product: 'a.product_id',
  provider: 'a.provider_unit_id',
  consumer: 'a.consumer_unit_id',
  sides: `ARRAY[a.provider_unit_id, a.consumer_unit_id, (a.terms->>'processorUnitId')::uuid,
    (SELECT (r.form->>'onBehalfOfUnitId')::uuid FROM requests.access_request r WHERE r.id = a.request_id)]`,
};

interface ReviewBatch {
  agreementIds: string[];
  cause: string;
  causeEventId: string | null;
}

/**
 * Decides running agreements again when something they rest on changes (K7): who is no longer lawful rests, who is
 * lawful again goes on. Every delivery decides again anyway; this tells both sides before they find a closed door.
 */
@Injectable()
export class AgreementReview {
  constructor(
    private readonly agreements: AgreementRepository,
    private readonly lawfulness: AgreementLawfulness,
    private readonly decisions: RequestDecisions,
    private readonly rulebook: Rulebook,
    private readonly logger: Logger,
  ) {}

  /**
   * Calls a review of every agreement an event concerns, a few at a time: each call is an event of its own and so has
   * its own transaction, its own retry, and any worker's hands. If we die here, the event comes again and nothing was
   * called; after the commit all calls stand.
   */
  async scheduleReviews(tx: Tx, event: StoredEvent): Promise<void> {
    const scope = CASE_EVENTS[event.type]?.concerns(event, ROW);
    if (scope) await this.scheduleFor(tx, scope, event.type, event.id);
  }

  /** One batch, each agreement under its lock, in one order everywhere. An agreement that ended meanwhile is left alone. */
  async review(tx: Tx, { agreementIds, cause, causeEventId }: ReviewBatch): Promise<void> {
    const counts = { suspended: 0, resumed: 0 };
    for (const id of [...agreementIds].sort()) {
      const moved = await this.reviewOne(tx, await this.agreements.lock(tx, id), cause);
      if (moved) counts[moved]++;
    }
    const { hash: rulesetHash } = await this.rulebook.inForce(tx);
    await tx.emit(agreementReviewed({ agreementIds, cause, causeEventId, ...counts, rulesetHash }));
  }

  /** What time alone changed: contracts that ran out, reviews that are due, seats whose term is over. */
  async byClock(uow: UnitOfWork): Promise<void> {
    const acting = systemActing('agreements.review');
    const ids = await uow.read(acting, (tx) => this.agreements.running(tx, { where: 'true', params: [] }));
    let touched = 0;
    for (const id of ids) {
      // one at a time: nothing is written or held for an agreement that stays as it is
      await uow
        .run(acting, async (tx) => {
          const agreement = await this.agreements.find(tx, id);
          const { because, lawful } = await this.lawfulness.of(tx, agreement);
          if (settled(agreement, lawful, because)) return;
          touched++;
          await this.review(tx, { agreementIds: [id], cause: CLOCK, causeEventId: null });
        })
        .catch((error: Error) =>
          this.logger.error(
            { err: error, agreementId: id },
            'an agreement could not be reviewed; the next round tries again',
          ),
        );
    }
    if (touched > 0) this.logger.info({ agreements: ids.length, touched }, 'agreements were reviewed by the clock');
  }

  private async scheduleFor(tx: Tx, scope: Scope, cause: string, causeEventId: string | null): Promise<void> {
    const ids = await this.agreements.running(tx, scope);
    for (let at = 0; at < ids.length; at += BATCH) {
      await tx.emit(agreementReviewCalled({ agreementIds: ids.slice(at, at + BATCH), cause, causeEventId }));
    }
  }

  private async reviewOne(tx: Tx, agreement: Agreement, cause: string): Promise<'suspended' | 'resumed' | null> {
    if (!['ACTIVE', 'SUSPENDED'].includes(agreement.state) || agreement.validUntil <= tx.now) return null;
    const { lawful, because } = await this.lawfulness.of(tx, agreement);
    if (settled(agreement, lawful, because)) return null;
    if (lawful) {
      // the decision that lets it go on is kept and can be replayed
      const { decisionId, allowed } = await this.decisions.redecide(tx, agreement.requestId, 'DELIVERY');
      if (!allowed) return null;
      await this.agreements.move(tx, agreement, 'ACTIVE', (move) => agreementResumed({ ...move, decisionId }));
      return 'resumed';
    }
    const decisionId = await this.storeDecision(tx, agreement);
    const codes = [...new Set(because.map(({ code }) => code))];
    await this.agreements.move(
      tx,
      agreement,
      'SUSPENDED',
      (move) => agreementSuspended({ ...move, because: codes, cause, ...(decisionId && { decisionId }) }),
      { suspendedBecause: because, suspendedAt: agreement.suspendedAt ?? tx.now },
    );
    if (codes.includes('unit_ended')) await this.tellPartyEnded(tx, agreement);
    return 'suspended';
  }

  /** One side is gone and nobody stands in its place: the other has to decide what becomes of it. */
  private async tellPartyEnded(tx: Tx, agreement: Agreement): Promise<void> {
    const { consumerUnitId, providerUnitId } = await this.agreements.partiesNow(tx, agreement);
    const [consumer] = await tx.sql<{ live: boolean }>('SELECT organisation.unit_exists_now($1) AS live', [
      consumerUnitId,
    ]);
    const [endedUnitId, actsUnitId] = consumer!.live
      ? [providerUnitId, consumerUnitId]
      : [consumerUnitId, providerUnitId];
    await tx.emit(
      agreementPartyEnded({ agreementId: agreement.id, requestId: agreement.requestId, endedUnitId, actsUnitId }),
    );
  }

  /** Keeps the decision that stops it; null when there is none, because nothing could be decided. */
  private async storeDecision(tx: Tx, { requestId }: Agreement): Promise<string | null> {
    try {
      return (await this.decisions.redecide(tx, requestId, 'DELIVERY')).decisionId;
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return null;
      throw error;
    }
  }
}

/** Nothing to do: it runs and may, or rests for just these reasons. */
function settled(
  { state, suspendedBecause }: Agreement,
  lawful: boolean,
  because: readonly SuspensionReason[],
): boolean {
  if (lawful) return state === 'ACTIVE';
  const texts = (reasons: readonly SuspensionReason[]): string =>
    reasons
      .map(({ code, text }) => `${code} ${text}`)
      .sort()
      .join('\n');
  return state === 'SUSPENDED' && texts(suspendedBecause ?? []) === texts(because);
}
