import { Problem, type StoredEvent, type Tx } from '#lib/kernel';
import { OrganisationReads, UnitChangeEffect } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { AccessRequest } from './access-request.entity';
import { DecideRequest } from './decide-request.service';
import type { Refusal } from './request.view';
import { requestRedecisionCalled, requestRefused } from '../requests.events';
import { RequestRepository } from './requests.repository';

/** Requests per transaction: an approver never waits long for a reorganisation. */
const BATCH = 20;

/** Open requests of units that merged, were split or dissolved, or moved: decided anew on who the parties are now. */
@Injectable()
export class ChangedUnits {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly changes: UnitChangeEffect,
    private readonly requests: RequestRepository,
    private readonly rules: DecideRequest,
  ) {}

  /**
   * Calls for a new decision of every open request one of whose sides is concerned, a few at a time. Of a split unit,
   * what nobody planned (closed requests, and those of the last days) goes to who keeps the files.
   */
  async call(tx: Tx, { type, facts }: StoredEvent): Promise<void> {
    const {
      changeId,
      unitId,
      sources = [unitId],
      targets = [],
    } = facts as { changeId: string; unitId: string; sources?: string[]; targets?: string[] };
    if (type === 'unit.split.v1') {
      const left = await tx.sql<{ id: string }>(
        `SELECT id FROM requests.access_request WHERE consumer_unit_id IN (SELECT organisation.unit_scope(s) FROM unnest($1::uuid[]) AS s)
            AND organisation.successor_of(consumer_unit_id, id) = ANY ($1) ORDER BY id`,
        [sources],
      );
      await this.changes.takeRest(
        tx,
        changeId,
        'REQUEST',
        left.map(({ id }) => id),
      );
    }
    const open = await tx.sql<{ id: string }>(
      `WITH concerned AS MATERIALIZED (SELECT organisation.unit_scope(u) AS id FROM unnest($1::uuid[]) AS u)
       SELECT r.id FROM requests.access_request r
        WHERE r.state IN ('IN_REVIEW','QUESTION') AND r.valid_until > now()
          AND (r.consumer_unit_id IN (SELECT id FROM concerned) OR r.provider_unit_id IN (SELECT id FROM concerned)
               OR r.controller_unit_id IN (SELECT id FROM concerned)) ORDER BY r.id`,
      [[...sources, ...targets]],
    );
    for (let at = 0; at < open.length; at += BATCH) {
      await tx.emit(requestRedecisionCalled({ requestIds: open.slice(at, at + BATCH).map(({ id }) => id), changeId }));
    }
  }

  /** One batch, each request under its lock, in one order. What was decided meanwhile is left alone. */
  async decideAnew(tx: Tx, requestIds: readonly string[]): Promise<void> {
    for (const id of [...requestIds].sort()) {
      const request = await this.requests.lock(tx, id);
      if (!['IN_REVIEW', 'QUESTION'].includes(request.state) || request.validUntil <= tx.now) continue;
      const gone = await this.partyGone(tx, request);
      if (gone) await this.refuse(tx, request, gone);
      // an open question is answered first; the answer decides anew
      else if (request.state === 'IN_REVIEW') await this.rules.decide(tx, request, 'UNIT_CHANGE');
    }
  }

  /** Nobody is left to use the data, or to give them. The request stays on record and says so. */
  private async refuse(tx: Tx, request: AccessRequest, text: string): Promise<void> {
    const refusal: Refusal = { by: 'RULES', reasonCode: 'UNIT_ENDED', text };
    const event = (move: Parameters<Parameters<RequestRepository['move']>[3]>[0]) =>
      requestRefused({ ...move, reasonCode: 'UNIT_ENDED', decisionId: null });
    await this.requests.move(tx, request, 'REFUSED', event, { refusal });
  }

  private async partyGone(
    tx: Tx,
    { id, consumerUnitId, providerUnitId, productId }: AccessRequest,
  ): Promise<string | null> {
    if (!(await this.existsNow(tx, consumerUnitId, id)))
      return 'Die anfragende Stelle besteht nicht mehr, und niemand hat ihre Aufgabe übernommen.';
    return (await this.existsNow(tx, providerUnitId, productId))
      ? null
      : 'Die gebende Stelle besteht nicht mehr, und niemand hat das Datenprodukt übernommen.';
  }

  private async existsNow(tx: Tx, unitId: string, about: string): Promise<boolean> {
    try {
      return (await this.organisation.living(tx, unitId, about)) !== null;
    } catch (error) {
      if (error instanceof Problem && error.code === 'unit_ended') return false;
      throw error;
    }
  }
}
