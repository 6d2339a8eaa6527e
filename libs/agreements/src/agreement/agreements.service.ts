import { approvalProblems } from '#lib/approvals';
import { CatalogueReads } from '#lib/catalogue';
import { parse, type Tx, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  type Entitlement,
  OrganisationReads,
  organisationProblems,
  type RoleCode,
  type Subject,
} from '#lib/organisation';
import { message, type Redecision, RequestDecisions, requestProblems } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import type { Agreement } from './agreement.entity';
import { stateAt } from './agreement.states';
import { agreementUseCases } from './agreement.use-cases';
import type { AgreementStatus } from './agreement.view';
import { agreementActivated, agreementRevoked, agreementSettled, agreementTerminated } from '../agreements.events';
import { agreementProblems } from '../agreements.problems';
import { AgreementRepository, sha256 } from './agreements.repository';
import { Annex } from './annex.entity';
import { annexText, answered, type InstrumentAnswer } from '../instrument/instrument-questions';
import { InstrumentStatus } from '../instrument/instrument-status.reads';

const CONSUMER_ROLES: readonly RoleCode[] = ['REQ_HEAD', 'REQUESTER'];
/** What the two sides do with an agreement. */
@Injectable()
export class AgreementService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
    private readonly decisions: RequestDecisions,
    private readonly agreements: AgreementRepository,
    private readonly contracts: InstrumentStatus,
  ) {}

  /**
   * The receiving side's word: the agreement becomes active, if the rules of now still allow it, the contract is valid
   * and what the instrument asks is answered (`answers` by code); the answers are kept as its annex. Throws
   * `validation_failed` for an answer that is missing, `contract_missing`, `agreement_not_allowed`, `agreement_over`, `agreement_changed`.
   */
  async confirm(
    actor: Actor,
    id: string,
    input: { revision: number; answers?: Record<string, unknown> },
  ): Promise<AgreementStatus> {
    const { revision, answers } = parse(agreementUseCases.confirm.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const agreement = await this.agreements.lock(tx, id);
      const personId = await this.receiving(tx, actor, agreement);
      if (agreement.state !== 'OFFERED') throw agreementProblems.agreement_state();
      if (agreement.validUntil <= tx.now) throw agreementProblems.agreement_over();
      if (agreement.revision !== revision) throw agreementProblems.agreement_changed();
      const { decisionId, rulesetHash } = await this.decideAgain(tx, agreement);
      await this.settle(tx, agreement, personId, answered(agreement.instrument, answers));
      const changes = { activationDecisionId: decisionId, confirmedByPersonId: personId, confirmedAt: tx.now };
      const { termsSha256 } = agreement;
      await this.agreements.move(
        tx,
        agreement,
        'ACTIVE',
        (move) => agreementActivated({ ...move, decisionId, rulesetHash, termsSha256 }),
        changes,
      );
      return statusOf(tx, agreement);
    });
  }

  /**
   * The giving side takes its word back. Effective with the commit: no delivery begins after it and a running one is
   * cut at its next window. Asks for no revision, because stopping must not fail on a page that is a minute old.
   */
  async revoke(actor: Actor, id: string, reason: string): Promise<AgreementStatus> {
    const text = parse(message, reason);
    return this.uow.run(actor.acting, async (tx) => {
      const agreement = await this.agreements.lock(tx, id);
      const { providerUnitId } = await this.agreements.partiesNow(tx, agreement);
      const accountable = await this.organisation.accountableRole(tx, providerUnitId);
      const { personId, as } = await this.entitled(
        tx,
        actor,
        [accountable],
        providerUnitId,
        await this.catalogue.subject(tx, agreement.productId),
      );
      mustRun(tx, agreement);
      const changes = { endedByPersonId: personId, endedAt: tx.now, endReason: text };
      await this.agreements.move(tx, agreement, 'REVOKED', (move) => agreementRevoked({ ...move, as }), changes, {
        reason: text,
      });
      return statusOf(tx, agreement);
    });
  }

  /** The receiving side ends the agreement, or declines an offer. */
  async terminate(actor: Actor, id: string, reason?: string): Promise<AgreementStatus> {
    const text = reason === undefined ? null : parse(message, reason);
    return this.uow.run(actor.acting, async (tx) => {
      const agreement = await this.agreements.lock(tx, id);
      const personId = await this.receiving(tx, actor, agreement);
      mustRun(tx, agreement);
      const changes = { endedByPersonId: personId, endedAt: tx.now, endReason: text };
      await this.agreements.move(
        tx,
        agreement,
        'TERMINATED',
        (move) => agreementTerminated(move),
        changes,
        text ? { reason: text } : {},
      );
      return statusOf(tx, agreement);
    });
  }

  /** Who speaks for the receiving side, or for the unit that stands in its place now. Throws `not_entitled`. */
  private async receiving(tx: Tx, actor: Actor, agreement: Agreement): Promise<string> {
    const { consumerUnitId } = await this.agreements.partiesNow(tx, agreement);
    return (await this.entitled(tx, actor, CONSUMER_ROLES, consumerUnitId)).personId;
  }

  /** Written before the agreement comes alive and in the same commit: it never runs without its annex. */
  private async settle(
    tx: Tx,
    { id: agreementId, requestId, number, instrument, consumerUnitId, providerUnitId }: Agreement,
    personId: string,
    answers: InstrumentAnswer[],
  ): Promise<void> {
    if (answers.length === 0) return;
    const text = annexText(number, instrument, answers);
    const digest = sha256(text);
    await tx.em.insert(Annex, {
      agreementId,
      answers,
      text,
      sha256: digest,
      personId,
      consumerUnitId,
      providerUnitId,
      createdAt: tx.now,
    });
    await tx.emit(agreementSettled({ agreementId, requestId, instrument, annexSha256: digest }));
  }

  private async decideAgain(tx: Tx, agreement: Agreement): Promise<Redecision> {
    const decision = await this.decisions.redecide(tx, agreement.requestId, 'AGREEMENT');
    const because = decision.because.map(({ text }) => text);
    const contractOpen =
      decision.obligations.some(({ id }) => id === 'O-CONTRACT') && decision.facts.contract.status !== 'VALID';
    const codes = decision.because.map(({ code }) => code);
    if (
      contractOpen ||
      (!decision.allowed && (codes.includes('contract_missing') || codes.includes('contract_expired')))
    ) {
      throw approvalProblems.contract_missing({ because });
    }
    if (!decision.allowed) throw agreementProblems.agreement_not_allowed({ because });
    const lacking = await this.contracts.lacking(tx, agreement);
    if (lacking.length > 0) throw approvalProblems.contract_missing({ because: lacking.map(({ text }) => text) });
    return decision;
  }

  /** The right to speak for a unit, asked in this transaction. Throws `person_required` or `not_entitled`. */
  private async entitled(
    tx: Tx,
    actor: Actor,
    roles: readonly RoleCode[],
    unitId: string,
    about?: Subject,
  ): Promise<Entitlement> {
    if (actor.personId === null) throw requestProblems.person_required();
    for (const role of roles) {
      const entitlement = await this.organisation.entitledAs(tx, actor, role, unitId, {
        overdue: false,
        ...(about && { about }),
      });
      if (entitlement) return entitlement;
    }
    throw organisationProblems.not_entitled();
  }
}

function mustRun(tx: Tx, { state, validUntil }: Agreement): void {
  const now = stateAt(state, validUntil, tx.now);
  if (now === 'EXPIRED') throw agreementProblems.agreement_over();
  if (now === 'REVOKED' || now === 'TERMINATED') throw agreementProblems.agreement_state();
}

const statusOf = (tx: Tx, { id, state, revision, validUntil }: Agreement): AgreementStatus => ({
  id,
  state: stateAt(state, validUntil, tx.now),
  revision,
});
