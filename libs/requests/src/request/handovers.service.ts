import { isId, newId, parse, type StoredEvent, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, organisationProblems } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { keeperMissing, requestHandedOver } from '../requests.events';
import { requestProblems, withProblems } from '../requests.problems';
import { RequestRepository } from './requests.repository';
import { type HandoverInput, handoverUseCases, type RestingRequest } from './handover.use-cases';

/** Who answers for a request on the asking side. */
export interface ResponsiblePerson {
  personId: string;
  /** false: gone from the office or shut out; then the request and its agreement rest until somebody is named */
  present: boolean;
  /** everybody who ever answered for it: none of them decides on it */
  askers: string[];
}

/** Requests still on their way, or whose data may still flow. */
const LIVE = `r.state NOT IN ('REFUSED', 'WITHDRAWN', 'EXPIRED') AND now() < r.valid_until`;

/**
 * When the person who answers for a request leaves, the request and what was agreed on it rest (N.4): nobody decides on
 * it and nothing is delivered, until the head of the asking unit names somebody. Worked out at every look, from the
 * roles of now; the event only tells both sides before they find a closed door.
 */
@Injectable()
export class Handovers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly requests: RequestRepository,
  ) {}

  async responsiblePerson(tx: Tx, requestId: string): Promise<ResponsiblePerson> {
    const [row] = await tx.sql<{ personId: string | null; present: boolean; askers: string[] | null }>(
      `SELECT requests.responsible_person($1) AS "personId", requests.responsible_person_present($1) AS present, requests.askers($1) AS askers`,
      [requestId],
    );
    if (!row?.personId) throw requestProblems.request_not_found();
    return { personId: row.personId, present: row.present, askers: row.askers ?? [] };
  }

  /** Whether somebody stands on the side that asks: answered for the request once, or holds a role in the asking office. */
  async standsWithAsker(tx: Tx, requestId: string, personId: string): Promise<boolean> {
    const [row] = await tx.sql<{ stands: boolean }>('SELECT requests.stands_with_asker($1, $2) AS stands', [
      personId,
      requestId,
    ]);
    return row!.stands;
  }

  /** Throws `request_rests` while nobody of the asking office answers for the request. */
  async mustHaveResponsible(tx: Tx, requestId: string): Promise<void> {
    if (!(await this.responsiblePerson(tx, requestId)).present) throw requestProblems.request_rests();
  }

  /**
   * The head of the asking unit names who answers for a request from now on: somebody who may ask for this unit and had
   * no part in deciding on it. Throws `not_entitled`, `requester_role_missing`, `keeper_decided`, `custodian_not_recipient`.
   */
  async name(actor: Actor, requestId: string, given: HandoverInput): Promise<void> {
    const { personId } = parse(handoverUseCases.name.input, given);
    await this.uow.run(actor.acting, async (tx) => {
      // under the lock of the request: of naming somebody and a decision of theirs, one goes first
      const request = await this.requests.lock(tx, requestId);
      const { consumerUnitId } = await this.requests.partiesNow(tx, request);
      const head = await this.organisation.entitledAs(tx, actor, 'REQ_HEAD', consumerUnitId, { overdue: false });
      if (!head) throw organisationProblems.not_entitled();
      const asks = await this.organisation.entitledAs(tx, { personId }, 'REQUESTER', consumerUnitId, {
        overdue: false,
      });
      if (!asks) throw requestProblems.requester_role_missing();
      const [row] = await withProblems(() =>
        tx.sql<{ id: string }>(
          `INSERT INTO requests.handover (id, request_id, person_id, named_by, consumer_unit_id, provider_unit_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp()) RETURNING id`,
          [newId(), requestId, personId, head.personId, request.consumerUnitId, request.providerUnitId],
        ),
      );
      await tx.emit(requestHandedOver({ requestId, handoverId: row!.id }), { personId });
    });
  }

  /** Requests of the reader's own units, on either side, that rest because nobody answers for them; 200 at most. */
  resting(actor: Actor): Promise<RestingRequest[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const rows = await tx.sql<Omit<RestingRequest, 'mayName'>>(
        `SELECT r.id AS "requestId", r.number, organisation.successor_of(r.consumer_unit_id, r.id) AS "consumerUnitId",
                c.name AS "consumerUnitName", p.name AS "providerUnitName", coalesce(d.title, '') AS "productTitle"
           FROM requests.access_request r JOIN organisation.unit c ON c.id = r.consumer_unit_id JOIN organisation.unit p ON p.id = r.provider_unit_id
           LEFT JOIN catalogue.product d ON d.id = r.product_id
          -- who reads the whole city is not told of all of it: that is asked row by row, on every start page
          WHERE ${LIVE} AND (NOT $1 OR r.consumer_unit_id = ANY ($2) OR r.provider_unit_id = ANY ($2))
            AND NOT requests.responsible_person_present(r.id) ORDER BY r.created_at, r.id LIMIT 200`,
        [actor.acting.citywide, actor.units],
      );
      const heads = new Map<string, boolean>();
      const resting: RestingRequest[] = [];
      for (const row of rows) {
        const { consumerUnitId } = row;
        const mayName =
          heads.get(consumerUnitId) ??
          (await this.organisation.entitledAs(tx, actor, 'REQ_HEAD', consumerUnitId, { overdue: false })) !== null;
        heads.set(consumerUnitId, mayName);
        resting.push({ ...row, mayName });
      }
      return resting;
    });
  }

  /** By event: somebody left or was shut out. Tells once of every request that rests since. Who it was is not in the log. */
  async tell(tx: Tx, { facts }: StoredEvent): Promise<void> {
    const departureId = isId(facts.departureId) ? facts.departureId : null;
    const rows = await tx.sql<{ id: string; consumerUnitId: string; providerUnitId: string }>(
      `SELECT r.id, r.consumer_unit_id AS "consumerUnitId", r.provider_unit_id AS "providerUnitId"
         FROM requests.access_request r JOIN organisation.departure d ON d.id = $1
        WHERE ${LIVE} AND requests.responsible_person(r.id) = d.person_id AND NOT requests.responsible_person_present(r.id) ORDER BY r.id`,
      [departureId],
    );
    for (const { id: requestId, ...units } of rows) await tx.emit(keeperMissing({ requestId, ...units }));
  }
}
