// One file: open, confirm, end, give an opinion and review are five acts on one row, told in their order.
import { CatalogueReads } from '#lib/catalogue';
import { type InputOf, isId, newId, parse, type Tx, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  type Entitlement,
  OrganisationReads,
  organisationProblems,
  type RoleCode,
  type Subject,
} from '#lib/organisation';
import {
  clearTexts,
  EMERGENCY_FIELDS,
  type EmergencyFormInput,
  EmergencyRequests,
  message,
  RequestDecisions,
  requestProblems,
} from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { Agreement } from '../agreement/agreement.entity';
import { AgreementOffer } from '../agreement/agreement-offer.service';
import {
  agreementActivated,
  emergencyConfirmed,
  emergencyDropped,
  emergencyOpened,
  emergencyOpinionGiven,
  emergencyReviewed,
} from '../agreements.events';
import { agreementProblems, withProblems } from '../agreements.problems';
import { AgreementRepository } from '../agreement/agreements.repository';
import { AgreementService } from '../agreement/agreements.service';
import { EmergencyAccess } from './emergency-access.entity';
import { emergencyUseCases } from './emergency-access.use-cases';
import type { EmergencyStatus } from './emergency-access.view';
import {
  CONFIRM_WITHIN_HOURS,
  type EmergencyState,
  emergencyStateAt,
  endOf,
  reviewDueAt,
} from './emergency-access.states';
import { InstrumentStatus } from '../instrument/instrument-status.reads';

const CONSUMER_ROLES: readonly RoleCode[] = ['REQUESTER', 'REQ_HEAD'];

interface EntitlementQuestion {
  overdue: boolean;
  about?: Subject;
}

interface LockedAccess {
  access: EmergencyAccess;
  agreement: Agreement | null;
  state: EmergencyState;
}

/** Break glass (SOD-10): danger to life or health, two people of one unit, 24 hours, the gate as always, reviewed afterwards. */
@Injectable()
export class EmergencyAccesses {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
    private readonly requests: EmergencyRequests,
    private readonly decisions: RequestDecisions,
    private readonly offers: AgreementOffer,
    private readonly agreements: AgreementRepository,
    private readonly ordinary: AgreementService,
    private readonly contracts: InstrumentStatus,
  ) {}

  /**
   * The first person says what the danger is and what is needed. Opens nothing yet. Throws `requester_role_missing`,
   * `emergency_not_possible` with the reasons, `emergency_at_once`, `emergency_unreviewed`, `validation_failed`.
   */
  async open(actor: Actor, input: EmergencyFormInput): Promise<EmergencyStatus> {
    const asked = parse(emergencyUseCases.open.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      if (actor.personId === null) throw requestProblems.person_required();
      const entitlement = await this.organisation.entitledAs(tx, actor, 'REQUESTER', asked.consumerUnitId, {
        overdue: false,
      });
      if (!entitlement) throw requestProblems.requester_role_missing();
      const { providerUnitId, productVersionId } = await this.requests.subject(tx, asked.productId);
      await this.requests.mustBePossible(tx, { ...asked, productVersionId }, providerUnitId);
      const access: EmergencyAccess = {
        id: newId(),
        ...asked,
        providerUnitId,
        productVersionId,
        openedBy: entitlement.personId,
        openedAt: tx.now,
        lapsesAt: new Date(tx.now.getTime() + CONFIRM_WITHIN_HOURS * 3_600_000),
        ...{
          droppedBy: null,
          droppedAt: null,
          confirmedBy: null,
          confirmedAt: null,
          requestId: null,
          agreementId: null,
        },
        ...{ opinion: null, opinionText: null, opinionBy: null, opinionAt: null },
        ...{ finding: null, findingText: null, findingBy: null, findingAt: null },
      };
      await withProblems(() => tx.em.insert(EmergencyAccess, access));
      const { id: emergencyId, consumerUnitId, productId, danger, fields } = access;
      const parties = { consumerUnitId, providerUnitId, productId, productVersionId };
      await tx.emit(
        emergencyOpened({ emergencyId, ...parties, danger, fields: fields.length }),
        clearTexts(EMERGENCY_FIELDS, asked),
      );
      return statusOf(access, null, 'WAITING');
    });
  }

  /**
   * The second person, with authority over the same unit: an agreement for 24 hours is in force with this commit. A
   * deputy may do it without waiting for an absence, because a danger does not wait. Throws `not_entitled`,
   * `emergency_same_person`, `emergency_lapsed`, `emergency_state`, `emergency_not_possible`, `contract_missing`.
   */
  async confirm(actor: Actor, id: string): Promise<EmergencyStatus> {
    return this.uow.run(actor.acting, async (tx) => {
      const { access, state } = await this.lock(tx, id);
      const entitlement = await this.entitled(tx, actor, ['REQ_HEAD'], access.consumerUnitId, { overdue: true });
      if (entitlement.limits.includes(access.openedBy)) throw agreementProblems.emergency_same_person();
      if (state === 'LAPSED') throw agreementProblems.emergency_lapsed();
      if (state !== 'WAITING') throw agreementProblems.emergency_state();

      const { openedBy, providerUnitId, consumerUnitId, productId, danger } = access;
      const by = { openedBy, confirmedBy: entitlement.personId };
      const { requestId, validUntil } = await this.requests.submit(tx, access, by, providerUnitId);
      await this.offers.offer(tx, requestId);
      const agreement = (await this.agreements.ofRequest(tx, requestId))!;
      // the same question an ordinary agreement is asked when it comes into force
      const decision = await this.decisions.redecide(tx, requestId, 'AGREEMENT');
      const lacking = [
        ...decision.because.map(({ text }) => text).filter(() => !decision.allowed),
        ...(await this.contracts.lacking(tx, agreement)).map(({ text }) => text),
      ];
      if (lacking.length > 0) throw requestProblems.emergency_not_possible({ because: lacking });
      const { termsSha256, id: agreementId } = agreement;
      await this.agreements.move(
        tx,
        agreement,
        'ACTIVE',
        (move) =>
          agreementActivated({
            ...move,
            decisionId: decision.decisionId,
            rulesetHash: decision.rulesetHash,
            termsSha256,
          }),
        {
          activationDecisionId: decision.decisionId,
          confirmedByPersonId: entitlement.personId,
          confirmedAt: tx.now,
        },
      );
      const changes = { confirmedBy: entitlement.personId, confirmedAt: tx.now, requestId, agreementId };
      await tx.em.update(EmergencyAccess, { id }, changes);
      const parties = { requestId, agreementId, consumerUnitId, providerUnitId, productId };
      await tx.emit(
        emergencyConfirmed({
          emergencyId: id,
          ...parties,
          danger,
          validUntil: validUntil.toISOString(),
          as: entitlement.as,
        }),
      );
      return statusOf({ ...access, ...changes }, agreement, 'RUNNING');
    });
  }

  /**
   * Either side stops it, at any moment: before the confirmation nothing was opened, after it the agreement ends and
   * a running delivery is cut at its next window. Throws `not_entitled`, `emergency_state`, `agreement_over`, `agreement_state`.
   */
  async end(actor: Actor, id: string, reason: string): Promise<EmergencyStatus> {
    const text = parse(message, reason);
    const agreementId = await this.uow.read(actor.acting, async (tx) => (await this.found(tx, id)).access.agreementId);
    // a confirmed one ends as every agreement does: the giving side revokes, the receiving side terminates
    if (agreementId) {
      const owner = await this.uow.read(actor.acting, async (tx) =>
        this.owner(tx, actor, (await this.found(tx, id)).access),
      );
      await (owner
        ? this.ordinary.revoke(actor, agreementId, text)
        : this.ordinary.terminate(actor, agreementId, text));
    } else await this.drop(actor, id, text);
    return this.uow.read(actor.acting, async (tx) => {
      const { access, agreement, state } = await this.found(tx, id);
      return statusOf(access, agreement, state);
    });
  }

  private drop(actor: Actor, id: string, reason: string): Promise<void> {
    return this.uow.run(actor.acting, async (tx) => {
      const { access, state } = await this.lock(tx, id);
      const owner = await this.owner(tx, actor, access);
      const { personId } = owner ?? (await this.entitled(tx, actor, CONSUMER_ROLES, access.consumerUnitId));
      if (state !== 'WAITING') throw agreementProblems.emergency_state();
      await tx.em.update(EmergencyAccess, { id }, { droppedBy: personId, droppedAt: tx.now });
      await tx.emit(emergencyDropped({ emergencyId: id, side: owner ? 'PROVIDER' : 'CONSUMER' }), { reason });
    });
  }

  /** The data protection officer's opinion, when it is over. Throws `emergency_running`, `emergency_state`, `emergency_own_part`. */
  async giveOpinion(
    actor: Actor,
    id: string,
    input: InputOf<typeof emergencyUseCases.giveOpinion>,
  ): Promise<EmergencyStatus> {
    const { opinion, text } = parse(emergencyUseCases.giveOpinion.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const { access, agreement } = await this.reviewable(tx, id);
      const { personId, as, limits } = await this.entitled(tx, actor, ['DSB'], null, {
        overdue: overdue(tx, agreement),
      });
      if (hadPart(access, limits)) throw agreementProblems.emergency_own_part();
      if (access.opinion) throw agreementProblems.emergency_state();
      await tx.em.update(
        EmergencyAccess,
        { id },
        { opinion, opinionText: text, opinionBy: personId, opinionAt: tx.now },
      );
      await tx.emit(emergencyOpinionGiven({ ...ids(access), opinion, as }), { text });
      return statusOf(access, agreement, 'OVER');
    });
  }

  /**
   * What the owner finds, after the opinion. `UNLAWFUL` is read by the Steuerungskreis in its list. Throws
   * `emergency_running`, `emergency_opinion_missing`, `emergency_own_part`, `emergency_state`.
   */
  async review(actor: Actor, id: string, input: InputOf<typeof emergencyUseCases.review>): Promise<EmergencyStatus> {
    const { finding, text } = parse(emergencyUseCases.review.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const { access, agreement } = await this.reviewable(tx, id);
      const { personId, as, limits } = required(actor, await this.owner(tx, actor, access, overdue(tx, agreement)));
      if (hadPart(access, limits)) throw agreementProblems.emergency_own_part();
      if (!access.opinion) throw agreementProblems.emergency_opinion_missing();
      await tx.em.update(
        EmergencyAccess,
        { id },
        { finding, findingText: text, findingBy: personId, findingAt: tx.now },
      );
      await tx.emit(emergencyReviewed({ ...ids(access), finding, as }), { text });
      return statusOf(access, agreement, 'REVIEWED');
    });
  }

  private async reviewable(tx: Tx, id: string): Promise<LockedAccess & { agreement: Agreement }> {
    const { access, agreement, state } = await this.lock(tx, id);
    if (state === 'RUNNING') throw agreementProblems.emergency_running();
    if (state !== 'OVER' || !agreement) throw agreementProblems.emergency_state();
    return { access, agreement, state };
  }

  /** Held until the transaction ends: of two acts at once one goes first. */
  private async lock(tx: Tx, id: string): Promise<LockedAccess> {
    if (isId(id)) await tx.sql('SELECT FROM agreements.emergency_access WHERE id = $1 FOR UPDATE', [id]);
    return this.found(tx, id);
  }

  private async found(tx: Tx, id: string): Promise<LockedAccess> {
    const access = isId(id) ? await tx.em.findOneBy(EmergencyAccess, { id }) : null;
    if (!access) throw agreementProblems.emergency_unknown();
    const agreement = access.agreementId ? await tx.em.findOneByOrFail(Agreement, { id: access.agreementId }) : null;
    return { access, agreement, state: emergencyStateAt({ ...access, agreement }, tx.now) };
  }

  /** Who answers for the product, of its whole unit or of this product or its domain alone. */
  private async owner(
    tx: Tx,
    actor: Actor,
    { productId, providerUnitId }: EmergencyAccess,
    overdue = false,
  ): Promise<Entitlement | null> {
    return this.may(tx, actor, [await this.organisation.accountableRole(tx, providerUnitId)], providerUnitId, {
      overdue,
      about: await this.catalogue.subject(tx, productId),
    });
  }

  private async entitled(
    tx: Tx,
    actor: Actor,
    roles: readonly RoleCode[],
    unitId: string | null,
    task?: EntitlementQuestion,
  ): Promise<Entitlement> {
    return required(actor, await this.may(tx, actor, roles, unitId, task));
  }

  private async may(
    tx: Tx,
    actor: Actor,
    roles: readonly RoleCode[],
    unitId: string | null,
    task: EntitlementQuestion = { overdue: false },
  ): Promise<Entitlement | null> {
    for (const role of roles) {
      const entitlement = await this.organisation.entitledAs(tx, actor, role, unitId, task);
      if (entitlement) return entitlement;
    }
    return null;
  }
}

function required(actor: Actor, entitlement: Entitlement | null): Entitlement {
  if (actor.personId === null) throw requestProblems.person_required();
  if (!entitlement) throw organisationProblems.not_entitled();
  return entitlement;
}

const hadPart = ({ openedBy, confirmedBy, opinionBy }: EmergencyAccess, limits: readonly string[]): boolean =>
  [openedBy, confirmedBy, opinionBy].some((personId) => personId !== null && limits.includes(personId));

/** Long after its end the deputy may act although the principal is there (SOD-8). */
const overdue = (tx: Tx, agreement: Agreement): boolean => reviewDueAt(endOf(agreement)) <= tx.now;

const ids = ({ id, requestId, agreementId }: EmergencyAccess) => ({
  emergencyId: id,
  requestId: requestId!,
  agreementId: agreementId!,
});

const statusOf = (
  { id, agreementId }: EmergencyAccess,
  agreement: Agreement | null,
  state: EmergencyState,
): EmergencyStatus => ({
  id,
  state,
  agreementId,
  validUntil: agreement?.validUntil.toISOString() ?? null,
});
