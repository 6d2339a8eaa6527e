// One file: list, view and line of a request read the same rows; split, they would tell different things of one request.
import { CatalogueReads, type Product } from '#lib/catalogue';
import { parse, Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, DutyReads, OrganisationReads, type RoleCode } from '#lib/organisation';
import type { Chain, Decision } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { hasRowsOfPersons } from '../form/about-persons';
import { changesBetween, changesInWords, onlyNarrows } from '../form/comparison';
import type { Names } from '../form/request-field';
import type { FormRevision } from '../form/form-revision.entity';
import { namesOf } from '../form/form-in-words';
import { REQUEST_FIELDS } from '../form/request-fields';
import { type PartialRequestForm, type RequestForm, requestForm, type RequestFormInput } from '../form/request-form';
import { AccessRequest } from './access-request.entity';
import { outcomeName, OUTCOME_SUMMARY, STEP_KIND_LABEL } from '../form/labels';
import type { DecisionView, MessageView, Overlap, RequestLine, RequestView, StepView } from './request.view';
import { type RequestState, requestStates } from './request.states';
import { type PartiesNow, RequestRepository } from './requests.repository';
import type { StoredDecision } from '../decision/stored-decision.entity';
import { ReasonRedaction } from '../decision/reason-redaction';
import { RequestDecisions } from '../decision/request-decisions.service';
import { causeInWords } from '../review/case-events';
import { isReleased, nullIfHidden, saysTheSame } from '../review/case-review.service';
import { EvidenceReads } from '../evidence/evidence.reads';
import { documentInWords } from '../evidence/evidence.view';
import { onePage, type TwoSidedFilter } from './two-sided-list';

export type RequestListFilter = TwoSidedFilter & { states?: RequestState[] };

/** Requests and decisions as people read them: plain JSON with German texts. */
@Injectable()
export class RequestViews {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly requests: RequestRepository,
    private readonly organisation: OrganisationReads,
    private readonly duties: DutyReads,
    private readonly laws: LawInForce,
    private readonly catalogue: CatalogueReads,
    private readonly rulebook: Rulebook,
    private readonly redaction: ReasonRedaction,
    private readonly decisions: RequestDecisions,
    private readonly evidence: EvidenceReads,
  ) {}

  /** The actor's list, newest first; without a side the requests of the own units. Row-level security keeps other offices' rows out. */
  list(actor: Actor, filter: RequestListFilter = {}): Promise<{ items: RequestLine[]; total: number }> {
    return this.uow.read(actor.acting, async (tx) => {
      const { rows, total } = await onePage(
        tx.em.createQueryBuilder(AccessRequest, 'r'),
        actor.units,
        { side: 'CONSUMER', ...filter },
        'id',
      );
      const items: RequestLine[] = [];
      for (const row of rows) items.push(await this.line(tx, row));
      return { items, total };
    });
  }

  /** One request with everything its two sides may read. Throws `request_not_found`. */
  view(actor: Actor, id: string): Promise<RequestView> {
    return this.uow.read(actor.acting, (tx) => this.viewOf(tx, actor, id));
  }

  /** The same inside a transaction of a later stage. */
  async viewOf(tx: Tx, actor: Actor, id: string): Promise<RequestView> {
    return this.full(tx, actor, await this.requests.find(tx, id));
  }

  async lineOf(tx: Tx, id: string): Promise<RequestLine> {
    return this.line(tx, await this.requests.find(tx, id));
  }

  private async full(tx: Tx, actor: Actor, request: AccessRequest): Promise<RequestView> {
    const history: DecisionView[] = [];
    for (const stored of await this.requests.decisions(tx, request.id))
      history.push(await this.decision(tx, request, stored));
    const messages = await this.requests.thread(tx, request.id);
    const thread: MessageView[] = [];
    const forms = messages.some(({ changed }) => changed.length > 0) ? await this.requests.forms(tx, request.id) : [];
    for (const { id, kind, text, changed, personId, createdAt } of messages) {
      thread.push({
        id,
        kind,
        text,
        changed,
        changes: changed.length > 0 ? await this.changes(tx, request, forms, createdAt) : [],
        personName: await this.personName(tx, personId),
        at: createdAt.toISOString(),
      });
    }
    const open = request.state === 'QUESTION' ? messages.findLast(({ kind }) => kind === 'QUESTION') : undefined;
    const parties = await this.requests.partiesNow(tx, request);
    const consumerSide = actor.appointments.some(
      ({ role, unitId }) => ['REQUESTER', 'REQ_HEAD'].includes(role) && unitId === parties.consumerUnitId,
    );
    const decision = history.find(({ id }) => id === request.decisionId) ?? history.at(-1)!;
    const line = await this.line(tx, request);
    const roles = await this.laws.roles(tx);
    return {
      ...line,
      requesterName: await this.personName(tx, request.requesterPersonId),
      form: request.form,
      conditions: request.conditions,
      validFrom: request.validFrom.toISOString(),
      validUntil: request.validUntil.toISOString(),
      refusal: request.refusal,
      evidence: await this.evidence.ofForm(tx, request),
      decision,
      history,
      now: await this.now(tx, request),
      thread,
      overlaps: await this.overlaps(tx, request.form, request.id),
      openQuestionId: open?.id ?? null,
      may: {
        withdraw: consumerSide && ['IN_REVIEW', 'QUESTION'].includes(line.state),
        answer: consumerSide && line.state === 'QUESTION',
        proposeRule:
          decision.outcome === 'APPROVAL' &&
          (request.state === 'APPROVED' || (request.state === 'REFUSED' && request.refusal?.by !== 'RULES')) &&
          actor.appointments.some(({ role, unitId }) => unitId === parties.providerUnitId && roles.isAccountable(role)),
      },
      copiedFrom: request.copiedFrom,
    };
  }

  /** What the unit of a form has asked for already, for the same purpose where one is named. */
  async overlaps(
    tx: Tx,
    asked: Pick<PartialRequestForm, 'productId' | 'consumerUnitId' | 'purposeCode'>,
    except?: string,
  ): Promise<Overlap[]> {
    const found = await this.requests.overlaps(tx, asked, except);
    return found.map(({ id, number, state, form }) => ({
      ...{ id, number, state, stateName: requestStates.label[state] },
      ...{ project: form.project, until: form.until },
    }));
  }

  /** The same, for a page where the form is still empty. */
  overlapsOf(actor: Actor, asked: Pick<PartialRequestForm, 'productId' | 'consumerUnitId'>): Promise<Overlap[]> {
    return this.uow.read(actor.acting, (tx) => this.overlaps(tx, asked));
  }

  /** What a form would change of a request if it were sent with an answer; keeps nothing. Throws `validation_failed`. */
  compared(
    actor: Actor,
    id: string,
    input: RequestFormInput,
  ): Promise<{ changes: MessageView['changes']; beginsAnew: boolean }> {
    const form = parse(requestForm, input);
    return this.uow.read(actor.acting, async (tx) => {
      const request = await this.requests.find(tx, id);
      const before = request.form;
      const after = { ...form, productVersionId: form.productVersionId ?? before.productVersionId };
      const persons = await this.hasRowsOfPersons(tx, request);
      const names = await this.names(tx, request, before, after);
      const changes = changesInWords(REQUEST_FIELDS, before, after, names, persons);
      return { changes, beginsAnew: !onlyNarrows(changesBetween(REQUEST_FIELDS, before, after, persons)) };
    });
  }

  /** Whether single rows asked for can be about persons; those of a product its reader does not find any more count as such. */
  async hasRowsOfPersons(
    tx: Tx,
    { productId, productVersionId }: Pick<AccessRequest, 'productId' | 'productVersionId'>,
  ): Promise<boolean> {
    const product = await this.catalogue.forPolicy(tx, productId, productVersionId).catch(nullIfHidden);
    const held = await this.catalogue.fieldsNow(tx, productVersionId).catch(nullIfHidden);
    return product === null || held === null || hasRowsOfPersons(product, held);
  }

  /** What an answer changed, from the form before it to the one that was kept with it. */
  private async changes(
    tx: Tx,
    request: AccessRequest,
    forms: readonly FormRevision[],
    at: Date,
  ): Promise<MessageView['changes']> {
    const after = forms.find(({ createdAt }) => createdAt.getTime() === at.getTime());
    const before = forms.find(({ number }) => number === (after?.number ?? 0) - 1);
    if (!before || !after) return [];
    const persons = await this.hasRowsOfPersons(tx, request);
    const names = await this.names(tx, request, before.form, after.form);
    return changesInWords(REQUEST_FIELDS, before.form, after.form, names, persons);
  }

  /** Words for the codes and ids of these forms of a request, documents by their titles. */
  private async names(
    tx: Tx,
    request: { id: string; productId: string },
    ...forms: readonly Pick<RequestForm, 'duty'>[]
  ): Promise<Names> {
    const { ruleset } = await this.rulebook.inForce(tx);
    const documents = await this.evidence.views(tx, await this.evidence.ofRequest(tx, request));
    const names = new Map([
      ...(await this.organisation.units(tx)).map(({ id, name }): [string, string] => [id, name]),
      ...documents.map((one): [string, string] => [one.id, documentInWords(one)]),
      ...(await this.duties.inWords(tx, ...forms.map(({ duty }) => duty))),
    ]);
    return namesOf(ruleset, names);
  }

  async decision(
    tx: Tx,
    { controllerUnitId }: Pick<AccessRequest, 'controllerUnitId'>,
    stored: StoredDecision,
  ): Promise<DecisionView> {
    const view = await this.preview(tx, stored, { ...stored, controllerUnitId });
    return { ...view, id: stored.id, phase: stored.phase, decidedAt: stored.decidedAt.toISOString() };
  }

  async preview(
    tx: Tx,
    decision: Omit<Decision, 'chain' | 'carriedBy'> & { chain: Chain | null; carriedBy: string[] | null },
    sides: PartiesNow,
  ): Promise<DecisionView> {
    const { outcome, obligations, rulesetHash, facts } = decision;
    const { ruleset } = await this.rulebook.inForce(tx);
    const { rules, because } = await this.redaction.of(tx, ruleset, decision);
    const stages = outcome === 'APPROVAL' ? await this.stages(tx, decision.chain, sides) : null;
    return {
      id: null,
      phase: facts.phase,
      outcome,
      outcomeName: outcomeName(ruleset, outcome),
      summary: OUTCOME_SUMMARY[outcome],
      rules,
      because,
      carriedBy: (decision.carriedBy ?? []).map((code) => ruleset.legalBasis(code)),
      obligations: obligations.map((obligation) => {
        const { name, parameters, label } = ruleset.obligationInWords(obligation);
        return { ...obligation, name, parameters, label };
      }),
      stages,
      // the steps of one stage run side by side, so the longest counts
      workingDays:
        stages && stages.reduce((sum, stage) => sum + Math.max(0, ...stage.map(({ workingDays }) => workingDays)), 0),
      rulesetHash,
      unneededFields: facts.fields.filter(({ needed }) => !needed).map(({ name }) => name),
      decidedAt: null,
      alternatives: [],
    };
  }

  private async stages(
    tx: Tx,
    chain: Chain | null,
    { providerUnitId, consumerUnitId, controllerUnitId }: PartiesNow,
  ): Promise<StepView[][]> {
    const unit = {
      CONSUMER: (await this.organisation.unit(tx, consumerUnitId)).name,
      PROVIDER: (await this.organisation.unit(tx, providerUnitId)).name,
      CONTROLLER: controllerUnitId && (await this.organisation.unit(tx, controllerUnitId)).name,
      CITY: 'Stadtweit',
    };
    const roles = await this.laws.roles(tx);
    return (chain?.stages ?? []).map((stage) =>
      stage.map(({ role, kind, workingDays, seat }) => {
        const roleName = roles.role(role as RoleCode).name;
        return { role, roleName, kind, kindName: STEP_KIND_LABEL[kind], workingDays, unitName: unit[seat] ?? '' };
      }),
    );
  }

  /** The rules on the facts of this moment: what a page shows must not be older than what would be decided. */
  private async now(tx: Tx, request: AccessRequest): Promise<DecisionView | null> {
    if (request.state !== 'IN_REVIEW' || request.validUntil <= tx.now) return null;
    const stored = request.decisionId ? await this.requests.decision(tx, request.decisionId) : null;
    const now = await this.decisions.previewRequest(tx, request).catch(nullIfHidden);
    if (!stored || !now || saysTheSame(stored, now)) return null;
    return this.preview(tx, now, request);
  }

  /** What happened to a waiting request: its product, or something else it rests on. */
  private async note(tx: Tx, request: AccessRequest, productState: string | null): Promise<RequestLine['note']> {
    const [row] = await tx.sql<{ rests: boolean }>('SELECT NOT requests.responsible_person_present($1) AS rests', [
      request.id,
    ]);
    if (row?.rests)
      return {
        text: 'Der Antrag ruht, weil bei der anfragenden Stelle niemand mehr dafür verantwortlich ist. Die Stelle muss jemanden benennen.',
        at: null,
      };
    if (productState === 'WITHDRAWN')
      return { text: 'Das Datenprodukt wurde zurückgezogen. Der Antrag endet.', at: null };
    if (productState !== null && !isReleased(productState))
      return {
        text: 'Das Datenprodukt wird überarbeitet. Bis es wieder freigegeben ist, geht der Antrag nicht weiter.',
        at: null,
      };
    const last = (await this.requests.decisions(tx, request.id)).findLast(({ phase }) => phase === 'REQUEST');
    const cause = last && causeInWords(last);
    if (!cause) return null;
    const text =
      last.outcome === 'FORBID'
        ? `${cause}. So wie es jetzt ist, kann der Antrag nicht freigegeben werden.`
        : `${cause}. Der Antrag wurde danach neu geprüft.`;
    return { text, at: last.decidedAt.toISOString() };
  }

  private async line(tx: Tx, request: AccessRequest): Promise<RequestLine> {
    const { id, number, state, revision, productId, consumerUnitId, providerUnitId, form } = request;
    const waiting = state === 'IN_REVIEW' || state === 'QUESTION';
    const product = await this.product(tx, productId);
    const shown = waiting && request.validUntil <= tx.now ? 'EXPIRED' : state;
    return {
      id,
      number,
      state: shown,
      stateName: requestStates.label[shown],
      revision,
      productId,
      productTitle: product?.title ?? 'Datenprodukt nicht mehr sichtbar',
      consumerUnitId,
      consumerUnitName: await this.organisation.nameAt(tx, consumerUnitId, request.createdAt, id),
      providerUnitId,
      providerUnitName: await this.organisation.nameAt(tx, providerUnitId, request.createdAt, productId),
      project: form.project,
      purposeCode: form.purposeCode,
      from: form.from,
      until: form.until,
      submittedAt: request.createdAt.toISOString(),
      changedAt: request.changedAt.toISOString(),
      note: waiting ? await this.note(tx, request, product?.state ?? null) : null,
    };
  }

  /** A product may have been hidden from one side since; the request stays readable. */
  private async product(tx: Tx, productId: string): Promise<Product | null> {
    try {
      return await this.catalogue.product(tx, productId);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  }

  private async personName(tx: Tx, personId: string): Promise<string> {
    const { givenName, familyName } = await this.organisation.person(tx, personId);
    return `${givenName} ${familyName}`;
  }
}
