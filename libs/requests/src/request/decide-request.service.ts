import type { Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { decisionFacts, RequestDecisions } from '../decision/request-decisions.service';
import type { RequestCause, StoredDecision } from '../decision/stored-decision.entity';
import { requestDecided } from '../requests.events';
import type { AccessRequest } from './access-request.entity';
import type { RequestState } from './request.states';
import type { Refusal } from './request.view';
import { RequestRepository } from './requests.repository';

/** Where a decision takes a request. */
const STATE_AFTER: Record<StoredDecision['outcome'], RequestState> = {
  PERMIT: 'PERMITTED',
  PERMIT_OBL: 'PERMITTED',
  APPROVAL: 'IN_REVIEW',
  FORBID: 'REFUSED',
};

/** A refusal in the words of the rules that forbid. */
export const refusalOf = ({ because }: StoredDecision): Refusal => ({
  by: 'RULES',
  reasonCode: 'RULES',
  text: because.map(({ text }) => text).join('\n'),
});

/** The rules decide a request, and it moves to what they say: one decision kept, one event. */
@Injectable()
export class DecideRequest {
  constructor(
    private readonly requests: RequestRepository,
    private readonly decisions: RequestDecisions,
  ) {}

  /** `request` is locked by this transaction and carries its new state afterwards. */
  async decide(tx: Tx, request: AccessRequest, cause: RequestCause, causedBy?: string): Promise<StoredDecision> {
    const stored = await this.decisions.decide(tx, request, 'REQUEST', cause, causedBy ?? null);
    const to = STATE_AFTER[stored.outcome];
    await this.requests.move(
      tx,
      request,
      to,
      (move) => requestDecided({ ...move, ...decisionFacts(stored), cause, ...(causedBy && { causedBy }) }),
      to === 'REFUSED' ? { decisionId: stored.id, refusal: refusalOf(stored) } : { decisionId: stored.id },
    );
    return stored;
  }
}
