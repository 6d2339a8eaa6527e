import { Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, type Entitlement, OrganisationReads } from '#lib/organisation';
import {
  type AccessRequest,
  Handovers,
  narrowed,
  requestProblems,
  type RequestForm,
  RequestReads,
  RequestReview,
} from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { approvalProblems, withProblems } from './approvals.problems';
import { Deciders } from './deciders.service';
import { TaskPlan } from './task-plan.service';
import type { Task } from './task.entity';
import { TaskRepository } from './tasks.repository';
import type { ActResult } from './task.view';

/** Everything an act needs, read under the lock of its request. */
export interface ActableTask {
  request: AccessRequest;
  task: Task;
  all: Task[];
  entitlement: Entitlement;
  /** what is left of the form after the conditions given so far */
  form: RequestForm;
}

/** The frame of every act on a task: who may, under which lock, and what follows when it is done. */
@Injectable()
export class TaskAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly review: RequestReview,
    private readonly requests: RequestReads,
    private readonly tasks: TaskRepository,
    private readonly plan: TaskPlan,
    private readonly deciders: Deciders,
    private readonly handovers: Handovers,
  ) {}

  /** One act in one transaction. A right that ended while the act ran is denied by the database at the commit: `right_ended`. */
  act<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return withProblems(() => this.uow.run(actor.acting, work));
  }

  /**
   * Locks the request, then asks everything again that may have changed since the page was shown: the role, the four
   * eyes, the task, the request. In this order, so that a stranger learns nothing about the state.
   */
  async actable(tx: Tx, actor: Actor, taskId: string, revision: number): Promise<ActableTask> {
    if (actor.personId === null) throw requestProblems.person_required();
    const { requestId } = await this.tasks.find(tx, taskId);
    const request = await this.review.lock(tx, requestId);
    // read after the lock: what another decider did meanwhile is seen
    const task = await this.tasks.find(tx, taskId);
    const all = await this.tasks.ofRequest(tx, requestId);
    const entitlement = await this.entitled(tx, actor, task, all);
    if (task.state === 'WAITING' || task.state === 'CLOSED') throw approvalProblems.task_not_open();
    if (task.state !== 'OPEN') throw approvalProblems.task_already_decided();
    this.review.mustBeInReview(tx, request, revision);
    await this.handovers.mustHaveResponsible(tx, requestId);
    const given = all.filter(({ round, kind, conditions }) => round === task.round && kind === 'APPROVE' && conditions);
    const form = given.reduce((left, { conditions }) => narrowed(left, conditions), request.form);
    return { request, task, all, entitlement, form };
  }

  /** The right to act on a task, as `Deciders` says; in a committee also `vote_own_office` and `vote_given`. */
  async entitled(tx: Tx, actor: Actor, task: Task, all: readonly Task[]): Promise<Entitlement> {
    const entitlement = await this.deciders.entitled(tx, actor, task, all);
    if (task.votesNeeded !== null) await this.hasVote(tx, task, entitlement);
    return entitlement;
  }

  /** Offices that take no part in a vote because they ask for the data, instruct whoever asks, or give it. */
  async partyOffices(tx: Tx, { requestId }: Task): Promise<string[]> {
    const parties = await this.requests.partiesNow(tx, await this.requests.request(tx, requestId));
    const offices: string[] = [];
    for (const unitId of [parties.consumerUnitId, parties.controllerUnitId, parties.providerUnitId])
      if (unitId) offices.push(await this.organisation.officeOf(tx, unitId));
    return offices;
  }

  private async hasVote(tx: Tx, task: Task, { unitId }: Entitlement): Promise<void> {
    const office = await this.organisation.officeOf(tx, unitId);
    if ((await this.partyOffices(tx, task)).includes(office)) throw approvalProblems.vote_own_office();
    // also the vote of an office that is part of this one now
    for (const { officeUnitId } of await this.tasks.votes(tx, task)) {
      if ((await this.organisation.officeOf(tx, officeUnitId)) === office) throw approvalProblems.vote_given();
    }
  }

  /** Opens the next stage, or completes the chain. If we die before the commit, nothing of the act has happened. */
  async next(tx: Tx, task: Task): Promise<ActResult> {
    if (await this.plan.advance(tx, task.requestId)) await this.plan.complete(tx, task.requestId);
    return this.status(tx, task);
  }

  async status(tx: Tx, task: Task): Promise<ActResult> {
    const { state, revision } = await this.review.lock(tx, task.requestId);
    return { taskState: task.state, requestState: state, requestRevision: revision };
  }

  /** The problem that keeps the actor from the task, or null: for lists and pages. */
  async obstacle(
    tx: Tx,
    actor: Actor,
    task: Task,
    all: readonly Task[],
  ): Promise<{ entitlement: Entitlement | null; problem: Problem | null }> {
    try {
      return { entitlement: await this.entitled(tx, actor, task, all), problem: null };
    } catch (error) {
      if (error instanceof Problem) return { entitlement: null, problem: error };
      throw error;
    }
  }
}

/** What a decided task keeps of who decided, and by which right. */
export const decidedBy = (tx: Tx, { personId, principalPersonId, appointmentId, delegationId }: Entitlement) => ({
  decidedAt: tx.now,
  decidedByPersonId: personId,
  actedForPersonId: principalPersonId,
  appointmentId,
  delegationId,
});
