import { type DomainEvent, isId, move, type Move, type Movement, type Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { hash } from 'node:crypto';
import { AccessRequest } from './access-request.entity';
import { sameText } from '../form/form-check';
import { FormRevision } from '../form/form-revision.entity';
import { Question } from './question.entity';
import type { RequestForm } from '../form/request-form';
import { type RequestState, requestStates } from './request.states';
import { requestProblems, withProblems } from '../requests.problems';
import { StoredDecision } from '../decision/stored-decision.entity';

/** What a move may change besides the state. */
export type Changes = Partial<
  Pick<
    AccessRequest,
    | 'form'
    | 'formNumber'
    | 'purposeCode'
    | 'productVersionId'
    | 'conditions'
    | 'doneSteps'
    | 'decisionId'
    | 'refusal'
    | 'validFrom'
    | 'validUntil'
  >
>;
const movement: Movement<AccessRequest> = {
  entity: AccessRequest,
  states: requestStates,
  refused: requestProblems.request_state,
  changed: requestProblems.request_changed,
  changedAt: 'changedAt',
};

export type RequestMove = Move<AccessRequest> & { requestId: string };

/** Who stands on the sides of a request now. */
export interface PartiesNow {
  consumerUnitId: string;
  providerUnitId: string;
  /** whose purpose it is when the consumer works on instructions; else null */
  controllerUnitId: string | null;
}

export const sha256 = (text: string): string => hash('sha256', text);
/** The digest of a form; the same form gives the same, also after a round through the database. */
export const formSha256 = (form: RequestForm): string => sha256(sameText(form));

@Injectable()
export class RequestRepository {
  /** Throws `request_not_found`, also for a request the reader has no side in: row-level security hides it. */
  async find(tx: Tx, id: string): Promise<AccessRequest> {
    const request = isId(id) ? await tx.em.findOneBy(AccessRequest, { id }) : null;
    if (!request) throw requestProblems.request_not_found();
    return request;
  }

  /** The same, and holds the row until the transaction ends: all that decides on a request queues here. */
  async lock(tx: Tx, id: string): Promise<AccessRequest> {
    if (isId(id)) await tx.sql('SELECT FROM requests.access_request WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /** Who stands on both sides of a request now; the units it was made with stay in its row. */
  async partiesNow(
    tx: Tx,
    {
      id,
      productId,
      consumerUnitId,
      providerUnitId,
      controllerUnitId,
    }: Pick<AccessRequest, 'id' | 'productId' | 'consumerUnitId' | 'providerUnitId' | 'controllerUnitId'>,
  ): Promise<PartiesNow> {
    const [parties] = await tx.sql<PartiesNow>(
      `SELECT organisation.successor_of($1, $2) AS "consumerUnitId", organisation.successor_of($3, $4) AS "providerUnitId",
              organisation.successor_of($5, $2) AS "controllerUnitId"`,
      [consumerUnitId, id, providerUnitId, productId, controllerUnitId],
    );
    return parties!;
  }

  /** `2026-000123`: the year in Wiesbaden and a number that is unique over the years, with gaps. */
  async nextNumber(tx: Tx): Promise<string> {
    const [row] = await tx.sql<{ number: string }>(
      `SELECT to_char(now() AT TIME ZONE 'Europe/Berlin', 'YYYY') || '-' || lpad(nextval('requests.request_number')::text, 6, '0') AS number`,
    );
    return row!.number;
  }

  /**
   * The days of a form as instants: from the midnight its first day begins to the midnight after its last day, in
   * Wiesbaden, half-open. `latest` is the last day a period of so many months may have.
   */
  async period(
    tx: Tx,
    from: string,
    until: string,
    months: number,
  ): Promise<{ validFrom: Date; validUntil: Date; latest: string; past: boolean }> {
    const [row] = await tx.sql<{ validFrom: Date; validUntil: Date; latest: string; past: boolean }>(
      `SELECT $1::date::timestamp AT TIME ZONE 'Europe/Berlin' AS "validFrom",
              ($2::date + 1)::timestamp AT TIME ZONE 'Europe/Berlin' AS "validUntil",
              to_char(($1::date + make_interval(months => $3))::date - 1, 'YYYY-MM-DD') AS latest,
              ($2::date + 1)::timestamp AT TIME ZONE 'Europe/Berlin' <= now() AS past`,
      [from, until, months],
    );
    return row!;
  }

  async insert(tx: Tx, request: AccessRequest): Promise<void> {
    await withProblems(() => tx.em.insert(AccessRequest, request));
  }

  /**
   * Moves a locked request, see `move`: revision and event go with the state, so that the events of a request replayed
   * give its row. Throws `request_state`, `request_changed`.
   */
  async move(
    tx: Tx,
    request: AccessRequest,
    to: RequestState,
    event: (move: RequestMove) => DomainEvent,
    changes: Changes = {},
    clear: Record<string, string> = {},
  ): Promise<void> {
    await move<AccessRequest>(
      tx,
      movement,
      request,
      to,
      (moved) => event({ requestId: request.id, ...moved }),
      changes,
      clear,
    );
  }

  async addForm(tx: Tx, request: AccessRequest, personId: string, changed: string[]): Promise<void> {
    const { id, formNumber, form, consumerUnitId, providerUnitId } = request;
    await tx.em.insert(FormRevision, {
      requestId: id,
      number: formNumber,
      form,
      sha256: formSha256(form),
      changed,
      personId,
      consumerUnitId,
      providerUnitId,
      createdAt: tx.now,
    });
  }

  /** Requests of the same unit, whoever stands in its place now, for the same product and purpose that wait or run. */
  overlaps(
    tx: Tx,
    asked: { productId: string; consumerUnitId: string; purposeCode?: string | undefined },
    except: string | null = null,
  ): Promise<Pick<AccessRequest, 'id' | 'number' | 'state' | 'form'>[]> {
    return tx.sql(
      `SELECT r.id, r.number, r.state, r.form FROM requests.access_request r
        WHERE r.product_id = $1 AND r.state IN ('IN_REVIEW','QUESTION','PERMITTED','APPROVED') AND now() < r.valid_until AND r.emergency IS NULL
          AND ($3::text IS NULL OR r.purpose_code = $3) AND r.id IS DISTINCT FROM $4
          AND organisation.successor_of(r.consumer_unit_id, r.id) = organisation.successor_of($2)
        ORDER BY r.created_at DESC LIMIT 20`,
      [asked.productId, asked.consumerUnitId, asked.purposeCode ?? null, except],
    );
  }

  /** Every form the request had, the first one first. */
  forms(tx: Tx, requestId: string): Promise<FormRevision[]> {
    return tx.em.find(FormRevision, { where: { requestId }, order: { number: 'ASC' } });
  }

  /** What the form names, and is not attached yet, belongs to the request from now on. Gives those ids. */
  async attach(tx: Tx, { id, form, consumerUnitId, providerUnitId }: AccessRequest): Promise<string[]> {
    const rows = await withProblems(() =>
      tx.sql<{ id: string }>(
        `INSERT INTO requests.request_evidence (request_id, evidence_id, consumer_unit_id, provider_unit_id, attached_at)
         SELECT $1, unnest($2::uuid[]), $3, $4, now() ON CONFLICT DO NOTHING RETURNING evidence_id AS id`,
        [id, form.evidenceFiles ?? [], consumerUnitId, providerUnitId],
      ),
    );
    return rows.map((row) => row.id);
  }

  async addDecision(tx: Tx, decision: StoredDecision): Promise<void> {
    await tx.em.insert(StoredDecision, decision);
  }

  async addMessage(tx: Tx, message: Question): Promise<void> {
    await tx.em.insert(Question, message);
  }

  decision(tx: Tx, id: string): Promise<StoredDecision | null> {
    return tx.em.findOneBy(StoredDecision, { id });
  }

  decisions(tx: Tx, requestId: string): Promise<StoredDecision[]> {
    return tx.em.find(StoredDecision, { where: { requestId }, order: { decidedAt: 'ASC' } });
  }

  thread(tx: Tx, requestId: string): Promise<Question[]> {
    return tx.em.find(Question, { where: { requestId }, order: { createdAt: 'ASC' } });
  }
}
