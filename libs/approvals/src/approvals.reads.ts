import { Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, OrganisationReads, type RoleCode } from '#lib/organisation';
import {
  CaseContracts,
  EvidenceReads,
  RequestReads,
  RequestReview,
  RequestViews,
  type RequestView,
} from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { Committee } from './committee.service';
import { contractAsked, contractOf } from './contract-step';
import { askedEvidence } from './evidence';
import { RAISED_BECAUSE } from './escalation.service';
import { TaskAccess } from './task-access.service';
import { Task } from './task.entity';
import { isOwnerStep, isSecrecyStep, OPINION_LABEL, refusalChoices, taskStates } from './task.states';
import type { StepStatus, TaskLine, TaskView, VotingView } from './task.view';
import { TaskRepository } from './tasks.repository';
import { VOTE_LABEL } from './vote.entity';

/** The inbox and the decision page. */
@Injectable()
export class ApprovalReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly laws: LawInForce,
    private readonly requests: RequestReads,
    private readonly views: RequestViews,
    private readonly tasks: TaskRepository,
    private readonly access: TaskAccess,
    private readonly committee: Committee,
    private readonly rulebook: Rulebook,
    private readonly review: RequestReview,
    private readonly contracts: CaseContracts,
    private readonly documents: EvidenceReads,
  ) {}

  /** Open tasks the actor may act on now, nearest deadline first. */
  inbox(actor: Actor): Promise<TaskLine[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const roles = [...new Set([...actor.appointments, ...actor.delegations].map(({ role }) => role))];
      const open = await tx.em
        .createQueryBuilder(Task, 't')
        .where(`t.state = 'OPEN' AND (t.role = ANY(:roles) OR t.raised_role = ANY(:roles))`, { roles })
        .orderBy('t.dueAt')
        .take(500)
        .getMany();
      const lines: TaskLine[] = [];
      for (const task of open) {
        const all = await this.tasks.ofRequest(tx, task.requestId);
        const { entitlement } = await this.access.obstacle(tx, actor, task, all);
        if (!entitlement) continue;
        const view = await this.views.lineOf(tx, task.requestId);
        if (view.state === 'IN_REVIEW' || view.state === 'QUESTION')
          lines.push({ ...(await this.line(tx, task, view)), as: entitlement.as });
      }
      return lines;
    });
  }

  /** One task for its decision page, also for readers who may not act: then `may.because` says why. */
  task(actor: Actor, taskId: string): Promise<TaskView> {
    return this.uow.read(actor.acting, async (tx) => {
      const task = await this.tasks.find(tx, taskId);
      const all = await this.tasks.ofRequest(tx, task.requestId);
      const facts = await this.requests.request(tx, task.requestId);
      const request = await this.views.viewOf(tx, actor, task.requestId);
      const round = all.filter((one) => one.round === task.round);
      const steps: StepStatus[] = [];
      for (const one of round) steps.push(await this.step(tx, one));
      const { contract } = await contractOf(tx, task.requestId, this.requests, this.contracts);
      const { status, kinds } = contract;
      const { unneededFields } = request.decision;
      return {
        ...(await this.line(tx, task, request)),
        revision: request.revision,
        request,
        asked: {
          fields: request.form.fields,
          unneededFields,
          leastFields: request.form.fields.filter((name) => !unneededFields.includes(name)),
          until: request.form.until,
        },
        steps,
        similar: await this.requests.similar(tx, facts),
        contract: { status, kinds, needed: await contractAsked(tx, task, this.requests, this.organisation) },
        evidence: await this.evidence(tx, task),
        voting: await this.voting(tx, task),
        refusalReasons: refusalChoices(),
        reasonsRequired:
          round.some(({ opinion }) => opinion === 'NEGATIVE') && isOwnerStep(await this.laws.roles(tx), task),
        may: await this.may(tx, actor, task, all, request),
      };
    });
  }

  /** The steps of a request, for its own page. */
  stepsOf(actor: Actor, requestId: string): Promise<StepStatus[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const steps: StepStatus[] = [];
      for (const task of await this.tasks.ofRequest(tx, requestId)) steps.push(await this.step(tx, task));
      return steps;
    });
  }

  private async may(tx: Tx, actor: Actor, task: Task, all: Task[], request: RequestView): Promise<TaskView['may']> {
    const none = {
      ...{ approve: false, advise: false, ask: false, refuse: false, confirmContract: false },
      ...{ confirmEvidence: false, admit: false, vote: false, veto: false },
    };
    const why = (problem: { title: string; remedy: string }) => ({
      ...none,
      because: `${problem.title}. ${problem.remedy}`,
    });
    const { problem } = await this.access.obstacle(tx, actor, task, all);
    if (problem) return why(problem);
    if (task.state !== 'OPEN') return { ...none, because: `Diese Aufgabe ist: ${taskStates.label[task.state]}.` };
    if (request.state !== 'IN_REVIEW') return { ...none, because: `Der Antrag steht auf: ${request.stateName}.` };
    const held = await this.review.mustBeReleased(tx, request).then(
      () => null,
      (error: unknown) => {
        if (error instanceof Problem) return error;
        throw error;
      },
    );
    const decides = task.kind === 'APPROVE';
    const vote = task.votesNeeded !== null;
    const confirmContract = await contractAsked(tx, task, this.requests, this.organisation);
    const [confirmEvidence, admit] = [task.needs === 'EVIDENCE', task.needs === 'ADMISSION'];
    const veto = decides && isSecrecyStep(task);
    // asking and refusing stay possible while nothing may go on
    if (held) return { ...why(held), ask: true, refuse: decides && !veto && !vote, veto, vote };
    return {
      approve: decides && !confirmContract && !confirmEvidence && !admit && !vote,
      advise: !decides,
      ask: true,
      refuse: decides && !veto && !vote,
      ...{ confirmContract, confirmEvidence, admit, vote, veto },
      because: null,
    };
  }

  /** What the step has to check, in the words of the vocabulary; null for other steps. */
  private async evidence(tx: Tx, task: Task): Promise<TaskView['evidence']> {
    if (task.needs !== 'EVIDENCE') return null;
    const decision = await this.requests.decision(tx, task.decisionId);
    const { ruleset } = await this.rulebook.inForce(tx);
    const documents = await this.documents.ofForm(tx, await this.requests.request(tx, task.requestId));
    return askedEvidence(decision!, documents, (kind) => ruleset.label('evidence', kind));
  }

  private async voting(tx: Tx, task: Task): Promise<VotingView | null> {
    if (task.votesNeeded === null) return null;
    const votes: VotingView['votes'] = [];
    for (const { officeUnitId, personId, vote, text, votedAt } of await this.tasks.votes(tx, task)) {
      const { givenName, familyName } = await this.organisation.person(tx, personId);
      votes.push({
        ...{
          vote,
          text,
          voteName: VOTE_LABEL[vote],
          at: votedAt.toISOString(),
          personName: `${givenName} ${familyName}`,
        },
        officeName: (await this.organisation.unit(tx, officeUnitId)).name,
      });
    }
    return { ...(await this.committee.count(tx, task)), votes };
  }

  private async line(
    tx: Tx,
    task: Task,
    request: Pick<
      RequestView,
      'number' | 'productTitle' | 'consumerUnitName' | 'providerUnitName' | 'project' | 'state' | 'note'
    >,
  ): Promise<Omit<TaskLine, 'as'>> {
    const { id, requestId, role, kind, state, openedAt, dueAt } = task;
    const { number: requestNumber, productTitle, consumerUnitName, providerUnitName, project } = request;
    return {
      id,
      requestId,
      requestNumber,
      productTitle,
      consumerUnitName,
      providerUnitName,
      project,
      role,
      kind,
      state,
      roleName: await this.roleName(tx, role),
      stateName: taskStates.label[state],
      openedAt: openedAt?.toISOString() ?? null,
      dueAt: dueAt?.toISOString() ?? null,
      overdue: state === 'OPEN' && dueAt !== null && dueAt <= tx.now,
      questionOpen: request.state === 'QUESTION',
      note: request.note,
      raised: await this.raised(tx, task),
    };
  }

  private async roleName(tx: Tx, role: RoleCode): Promise<string> {
    return (await this.laws.roles(tx)).role(role).name;
  }

  /** The desk a step was raised to, and why, in words. */
  private async raised(tx: Tx, { raisedRole, raisedUnitId, raisedBecause }: Task): Promise<TaskLine['raised']> {
    if (raisedRole === null || raisedBecause === null) return null;
    const unitName = raisedUnitId ? (await this.organisation.unit(tx, raisedUnitId)).name : null;
    return { roleName: await this.roleName(tx, raisedRole), unitName, because: RAISED_BECAUSE[raisedBecause] };
  }

  private async step(tx: Tx, task: Task): Promise<StepStatus> {
    const {
      id: taskId,
      stage,
      role,
      kind,
      state,
      dueAt,
      decidedAt,
      decidedByPersonId,
      opinion,
      text,
      conditions,
    } = task;
    const voting = await this.voting(tx, task);
    const { evidence, admissionReference } = task;
    const person = decidedByPersonId ? await this.organisation.person(tx, decidedByPersonId) : null;
    return {
      taskId,
      stage,
      role,
      kind,
      state,
      opinion,
      text,
      conditions,
      evidence,
      admissionReference,
      voting,
      roleName: await this.roleName(tx, role),
      stateName: taskStates.label[state],
      dueAt: dueAt?.toISOString() ?? null,
      decidedAt: decidedAt?.toISOString() ?? null,
      decidedByName: person && `${person.givenName} ${person.familyName}`,
      opinionName: opinion && OPINION_LABEL[opinion],
      raised: await this.raised(tx, task),
    };
  }
}
