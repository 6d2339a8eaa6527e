import { pick, type Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import type { AccessRequest, DoneStep, Emergency } from './access-request.entity';
import { narrowed } from '../form/narrowing';
import type { Conditions, RequestForm } from '../form/request-form';
import type { RequestState } from './request.states';
import { type PartiesNow, RequestRepository } from './requests.repository';
import type { StoredDecision } from '../decision/stored-decision.entity';

/** A request as later stages need it. */
export interface RequestFacts {
  id: string;
  number: string;
  state: RequestState;
  revision: number;
  consumerUnitId: string;
  providerUnitId: string;
  /** on whose instructions the asking unit works; null: it asks for itself */
  controllerUnitId: string | null;
  requesterPersonId: string;
  productId: string;
  productVersionId: string;
  /** the form under the conditions of its approval: what may be agreed on at most */
  scope: RequestForm;
  /** the form as asked */
  form: RequestForm;
  conditions: Conditions | null;
  doneSteps: DoneStep[] | null;
  /** the decision in force */
  decisionId: string | null;
  /** half-open, instants of the database */
  validFrom: Date;
  validUntil: Date;
  /** null for an ordinary request */
  emergency: Emergency | null;
}

@Injectable()
export class RequestReads {
  constructor(private readonly requests: RequestRepository) {}

  /** Throws `request_not_found`. */
  async request(tx: Tx, id: string): Promise<RequestFacts> {
    return factsOf(await this.requests.find(tx, id));
  }

  /** Who stands on both sides now, for whoever acts; the units a request was made with are its history. */
  partiesNow(
    tx: Tx,
    request: Pick<RequestFacts, 'id' | 'productId' | 'consumerUnitId' | 'providerUnitId' | 'controllerUnitId'>,
  ): Promise<PartiesNow> {
    return this.requests.partiesNow(tx, request);
  }

  /**
   * Whether a person keeps the keys of the office that gives, and what would be given was pseudonymised (SOD-7);
   * `masked`: a pseudonym is made only by what was agreed.
   */
  async holdsPseudonymKeys(
    tx: Tx,
    personId: string,
    asked: Pick<RequestFacts, 'productId' | 'productVersionId' | 'providerUnitId'> & { masked: boolean },
  ): Promise<boolean> {
    const [row] = await tx.sql<{ keeps: boolean }>(
      'SELECT ($5 OR catalogue.is_pseudonymised($1, $2)) AND requests.holds_keys($3, $4, $1) AS keeps',
      [asked.productId, asked.productVersionId, personId, asked.providerUnitId, asked.masked],
    );
    return row!.keeps;
  }

  async decision(tx: Tx, id: string): Promise<StoredDecision | null> {
    return this.requests.decision(tx, id);
  }

  /** Earlier requests for the same product and purpose, and how they ended. */
  async similar(
    tx: Tx,
    request: Pick<RequestFacts, 'id' | 'productId' | 'form'>,
  ): Promise<{ approved: number; refused: number }> {
    const [row] = await tx.sql<{ approved: number; refused: number }>(
      `SELECT count(*) FILTER (WHERE state IN ('APPROVED','PERMITTED'))::int AS approved, count(*) FILTER (WHERE state = 'REFUSED')::int AS refused
         FROM requests.access_request WHERE product_id = $1 AND purpose_code = $2 AND id <> $3`,
      [request.productId, request.form.purposeCode, request.id],
    );
    return row!;
  }
}

export const factsOf = (request: AccessRequest): RequestFacts => ({
  ...pick(request, 'id', 'number', 'state', 'revision', 'consumerUnitId', 'providerUnitId', 'requesterPersonId'),
  ...pick(request, 'controllerUnitId'),
  ...pick(request, 'productId', 'productVersionId', 'form', 'conditions', 'doneSteps', 'decisionId'),
  ...pick(request, 'validFrom', 'validUntil'),
  emergency: request.emergency ?? null,
  scope: narrowed(request.form, request.conditions),
});
