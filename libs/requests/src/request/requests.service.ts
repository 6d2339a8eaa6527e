import { newId, parse, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import type { Change } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { AlternativesReads } from '../decision/alternatives.reads';
import { type Redecision, RequestDecisions } from '../decision/request-decisions.service';
import type { StoredDecision } from '../decision/stored-decision.entity';
import { changesSchema } from '../form/alternatives-form';
import { clearTexts, unanswered } from '../form/answers';
import { changesBetween, onlyNarrows } from '../form/comparison';
import { REQUEST_FIELDS } from '../form/request-fields';
import {
  partialForm,
  type PartialRequestForm,
  type PartialRequestFormInput,
  requestForm,
  type RequestForm,
  type RequestFormInput,
} from '../form/request-form';
import { CaseReview, nullIfHidden } from '../review/case-review.service';
import {
  evidenceAttached,
  requestAnswered,
  requestChecked,
  requestSubmitted,
  requestWithdrawn,
} from '../requests.events';
import { requestProblems, withProblems } from '../requests.problems';
import type { AccessRequest } from './access-request.entity';
import { DecideRequest } from './decide-request.service';
import { RequestAdmission } from './request-admission.service';
import { type RequestState, requestStates } from './request.states';
import { requestUseCases } from './request.use-cases';
import type { PreCheck, Receipt } from './request.view';
import { RequestViews } from './request-views.reads';
import { formSha256, RequestRepository } from './requests.repository';

/** What the asking office does with a request. Each method is one use case in one transaction and answers plain JSON. */
@Injectable()
export class RequestService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly admission: RequestAdmission,
    private readonly requests: RequestRepository,
    private readonly decisions: RequestDecisions,
    private readonly rules: DecideRequest,
    private readonly views: RequestViews,
    private readonly alternatives: AlternativesReads,
    private readonly rulebook: Rulebook,
    private readonly cases: CaseReview,
  ) {}

  /**
   * What would be decided on a form that may still be incomplete, by the same assembly and rules as a submit; and, when
   * it would not pass at once, the smallest changes that would; and what the unit asked for already. Binds nobody; leaves one light event and nothing else.
   * Throws `requester_role_missing`, `product_not_requestable`, `validation_failed`.
   */
  async check(actor: Actor, input: PartialRequestFormInput): Promise<PreCheck> {
    const form = parse(partialForm, input);
    return this.uow.run(withoutKey(actor), async (tx) => {
      const { productId, consumerUnitId } = form;
      const { providerUnitId } = await this.admission.product(tx, productId);
      // what stands between two other parties is not the reader's business
      const { units, acting } = actor;
      if (!acting.citywide && !units.includes(consumerUnitId) && !units.includes(providerUnitId))
        throw requestProblems.requester_role_missing();
      const { versionId, fields } = await this.admission.version(tx, form);
      this.admission.mustSelect(form, fields);
      await this.admission.mustKnowEvidence(tx, form);
      await this.admission.mustAgree(tx, form);

      const { decision, ruleset } = await this.decisions.preview(tx, form, versionId, providerUnitId);
      const { outcome, rules, rulesetHash } = decision;
      await tx.emit(requestChecked({ productId, consumerUnitId, outcome, rules, rulesetHash }));
      const controllerUnitId = form.onBehalfOfUnitId ?? null;
      const view = await this.views.preview(tx, decision, { providerUnitId, consumerUnitId, controllerUnitId });
      const alternatives = await this.alternatives.of(tx, actor, form, decision, ruleset, fields);
      const open = unanswered(REQUEST_FIELDS, form, decision.facts.product, decision.facts.consumer.kind);
      return { ...view, alternatives, overlaps: await this.views.overlaps(tx, form), unanswered: open };
    });
  }

  /** A form with changes made that a pre-check named, as `alternatives` gives them; keeps nothing. */
  applied(actor: Actor, input: PartialRequestFormInput, changes: Change[]): Promise<PartialRequestForm> {
    const form = parse(partialForm, input);
    const wanted = parse(changesSchema, changes);
    return this.uow.read(actor.acting, async (tx) => {
      await this.admission.product(tx, form.productId);
      const { fields } = await this.admission.version(tx, form);
      return this.alternatives.applied(tx, form, wanted, (await this.rulebook.inForce(tx)).ruleset, fields);
    });
  }

  /**
   * Puts a request on record and decides it in the same transaction: permitted, refused, or for people to decide,
   * with the chain. Throws `requester_role_missing`, `product_not_requestable`, `validation_failed`.
   */
  async submit(actor: Actor, input: RequestFormInput, from: { copiedFrom?: string } = {}): Promise<Receipt> {
    const form = parse(requestForm, input);
    return withProblems(() =>
      this.uow.run(actor.acting, async (tx) => {
        const { productId, consumerUnitId, purposeCode } = form;
        const requesterPersonId = await this.admission.requester(tx, actor, consumerUnitId);
        const { state, providerUnitId } = await this.admission.product(tx, productId);
        if (state !== 'REQUESTABLE') throw requestProblems.product_not_requestable();
        const { versionId: productVersionId, period } = await this.admission.admit(tx, form);

        const copiedFrom = from.copiedFrom ? (await this.requests.find(tx, from.copiedFrom)).id : null;

        const requestId = newId();
        const number = await this.requests.nextNumber(tx);
        const whatAndWhose = { number, consumerUnitId, providerUnitId, productId, productVersionId, purposeCode };
        const request: AccessRequest = {
          ...whatAndWhose,
          ...period,
          id: requestId,
          controllerUnitId: form.onBehalfOfUnitId ?? null,
          state: 'SUBMITTED',
          revision: 1,
          requesterPersonId,
          form,
          formNumber: 1,
          conditions: null,
          doneSteps: null,
          decisionId: null,
          refusal: null,
          copiedFrom,
          createdAt: tx.now,
          changedAt: tx.now,
        };
        await this.requests.insert(tx, request);
        await this.requests.addForm(tx, request, requesterPersonId, []);
        const move = { requestId, from: null, to: 'SUBMITTED', revision: 1 } as const;
        await tx.emit(
          requestSubmitted({ ...move, ...whatAndWhose, formSha256: formSha256(form) }),
          clearTexts(REQUEST_FIELDS, form),
        );
        await this.attach(tx, request);
        return this.receipt(tx, request, await this.rules.decide(tx, request, 'SUBMIT'));
      }),
    );
  }

  /** Takes a request back while people decide on it. Throws `not_the_requester`, `request_changed`, `request_state`. */
  async withdraw(
    actor: Actor,
    requestId: string,
    input: { revision: number },
  ): Promise<{ state: RequestState; revision: number }> {
    const { revision } = parse(requestUseCases.withdraw.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const request = await this.requests.lock(tx, requestId);
      await this.admission.mayAct(tx, actor, request);
      if (request.revision !== revision) throw requestProblems.request_changed();
      await this.requests.move(tx, request, 'WITHDRAWN', (move) => requestWithdrawn(move));
      return { state: request.state, revision: request.revision };
    });
  }

  /**
   * Answers the open question. With a changed form the request is decided anew. When it only asks for less, what people
   * agreed to stays; else the chain begins again, because nobody's approval covers a text they have not read.
   */
  async answer(
    actor: Actor,
    requestId: string,
    input: { revision: number; text: string; form?: RequestFormInput },
  ): Promise<Receipt> {
    const { revision, text, form } = parse(requestUseCases.answer.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const request = await this.requests.lock(tx, requestId);
      const personId = await this.admission.mayAct(tx, actor, request);
      if (request.state !== 'QUESTION') throw requestProblems.request_state();
      if (request.validUntil <= tx.now) throw requestProblems.request_expired();
      if (request.revision !== revision) throw requestProblems.request_changed();
      const question = (await this.requests.thread(tx, requestId)).findLast(({ kind }) => kind === 'QUESTION');
      if (!question) throw requestProblems.request_state();

      // the parties of the message are those of the request as it was asked, whoever stands in their place now
      const persons = await this.views.hasRowsOfPersons(tx, request);
      const differences = form ? changesBetween(REQUEST_FIELDS, request.form, about(request, form), persons) : [];
      const changed = differences.map(({ name }) => name);
      const { consumerUnitId, providerUnitId } = request;
      const answer = { id: newId(), requestId, kind: 'ANSWER' as const, answers: question.id, text, changed, personId };
      await this.requests.addMessage(tx, { ...answer, consumerUnitId, providerUnitId, createdAt: tx.now });
      const changes =
        form && changed.length > 0 ? await this.admission.admitChanged(tx, request, about(request, form)) : {};
      await this.requests.move(
        tx,
        request,
        'IN_REVIEW',
        (move) => requestAnswered({ ...move, questionId: question.id, changed }),
        changes,
        { text },
      );

      if (changed.length > 0) {
        await this.requests.addForm(tx, request, personId, changed);
        await this.attach(tx, request);
        const cause = onlyNarrows(differences) ? 'NARROWED' : 'ANSWER';
        return this.receipt(tx, request, await this.rules.decide(tx, request, cause));
      }
      // while the question was open a party may have become another: then the decision is not about them
      const decision = (await this.requests.decision(tx, request.decisionId!))!;
      if (!(await this.sameParties(tx, request, decision)))
        return this.receipt(tx, request, await this.rules.decide(tx, request, 'UNIT_CHANGE'));
      // and what happened meanwhile to what the case rests on has waited for this answer
      await this.cases.decideAnew(tx, request, 'request.answered.v1').catch(nullIfHidden);
      return this.receipt(tx, request, (await this.requests.decision(tx, request.decisionId!))!);
    });
  }

  /** The form of an earlier request to begin a new one with. The days are left out: they are asked anew. */
  copy(actor: Actor, requestId: string): Promise<Omit<RequestFormInput, 'from' | 'until'>> {
    return this.uow.read(actor.acting, async (tx) => {
      const { form } = await this.requests.find(tx, requestId);
      const { from: _from, until: _until, productVersionId: _version, ...rest } = form;
      return rest;
    });
  }

  /** Decides again for a later stage, in its transaction; see RequestDecisions. */
  decideAgain(tx: Tx, requestId: string, phase: 'AGREEMENT' | 'DELIVERY'): Promise<Redecision> {
    return this.decisions.redecide(tx, requestId, phase);
  }

  private async attach(tx: Tx, request: AccessRequest): Promise<void> {
    const evidenceIds = await this.requests.attach(tx, request);
    if (evidenceIds.length > 0) await tx.emit(evidenceAttached({ requestId: request.id, evidenceIds }));
  }

  private async sameParties(tx: Tx, request: AccessRequest, { facts }: StoredDecision): Promise<boolean> {
    const now = await this.requests.partiesNow(tx, request);
    const consumer = await this.organisation.unit(tx, now.consumerUnitId);
    const provider = await this.organisation.unit(tx, now.providerUnitId);
    return consumer.key === facts.consumer.unit && provider.key === facts.product.providerUnit;
  }

  private async receipt(tx: Tx, request: AccessRequest, stored: StoredDecision): Promise<Receipt> {
    const { id, number, state, revision } = request;
    const decision = await this.views.decision(tx, request, stored);
    const overlaps = await this.views.overlaps(tx, request.form, id);
    return { id, number, state, stateName: requestStates.label[state], revision, decision, overlaps };
  }
}

/** A form that names no version is about the one the request is about. */
const about = ({ form: { productVersionId } }: AccessRequest, form: RequestForm): RequestForm => ({
  ...form,
  ...(productVersionId && { productVersionId: form.productVersionId ?? productVersionId }),
});

/** Without the idempotency key: it belongs to the use case, not to what is recorded beside it. */
const withoutKey = ({ acting: { idempotency: _key, ...acting } }: Actor) => acting;
