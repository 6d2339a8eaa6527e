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
import type { AgreementStatus, Revoked } from './agreement.view';
import { parallelOf } from './agreements.reads';
import {
  agreementActivated,
  agreementControllerConfirmed,
  agreementRevoked,
  agreementSettled,
  agreementTerminated,
} from '../agreements.events';
import { agreementProblems, withProblems } from '../agreements.problems';
import { AgreementRepository, sha256 } from './agreements.repository';
import { documentText, sealedForm } from './agreement-document';
import { Annex } from './annex.entity';
import { annexOf, answered, type InstrumentAnswer } from '../instrument/instrument-questions';
import { InstrumentStatus } from '../instrument/instrument-status.reads';
import { Signing } from './signing.service';

/** May end it for the receiving side; confirming takes more (`Signing`). */
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
    private readonly signing: Signing,
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
    return this.act(actor, async (tx) => {
      const agreement = await this.agreements.lock(tx, id);
      const { consumerUnitId } = await this.agreements.partiesNow(tx, agreement);
      const { personId } = await this.signs(tx, actor, agreement, consumerUnitId);
      mustBeOffered(tx, agreement, revision);
      if (agreement.controllerUnitId && !agreement.controllerConfirmedBy)
        throw agreementProblems.agreement_controller_first();
      const { decisionId, rulesetHash } = await this.decideAgain(tx, agreement);
      await this.settle(tx, agreement, personId, answered(await this.contracts.instrument(tx, agreement), answers));
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
   * The word of the office on whose instructions a processor is to receive (Art. 28 GDPR), given before the processor's
   * own. Throws `agreement_controller_confirmed`, and as `confirm`.
   */
  async confirmAsController(actor: Actor, id: string, input: { revision: number }): Promise<AgreementStatus> {
    const { revision } = parse(agreementUseCases.confirmAsController.input, input);
    return this.act(actor, async (tx) => {
      const agreement = await this.agreements.lock(tx, id);
      const { controllerUnitId } = await this.agreements.partiesNow(tx, agreement);
      if (!controllerUnitId) throw organisationProblems.not_entitled();
      const { personId, as } = await this.signs(tx, actor, agreement, controllerUnitId);
      mustBeOffered(tx, agreement, revision);
      if (agreement.controllerConfirmedBy) throw agreementProblems.agreement_controller_confirmed();
      const { termsSha256 } = agreement;
      await this.agreements.move(
        tx,
        agreement,
        'OFFERED',
        (move) => agreementControllerConfirmed({ ...move, controllerUnitId, as, termsSha256 }),
        { controllerConfirmedBy: personId, controllerConfirmedAt: tx.now },
      );
      return statusOf(tx, agreement);
    });
  }

  /** A right that ended while the act ran is denied by the database: `agreement_signer`. */
  private act<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return withProblems(() => this.uow.run(actor.acting, work));
  }

  /** The right to bind a unit by this agreement. Throws `person_required`, `agreement_signer`. */
  private async signs(tx: Tx, actor: Actor, agreement: Agreement, unitId: string): Promise<Entitlement> {
    if (actor.personId === null) throw requestProblems.person_required();
    const about = await this.catalogue.subject(tx, agreement.productId);
    const roles = await this.signing.roles(tx, agreement, unitId);
    const right = await this.entitlement(tx, actor, roles, unitId, about);
    if (right) return right;
    // who could confirm a note hears what this one takes; a stranger hears nothing
    if (await this.entitlement(tx, actor, CONSUMER_ROLES, unitId)) throw agreementProblems.agreement_signer();
    throw organisationProblems.not_entitled();
  }

  /**
   * The giving side takes its word back. Effective with the commit: no delivery begins after it and a running one is
   * cut at its next window. Asks for no revision, because stopping must not fail on a page that is a minute old.
   * `together`: others for the same product and receiver, revoked in the same act; what still runs afterwards is named.
   */
  async revoke(actor: Actor, id: string, reason: string, together: readonly string[] = []): Promise<Revoked> {
    const { reason: text } = parse(agreementUseCases.revoke.input, { reason, together: [...together] });
    return this.uow.run(actor.acting, async (tx) => {
      // in one order everywhere, so that two who revoke the same ones wait and do not meet
      for (const one of [...new Set([id, ...together])].sort()) await this.agreements.lock(tx, one);
      const agreement = await this.agreements.find(tx, id);
      await this.revokeOne(tx, actor, agreement, text);
      const beside = await this.agreements.parallel(tx, agreement);
      for (const other of new Set(together)) {
        const found = beside.find((one) => one.id === other);
        if (found) await this.revokeOne(tx, actor, found, text);
        else if (other !== id) throw agreementProblems.agreement_unknown();
      }
      const stillRunning = (await this.agreements.parallel(tx, agreement)).map((one) => parallelOf(tx, one));
      return { ...statusOf(tx, agreement), stillRunning };
    });
  }

  private async revokeOne(tx: Tx, actor: Actor, agreement: Agreement, text: string): Promise<void> {
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
  }

  /** The receiving side, or whose purpose a processor serves, ends the agreement, or declines an offer. */
  async terminate(actor: Actor, id: string, reason?: string): Promise<AgreementStatus> {
    const text = reason === undefined ? null : parse(message, reason);
    return this.uow.run(actor.acting, async (tx) => {
      const agreement = await this.agreements.lock(tx, id);
      const personId = await this.ending(tx, actor, agreement);
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

  /**
   * Who may end it: for the receiving side, or for whose purpose a processor serves (Art. 28(3)(a) GDPR), whoever may
   * request there or confirm. Throws `person_required`, `not_entitled`.
   */
  private async ending(tx: Tx, actor: Actor, agreement: Agreement): Promise<string> {
    if (actor.personId === null) throw requestProblems.person_required();
    const { consumerUnitId, controllerUnitId } = await this.agreements.partiesNow(tx, agreement);
    const about = await this.catalogue.subject(tx, agreement.productId);
    for (const unitId of [consumerUnitId, controllerUnitId]) {
      if (unitId === null) continue;
      const roles = [...CONSUMER_ROLES, ...(await this.signing.roles(tx, agreement, unitId))];
      const right = await this.entitlement(tx, actor, roles, unitId, about);
      if (right) return right.personId;
    }
    throw organisationProblems.not_entitled();
  }

  /** Written before the agreement comes alive and in the same commit: it never runs without its annex. */
  private async settle(tx: Tx, agreement: Agreement, personId: string, answers: InstrumentAnswer[]): Promise<void> {
    if (answers.length === 0) return;
    const { id: agreementId, requestId, number, instrument, consumerUnitId, providerUnitId } = agreement;
    const annex = annexOf(number, await this.contracts.instrument(tx, agreement), answers);
    const document = sealedForm(annex);
    const digest = sha256(document);
    await tx.em.insert(Annex, {
      agreementId,
      answers,
      document,
      text: documentText(annex),
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
    const withdrawn = await this.catalogue.whyWithdrawn(tx, agreement.productId);
    if (withdrawn) throw agreementProblems.agreement_not_allowed({ because: [withdrawn] });
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
    const entitlement = await this.entitlement(tx, actor, roles, unitId, about);
    if (!entitlement) throw organisationProblems.not_entitled();
    return entitlement;
  }

  private async entitlement(
    tx: Tx,
    actor: Actor,
    roles: readonly RoleCode[],
    unitId: string,
    about?: Subject,
  ): Promise<Entitlement | null> {
    for (const role of roles) {
      const entitlement = await this.organisation.entitledAs(tx, actor, role, unitId, {
        overdue: false,
        ...(about && { about }),
      });
      if (entitlement) return entitlement;
    }
    return null;
  }
}

function mustBeOffered(tx: Tx, agreement: Agreement, revision: number): void {
  if (agreement.state !== 'OFFERED') throw agreementProblems.agreement_state();
  if (agreement.validUntil <= tx.now) throw agreementProblems.agreement_over();
  if (agreement.revision !== revision) throw agreementProblems.agreement_changed();
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
