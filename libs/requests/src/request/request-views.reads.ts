import { CatalogueReads } from '#lib/catalogue';
import { Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, RoleCatalogue, type RoleCode } from '#lib/organisation';
import type { Chain, Decision } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { AccessRequest } from './access-request.entity';
import { outcomeName, OUTCOME_SUMMARY, STEP_KIND_LABEL } from '../form/labels';
import type { DecisionView, MessageView, RequestLine, RequestView, StepView } from './request.view';
import { type RequestState, requestStates } from './request.states';
import { RequestRepository } from './requests.repository';
import type { StoredDecision } from '../decision/stored-decision.entity';
import { ReasonRedaction } from '../decision/reason-redaction';
import { onePage, type TwoSidedFilter } from './two-sided-list';

export type RequestListFilter = TwoSidedFilter & { states?: RequestState[] };

/** Requests and decisions as people read them: plain JSON with German texts. */
@Injectable()
export class RequestViews {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly requests: RequestRepository,
    private readonly organisation: OrganisationReads,
    private readonly roles: RoleCatalogue,
    private readonly catalogue: CatalogueReads,
    private readonly rulebook: Rulebook,
    private readonly redaction: ReasonRedaction,
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
    for (const stored of await this.requests.decisions(tx, request.id)) history.push(await this.decision(tx, stored));
    const messages = await this.requests.thread(tx, request.id);
    const thread: MessageView[] = [];
    for (const { id, kind, text, changed, personId, createdAt } of messages) {
      thread.push({
        id,
        kind,
        text,
        changed,
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
    return {
      ...line,
      requesterName: await this.personName(tx, request.requesterPersonId),
      form: request.form,
      conditions: request.conditions,
      validFrom: request.validFrom.toISOString(),
      validUntil: request.validUntil.toISOString(),
      refusal: request.refusal,
      decision,
      history,
      thread,
      openQuestionId: open?.id ?? null,
      may: {
        withdraw: consumerSide && ['IN_REVIEW', 'QUESTION'].includes(line.state),
        answer: consumerSide && line.state === 'QUESTION',
        proposeRule:
          decision.outcome === 'APPROVAL' &&
          (request.state === 'APPROVED' || (request.state === 'REFUSED' && request.refusal?.by !== 'RULES')) &&
          actor.appointments.some(
            ({ role, unitId }) => unitId === parties.providerUnitId && this.roles.isAccountable(role),
          ),
      },
      copiedFrom: request.copiedFrom,
    };
  }

  async decision(tx: Tx, stored: StoredDecision): Promise<DecisionView> {
    const view = await this.preview(tx, stored, stored.providerUnitId, stored.consumerUnitId);
    return { ...view, id: stored.id, phase: stored.phase, decidedAt: stored.decidedAt.toISOString() };
  }

  async preview(
    tx: Tx,
    decision: Omit<Decision, 'chain'> & { chain: Chain | null },
    providerUnitId: string,
    consumerUnitId: string,
  ): Promise<DecisionView> {
    const { outcome, obligations, rulesetHash, facts } = decision;
    const { ruleset } = await this.rulebook.inForce(tx);
    const { rules, because } = await this.redaction.of(tx, ruleset, decision);
    const stages =
      outcome === 'APPROVAL' ? await this.stages(tx, decision.chain, providerUnitId, consumerUnitId) : null;
    return {
      id: null,
      phase: facts.phase,
      outcome,
      outcomeName: outcomeName(ruleset, outcome),
      summary: OUTCOME_SUMMARY[outcome],
      rules,
      because,
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
    providerUnitId: string,
    consumerUnitId: string,
  ): Promise<StepView[][]> {
    const unit = {
      CONSUMER: (await this.organisation.unit(tx, consumerUnitId)).name,
      PROVIDER: (await this.organisation.unit(tx, providerUnitId)).name,
      CITY: 'Stadtweit',
    };
    return (chain?.stages ?? []).map((stage) =>
      stage.map(({ role, kind, workingDays, seat }) => {
        const roleName = this.roles.role(role as RoleCode).name;
        return { role, roleName, kind, kindName: STEP_KIND_LABEL[kind], workingDays, unitName: unit[seat] };
      }),
    );
  }

  private async line(tx: Tx, request: AccessRequest): Promise<RequestLine> {
    const { id, number, state, revision, productId, consumerUnitId, providerUnitId, form } = request;
    const waiting = state === 'IN_REVIEW' || state === 'QUESTION';
    const shown = waiting && request.validUntil <= tx.now ? 'EXPIRED' : state;
    return {
      id,
      number,
      state: shown,
      stateName: requestStates.label[shown],
      revision,
      productId,
      productTitle: await this.title(tx, productId),
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
    };
  }

  /** A product may have been hidden from one side since; the request stays readable. */
  private async title(tx: Tx, productId: string): Promise<string> {
    try {
      return (await this.catalogue.product(tx, productId)).title;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return 'Datenprodukt nicht mehr sichtbar';
      throw error;
    }
  }

  private async personName(tx: Tx, personId: string): Promise<string> {
    const { givenName, familyName } = await this.organisation.person(tx, personId);
    return `${givenName} ${familyName}`;
  }
}
