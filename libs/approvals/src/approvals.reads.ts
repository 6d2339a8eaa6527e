import { Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads, RoleCatalogue, type RoleCode } from '#lib/organisation';
import { CONTRACT_KIND } from '#lib/policy';
import { RequestReads, RequestViews, type RequestView } from '#lib/requests';
import { Inject, Injectable } from '@nestjs/common';
import { ApprovalService } from './approvals.service';
import { Task } from './task.entity';
import { OPINION_LABEL, REFUSAL_REASONS, type RefusalReason, TASK_STATE_LABEL } from './task.states';
import type { StepStanding, TaskLine, TaskView } from './task.view';
import { TaskRepository } from './tasks.repository';

/** The inbox and the decision page. */
@Injectable()
export class ApprovalReads {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(OrganisationReads) private readonly organisation: OrganisationReads,
    @Inject(RoleCatalogue) private readonly roles: RoleCatalogue,
    @Inject(RequestReads) private readonly requests: RequestReads,
    @Inject(RequestViews) private readonly views: RequestViews,
    @Inject(TaskRepository) private readonly tasks: TaskRepository,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  /** Open tasks the actor may act on now, nearest deadline first. */
  inbox(actor: Actor): Promise<TaskLine[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const roles = [...new Set(actor.appointments.map(({ role }) => role))];
      const open = await tx.em
        .createQueryBuilder(Task, 't')
        .where(`t.state = 'OPEN' AND t.role = ANY(:roles)`, { roles })
        .orderBy('t.dueAt')
        .take(500)
        .getMany();
      const lines: TaskLine[] = [];
      for (const task of open) {
        const all = await this.tasks.ofRequest(tx, task.requestId);
        const entitlement = await this.approvals.entitled(tx, actor, task, all).catch((error: unknown) => {
          if (error instanceof Problem) return null;
          throw error;
        });
        if (!entitlement) continue;
        const view = await this.views.lineOf(tx, task.requestId);
        if (view.state === 'IN_REVIEW' || view.state === 'QUESTION')
          lines.push({ ...this.line(tx, task, view), as: entitlement.as });
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
      const steps: StepStanding[] = [];
      for (const one of round) steps.push(await this.step(tx, one));
      const { status, kinds } = await this.organisation.contractBetween(
        tx,
        task.providerUnitId,
        task.consumerUnitId,
        CONTRACT_KIND,
      );
      const { unneededFields } = request.decision;
      return {
        ...this.line(tx, task, request),
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
        contract: { status, kinds, needed: task.needs === 'CONTRACT' },
        refusalReasons: Object.entries(REFUSAL_REASONS).map(([code, text]) => ({ code: code as RefusalReason, text })),
        reasonsRequired:
          round.some(({ opinion }) => opinion === 'NEGATIVE') && ['OWNER', 'GES_OWNER', 'EB_OWNER'].includes(task.role),
        may: await this.may(tx, actor, task, all, request),
      };
    });
  }

  /** The steps of a request, for its own page. */
  stepsOf(actor: Actor, requestId: string): Promise<StepStanding[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const steps: StepStanding[] = [];
      for (const task of await this.tasks.ofRequest(tx, requestId)) steps.push(await this.step(tx, task));
      return steps;
    });
  }

  private async may(tx: Tx, actor: Actor, task: Task, all: Task[], request: RequestView): Promise<TaskView['may']> {
    const none = { approve: false, advise: false, ask: false, refuse: false, confirmContract: false };
    const why = (problem: { title: string; remedy: string }) => ({
      ...none,
      because: `${problem.title}. ${problem.remedy}`,
    });
    try {
      await this.approvals.entitled(tx, actor, task, all);
    } catch (error) {
      if (error instanceof Problem) return why(error);
      throw error;
    }
    if (task.state !== 'OPEN') return { ...none, because: `Diese Aufgabe ist: ${TASK_STATE_LABEL[task.state]}.` };
    if (request.state !== 'IN_REVIEW') return { ...none, because: `Der Antrag steht auf: ${request.stateName}.` };
    const decides = task.kind === 'APPROVE';
    const contract = task.needs === 'CONTRACT';
    return {
      approve: decides && !contract,
      advise: !decides,
      ask: true,
      refuse: decides,
      confirmContract: contract,
      because: null,
    };
  }

  private line(
    tx: Tx,
    task: Task,
    request: Pick<
      RequestView,
      'number' | 'productTitle' | 'consumerUnitName' | 'providerUnitName' | 'project' | 'state'
    >,
  ): Omit<TaskLine, 'as'> {
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
      roleName: this.roles.role(role).name,
      stateName: TASK_STATE_LABEL[state],
      openedAt: openedAt?.toISOString() ?? null,
      dueAt: dueAt?.toISOString() ?? null,
      overdue: state === 'OPEN' && dueAt !== null && dueAt <= tx.now,
      questionOpen: request.state === 'QUESTION',
    };
  }

  private async step(tx: Tx, task: Task): Promise<StepStanding> {
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
      roleName: this.roles.role(role as RoleCode).name,
      stateName: TASK_STATE_LABEL[state],
      dueAt: dueAt?.toISOString() ?? null,
      decidedAt: decidedAt?.toISOString() ?? null,
      decidedByName: person && `${person.givenName} ${person.familyName}`,
      opinionName: opinion && OPINION_LABEL[opinion],
    };
  }
}
