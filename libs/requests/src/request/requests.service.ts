// One file: check, submit, answer and withdraw assemble the same facts and differ in what they keep.
import { CatalogueReads } from '#lib/catalogue';
import { type InputFault, kernelProblems, newId, parse, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, MachineClient, OrganisationReads, organisationProblems } from '#lib/organisation';
import type { Change } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { AccessRequest } from './access-request.entity';
import { requestUseCases } from './request.use-cases';
import type { Refusal } from './request.view';
import { clearTexts, unanswered } from '../form/answers';
import { evidenceFaults } from '../form/evidence-dates';
import { FactsAssembly } from '../decision/facts-assembly';
import { changedMembers, checkFields, checkRows, type TypedField } from '../form/form-check';
import { checkCoarser } from '../form/generalisation';
import { decisionFacts, type Redecision, RequestDecisions } from '../decision/request-decisions.service';
import { REQUEST_FIELDS } from '../form/request-fields';
import {
  partialForm,
  type PartialRequestForm,
  type PartialRequestFormInput,
  requestForm,
  type RequestForm,
  type RequestFormInput,
} from '../form/request-form';
import { type RequestState, requestStates } from './request.states';
import type { DecisionView, Receipt } from './request.view';
import {
  requestAnswered,
  requestChecked,
  requestDecided,
  requestSubmitted,
  requestWithdrawn,
} from '../requests.events';
import { requestProblems, withProblems } from '../requests.problems';
import { formSha256, RequestRepository } from './requests.repository';
import { RequestViews } from './request-views.reads';
import type { StoredDecision } from '../decision/stored-decision.entity';
import { changesSchema } from '../form/alternatives-form';
import { AlternativesReads } from '../decision/alternatives.reads';

/** Longest use in months; with reference to persons half of it (governance §2.1). */
const MONTHS = 12;
const MONTHS_PERSONAL = 6;
const PERSONAL: readonly string[] = ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'];

/** What the asking office does with a request. Each method is one use case in one transaction and answers plain JSON. */
@Injectable()
export class RequestService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
    private readonly requests: RequestRepository,
    private readonly decisions: RequestDecisions,
    private readonly views: RequestViews,
    private readonly alternatives: AlternativesReads,
    private readonly rulebook: Rulebook,
    private readonly assembly: FactsAssembly,
  ) {}

  /**
   * What would be decided on a form that may still be incomplete, by the same assembly and rules as a submit; and, when
   * it would not pass at once, the smallest changes that would.
   * Binds nobody; leaves one light event and nothing else.
   */
  async check(actor: Actor, input: PartialRequestFormInput): Promise<DecisionView> {
    const form = parse(partialForm, input);
    return this.uow.run(plain(actor), async (tx) => {
      const product = await this.product(tx, form.productId);
      // what stands between two other parties is not the reader's business
      const { units, acting } = actor;
      if (!acting.citywide && !units.includes(form.consumerUnitId) && !units.includes(product.providerUnitId)) {
        throw requestProblems.requester_role_missing();
      }
      const { versionId, fields } = await this.version(tx, form.productId, form.productVersionId);
      const asked = form.fields ?? fields.map(({ name }) => name);
      fail([
        ...checkFields(asked, fields),
        ...checkCoarser(form.coarser, asked, fields),
        ...checkRows(form.rows ?? null, fields),
      ]);
      const { decision, ruleset } = await this.decisions.preview(tx, form, versionId, product.providerUnitId);
      const { outcome, rules, rulesetHash } = decision;
      await tx.emit(
        requestChecked({ productId: form.productId, consumerUnitId: form.consumerUnitId, outcome, rules, rulesetHash }),
      );
      const view = await this.views.preview(tx, decision, product.providerUnitId, form.consumerUnitId);
      return { ...view, alternatives: await this.alternatives.of(tx, actor, form, decision, ruleset, fields) };
    });
  }

  /** A form with changes made that a pre-check named, as `alternatives` gives them; keeps nothing. */
  applied(actor: Actor, input: PartialRequestFormInput, changes: Change[]): Promise<PartialRequestForm> {
    const form = parse(partialForm, input);
    const wanted = parse(changesSchema, changes);
    return this.uow.read(actor.acting, async (tx) => {
      await this.product(tx, form.productId);
      const { fields } = await this.version(tx, form.productId, form.productVersionId);
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
        const personId = await this.requester(tx, actor, form.consumerUnitId);
        const product = await this.product(tx, form.productId);
        if (product.state !== 'REQUESTABLE') throw requestProblems.product_not_requestable();
        const { versionId, period } = await this.checked(tx, form);
        const copiedFrom = from.copiedFrom ? (await this.requests.find(tx, from.copiedFrom)).id : null;
        const request: AccessRequest = {
          id: newId(),
          number: await this.requests.nextNumber(tx),
          state: 'SUBMITTED',
          revision: 1,
          consumerUnitId: form.consumerUnitId,
          providerUnitId: product.providerUnitId,
          requesterPersonId: personId,
          productId: form.productId,
          productVersionId: versionId,
          purposeCode: form.purposeCode,
          form,
          formNumber: 1,
          conditions: null,
          doneSteps: null,
          decisionId: null,
          refusal: null,
          ...period,
          copiedFrom,
          createdAt: tx.now,
          changedAt: tx.now,
        };
        await this.requests.insert(tx, request);
        await this.requests.addForm(tx, request, personId, []);
        const {
          id: requestId,
          number,
          consumerUnitId,
          providerUnitId,
          productId,
          productVersionId,
          purposeCode,
        } = request;
        const facts = { requestId, number, consumerUnitId, providerUnitId, productId, productVersionId, purposeCode };
        await tx.emit(
          requestSubmitted({ ...facts, from: null, to: 'SUBMITTED', revision: 1, formSha256: formSha256(form) }),
          clearTexts(REQUEST_FIELDS, form),
        );
        return this.decided(tx, request, 'SUBMIT');
      }),
    );
  }

  /** Takes a request back while people decide on it. */
  async withdraw(
    actor: Actor,
    requestId: string,
    input: { revision: number },
  ): Promise<{ state: RequestState; revision: number }> {
    const { revision } = parse(requestUseCases.withdraw.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const request = await this.requests.lock(tx, requestId);
      await this.mayAct(tx, actor, request);
      if (request.revision !== revision) throw requestProblems.request_changed();
      await this.requests.move(tx, request, 'WITHDRAWN', (move) => requestWithdrawn(move));
      return { state: request.state, revision: request.revision };
    });
  }

  /**
   * Answers the open question. With a changed form the request is decided anew and the chain begins again, because
   * nobody's approval covers a text they have not read.
   */
  async answer(
    actor: Actor,
    requestId: string,
    input: { revision: number; text: string; form?: RequestFormInput },
  ): Promise<Receipt> {
    const { revision, text, form } = parse(requestUseCases.answer.input, input);
    return this.uow.run(actor.acting, async (tx) => {
      const request = await this.requests.lock(tx, requestId);
      const personId = await this.mayAct(tx, actor, request);
      if (request.state !== 'QUESTION') throw requestProblems.request_state();
      if (request.validUntil <= tx.now) throw requestProblems.request_expired();
      if (request.revision !== revision) throw requestProblems.request_changed();
      const question = (await this.requests.thread(tx, requestId)).findLast(({ kind }) => kind === 'QUESTION');
      if (!question) throw requestProblems.request_state();
      const changed = form ? changedMembers(request.form, form) : [];
      const { consumerUnitId, providerUnitId } = request;
      const answer = { id: newId(), requestId, kind: 'ANSWER' as const, answers: question.id, text, changed, personId };
      await this.requests.addMessage(tx, { ...answer, consumerUnitId, providerUnitId, createdAt: tx.now });
      const changes = form && changed.length > 0 ? await this.formChange(tx, request, form) : {};
      await this.requests.move(
        tx,
        request,
        'IN_REVIEW',
        (move) => requestAnswered({ ...move, questionId: question.id, changed }),
        changes,
        { text },
      );
      if (changed.length === 0) {
        const decision = (await this.requests.decision(tx, request.decisionId!))!;
        // while the question was open a party may have become another: then the decision is not about them
        return (await this.sameParties(tx, request, decision))
          ? this.receipt(tx, request, decision)
          : this.decided(tx, request, 'UNIT_CHANGE');
      }
      await this.requests.addForm(tx, request, personId, changed);
      return this.decided(tx, request, 'ANSWER');
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

  /** Decides a locked request and moves it to what the decision says. */
  private async decided(tx: Tx, request: AccessRequest, cause: 'SUBMIT' | 'ANSWER' | 'UNIT_CHANGE'): Promise<Receipt> {
    const stored = await this.decisions.decide(tx, request, 'REQUEST', cause);
    const to: RequestState =
      stored.outcome === 'FORBID' ? 'REFUSED' : stored.outcome === 'APPROVAL' ? 'IN_REVIEW' : 'PERMITTED';
    const refusal: Refusal = {
      by: 'RULES',
      reasonCode: 'RULES',
      text: stored.because.map(({ text }) => text).join('\n'),
    };
    const changes = { decisionId: stored.id, ...(to === 'REFUSED' ? { refusal } : {}) };
    await this.requests.move(
      tx,
      request,
      to,
      (move) => requestDecided({ ...move, ...decisionFacts(stored), cause }),
      changes,
    );
    return this.receipt(tx, request, stored);
  }

  private async sameParties(tx: Tx, request: AccessRequest, { facts }: StoredDecision): Promise<boolean> {
    const now = await this.requests.partiesNow(tx, request);
    const [consumer, provider] = [
      await this.organisation.unit(tx, now.consumerUnitId),
      await this.organisation.unit(tx, now.providerUnitId),
    ];
    return consumer.key === facts.consumer.unit && provider.key === facts.product.providerUnit;
  }

  private async receipt(tx: Tx, request: AccessRequest, stored: StoredDecision): Promise<Receipt> {
    const { id, number, state, revision } = request;
    return {
      id,
      number,
      state,
      stateName: requestStates.label[state],
      revision,
      decision: await this.views.decision(tx, stored),
    };
  }

  /** Checks what only the database knows: fields and filter against the version, the days against the cap. */
  private async checked(tx: Tx, form: RequestForm) {
    const { versionId, fields } = await this.version(tx, form.productId, form.productVersionId);
    const product = await this.catalogue.forPolicy(tx, form.productId);
    const months = product.personalRef === null || PERSONAL.includes(product.personalRef) ? MONTHS_PERSONAL : MONTHS;
    const { validFrom, validUntil, latest, past } = await this.requests.period(tx, form.from, form.until, months);
    const faults = [
      ...checkFields(form.fields, fields),
      ...checkCoarser(form.coarser, form.fields, fields),
      ...checkRows(form.rows, fields),
    ];
    if (past) faults.push({ pointer: '/until', code: 'period_past', detail: 'Das Ende liegt in der Vergangenheit.' });
    if (form.until > latest) {
      faults.push({
        pointer: '/until',
        code: 'period_too_long',
        detail: `Höchstens ${months} Monate, also bis ${germanDay(latest)}.`,
      });
    }
    for (const unitId of [form.consumerUnitId, form.processorUnitId, form.onBehalfOfUnitId, ...form.onwardUnitIds]) {
      if (unitId) await this.organisation.unit(tx, unitId);
    }
    const { providerUnitId } = await this.catalogue.product(tx, form.productId);
    const { consumer } = await this.assembly.parties(tx, form, providerUnitId);
    faults.push(...evidenceFaults(form), ...unanswered(REQUEST_FIELDS, form, product, consumer.kind));
    fail(faults);
    return { versionId, period: { validFrom, validUntil } };
  }

  private async formChange(tx: Tx, request: AccessRequest, form: RequestForm) {
    const fixed = (['productId', 'consumerUnitId'] as const).filter((key) => form[key] !== request.form[key]);
    fail(
      fixed.map((key) => ({
        pointer: `/form/${key}`,
        code: 'fixed',
        detail: 'Das lässt sich nicht ändern. Bitte stellen Sie einen neuen Antrag.',
      })),
    );
    const { versionId, period } = await this.checked(tx, form);
    const formNumber = request.formNumber + 1;
    return { form, formNumber, productVersionId: versionId, purposeCode: form.purposeCode, ...period };
  }

  private async product(tx: Tx, productId: string) {
    const product = await this.catalogue.product(tx, productId);
    // a draft is not shown to others, so it can not be asked for either
    if (product.state === 'DRAFT' || product.state === 'IN_REVIEW') throw requestProblems.product_not_requestable();
    return product;
  }

  private async version(
    tx: Tx,
    productId: string,
    wanted?: string,
  ): Promise<{ versionId: string; fields: readonly TypedField[] }> {
    const current = await this.catalogue.currentVersion(tx, productId);
    const version = wanted ? await this.catalogue.version(tx, wanted) : current;
    if (!version || version.productId !== productId) throw requestProblems.product_not_requestable();
    return { versionId: version.id, fields: version.fields };
  }

  /** Who answers for the request: the person, if it holds REQUESTER in this unit now, or the one responsible for a programme of this unit. */
  private async requester(tx: Tx, actor: Actor, unitId: string): Promise<string> {
    // who stands in the place of an ended unit asks in its own name
    if ((await this.organisation.living(tx, unitId)).id !== unitId) throw organisationProblems.unit_ended();
    if (actor.personId !== null) {
      if (await this.organisation.entitledAs(tx, actor, 'REQUESTER', unitId, { overdue: false })) return actor.personId;
      throw requestProblems.requester_role_missing();
    }
    const client =
      actor.clientId && actor.units.includes(unitId)
        ? await tx.em.findOneBy(MachineClient, { clientId: actor.clientId, unitId })
        : null;
    if (!client || client.disabledAt) throw requestProblems.requester_role_missing();
    return client.responsiblePersonId;
  }

  /** The requester, a colleague who may request for the same unit, or its head. */
  private async mayAct(tx: Tx, actor: Actor, request: AccessRequest): Promise<string> {
    if (actor.personId === null) throw requestProblems.person_required();
    const { consumerUnitId } = await this.requests.partiesNow(tx, request);
    for (const role of ['REQUESTER', 'REQ_HEAD'] as const) {
      if (await this.organisation.entitledAs(tx, actor, role, consumerUnitId, { overdue: false }))
        return actor.personId;
    }
    throw requestProblems.not_the_requester();
  }
}

/** Without the idempotency key: it belongs to the use case, not to what is recorded beside it. */
const plain = ({ acting: { idempotency: _key, ...acting } }: Actor) => acting;
const germanDay = (day: string): string => day.split('-').reverse().join('.');

function fail(faults: InputFault[]): void {
  if (faults.length > 0) throw kernelProblems.validation_failed({ errors: faults });
}
