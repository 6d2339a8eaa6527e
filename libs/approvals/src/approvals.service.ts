import { parse, type Tx, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  type ContractInput,
  type Entitlement,
  OrganisationReads,
  organisationProblems,
  OrganisationService,
} from '#lib/organisation';
import { CONTRACT_KIND } from '#lib/policy';
import {
  type AccessRequest,
  type Conditions,
  conditions,
  joined,
  message,
  narrowed,
  requestProblems,
  type RequestForm,
  RequestReview,
} from '#lib/requests';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { approvalAdvised, approvalGiven, approvalOverrode, approvalRefused } from './approvals.events';
import { approvalProblems } from './approvals.problems';
import { TaskPlan } from './task-plan.service';
import type { Task } from './task.entity';
import { isDone, OPINIONS, REFUSAL_REASONS, type RefusalReason, type TaskState } from './task.states';
import { taskFacts, TaskRepository } from './tasks.repository';

const revision = z.number().int();
const approval = z.strictObject({ revision, conditions: conditions.optional(), reasons: message.optional() });
const advice = z.strictObject({
  revision,
  opinion: z.enum(OPINIONS),
  text: message,
  conditions: conditions.optional(),
});
const question = z.strictObject({ revision, text: message });
const refusalCodes = Object.keys(REFUSAL_REASONS) as [RefusalReason, ...RefusalReason[]];
const refusal = z.strictObject({
  revision,
  reasonCode: z.enum(refusalCodes, 'Bitte wählen Sie einen Grund aus der Liste.'),
  text: message,
});
const contractStep = z.strictObject({ revision, contract: z.unknown().optional(), reasons: message.optional() });

export type ApprovalInput = z.input<typeof approval>;
export type AdviceInput = z.input<typeof advice>;
export type QuestionInput = z.input<typeof question>;
export type RefusalInput = z.input<typeof refusal>;
export interface ContractStepInput {
  revision: number;
  /** to be put into the register; left out when a valid one is there already */
  contract?: Pick<ContractInput, 'kind' | 'reference' | 'validFrom' | 'validTo'>;
  reasons?: string;
}

/** What came of an act: where the task and its request stand now. */
export interface ActResult {
  taskState: TaskState;
  requestState: string;
  requestRevision: number;
}

interface Ready {
  request: AccessRequest;
  task: Task;
  all: Task[];
  entitlement: Entitlement;
  /** what is left of the form after the conditions given so far */
  form: RequestForm;
}

/**
 * What deciders do. `revision` is the request's as the decider read it (If-Match): a request that changed since is
 * not decided. Whether someone may decide is asked in the transaction of the act, under the lock of the request.
 */
@Injectable()
export class ApprovalService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(OrganisationReads) private readonly organisation: OrganisationReads,
    @Inject(OrganisationService) private readonly contracts: OrganisationService,
    @Inject(RequestReview) private readonly review: RequestReview,
    @Inject(TaskRepository) private readonly tasks: TaskRepository,
    @Inject(TaskPlan) private readonly plan: TaskPlan,
  ) {}

  /** Approves, as asked or with narrower conditions. The last approval of a chain lets the request be decided once more. */
  async approve(actor: Actor, taskId: string, input: ApprovalInput): Promise<ActResult> {
    const { revision, conditions, reasons } = parse(approval, input);
    return this.uow.run(actor.acting, async (tx) =>
      this.approved(tx, await this.ready(tx, actor, taskId, revision), conditions, reasons),
    );
  }

  /** Gives the opinion of an office that must be heard. It binds nobody; a negative one must be answered in writing. */
  async giveOpinion(actor: Actor, taskId: string, input: AdviceInput): Promise<ActResult> {
    const { revision, opinion, text, conditions } = parse(advice, input);
    return this.uow.run(actor.acting, async (tx) => {
      const { request, task, entitlement, form } = await this.ready(tx, actor, taskId, revision);
      if (task.kind !== 'CONSULT') throw approvalProblems.decision_needed();
      if (conditions) await this.review.mustFit(tx, request, form, conditions);
      const changes = { ...decidedBy(tx, entitlement), opinion, text, conditions: conditions ?? null };
      await this.tasks.move(
        tx,
        task,
        'ADVISED',
        (move) => approvalAdvised({ ...move, as: entitlement.as, opinion }),
        changes,
        { text },
      );
      return this.next(tx, task);
    });
  }

  /** Asks the requesting office. Until it answers nobody decides and deadlines stand still. */
  async askBack(actor: Actor, taskId: string, input: QuestionInput): Promise<ActResult & { questionId: string }> {
    const { revision, text } = parse(question, input);
    return this.uow.run(actor.acting, async (tx) => {
      const { task, entitlement } = await this.ready(tx, actor, taskId, revision);
      const { questionId } = await this.review.askBack(tx, task.requestId, entitlement.personId, text);
      return { ...(await this.standing(tx, task)), questionId };
    });
  }

  /** Refuses with a reason from the list and a text. One refusal ends the request; it stays on record. */
  async refuse(actor: Actor, taskId: string, input: RefusalInput): Promise<ActResult> {
    const { revision, reasonCode, text } = parse(refusal, input);
    return this.uow.run(actor.acting, async (tx) => {
      const { task, entitlement } = await this.ready(tx, actor, taskId, revision);
      if (task.kind === 'CONSULT') throw approvalProblems.consultation_only();
      const changes = { ...decidedBy(tx, entitlement), reasonCode, text };
      await this.tasks.move(
        tx,
        task,
        'REFUSED',
        (move) => approvalRefused({ ...move, as: entitlement.as, reasonCode }),
        changes,
        { text },
      );
      await this.review.markRefused(tx, task.requestId, { reasonCode, text });
      await this.plan.closeAll(tx, task.requestId, 'REFUSED');
      return this.standing(tx, task);
    });
  }

  /** The step of the Rechtsamt: puts the signed contract into the register if it is not there, and approves. */
  async confirmContract(actor: Actor, taskId: string, input: ContractStepInput): Promise<ActResult> {
    const { revision, contract, reasons } = parse(contractStep, input);
    return this.uow.run(actor.acting, async (tx) => {
      const ready = await this.ready(tx, actor, taskId, revision);
      const { consumerUnitId, providerUnitId, needs } = ready.task;
      if (needs !== 'CONTRACT') throw approvalProblems.decision_needed();
      if (contract !== undefined) {
        const record = {
          ...(contract as NonNullable<ContractStepInput['contract']>),
          unitA: providerUnitId,
          unitB: consumerUnitId,
        };
        await this.contracts.registerContract(tx, actor, record);
      }
      return this.approved(tx, ready, undefined, reasons);
    });
  }

  private async approved(
    tx: Tx,
    { request, task, all, entitlement, form }: Ready,
    narrower: Conditions | undefined,
    reasons: string | undefined,
  ): Promise<ActResult> {
    if (task.kind === 'CONSULT') throw approvalProblems.consultation_only();
    if (narrower) await this.review.mustFit(tx, request, form, narrower);
    if (task.needs === 'CONTRACT') await this.mustHaveContract(tx, task);
    const doubts = all.filter(({ round, opinion }) => round === task.round && opinion === 'NEGATIVE');
    // K2: an opinion binds nobody, but going on against it without a word is not possible
    if (isOwnerStep(task) && doubts.length > 0 && !reasons) {
      throw approvalProblems.reasons_required({
        errors: [{ pointer: '/reasons', code: 'required', detail: 'Bitte begründen Sie Ihre Entscheidung.' }],
      });
    }
    const changes = { ...decidedBy(tx, entitlement), conditions: narrower ?? null, text: reasons ?? null };
    const event = { as: entitlement.as, conditions: Object.keys(narrower ?? {}) };
    await this.tasks.move(
      tx,
      task,
      'APPROVED',
      (move) => approvalGiven({ ...move, ...event }),
      changes,
      reasons ? { reasons } : {},
    );
    if (isOwnerStep(task) && doubts.length > 0) {
      await tx.emit(approvalOverrode({ ...taskFacts(task), opinions: doubts.map(({ role }) => role) }));
    }
    return this.next(tx, task);
  }

  /** Opens the next stage, or completes the chain. If we die before the commit, nothing of the act has happened. */
  private async next(tx: Tx, task: Task): Promise<ActResult> {
    if (await this.plan.advance(tx, task.requestId)) {
      const done = (await this.tasks.ofRequest(tx, task.requestId)).filter(
        ({ round, state }) => round === task.round && isDone(state),
      );
      const given = done.reduce<Conditions>(
        (sum, { kind, conditions }) => (kind === 'APPROVE' && conditions ? joined(sum, conditions) : sum),
        {},
      );
      const steps = done.map(({ id: taskId, step, role, seat, kind }) => ({ taskId, step, role, seat, kind }));
      await this.review.markApproved(tx, task.requestId, given, steps);
    }
    return this.standing(tx, task);
  }

  /**
   * Locks the request, then asks everything again that may have changed since the page was shown: the role, the four
   * eyes, the task, the request. In this order, so that a stranger learns nothing about the state.
   */
  private async ready(tx: Tx, actor: Actor, taskId: string, revision: number): Promise<Ready> {
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
    const given = all.filter(({ round, kind, conditions }) => round === task.round && kind === 'APPROVE' && conditions);
    const form = given.reduce((left, { conditions }) => narrowed(left, conditions), request.form);
    return { request, task, all, entitlement, form };
  }

  /**
   * The right to act on a task, or the problem why not: `self_approval` for the requester, also as or through a deputy
   * (SOD-1, SOD-8); `not_entitled` without the role now; `four_eyes` for who had another part in the request (SOD-2).
   */
  async entitled(tx: Tx, actor: Actor, task: Task, all: readonly Task[]): Promise<Entitlement> {
    if (actor.personId === task.requesterPersonId) throw approvalProblems.self_approval();
    const overdue = task.dueAt !== null && task.dueAt <= tx.now;
    const entitlement = await this.organisation.entitledAs(tx, actor, task.role, task.unitId, { overdue });
    if (!entitlement || (entitlement.as === 'DEPUTY' && !task.deputy)) throw organisationProblems.not_entitled();
    if (entitlement.limits.includes(task.requesterPersonId)) throw approvalProblems.self_approval();
    const others = all.filter(({ role, decidedByPersonId }) => role !== task.role && decidedByPersonId !== null);
    const taken = others.flatMap(({ decidedByPersonId, actedForPersonId }) => [decidedByPersonId, actedForPersonId]);
    if (entitlement.limits.some((person) => taken.includes(person))) throw approvalProblems.four_eyes();
    return entitlement;
  }

  private async mustHaveContract(tx: Tx, { providerUnitId, consumerUnitId }: Task): Promise<void> {
    const { status } = await this.organisation.contractBetween(tx, providerUnitId, consumerUnitId, CONTRACT_KIND);
    if (status !== 'VALID') throw approvalProblems.contract_missing();
  }

  private async standing(tx: Tx, task: Task): Promise<ActResult> {
    const { state, revision } = await this.review.lock(tx, task.requestId);
    return { taskState: task.state, requestState: state, requestRevision: revision };
  }
}

const isOwnerStep = ({ role, kind }: Task): boolean =>
  kind === 'APPROVE' && ['OWNER', 'GES_OWNER', 'EB_OWNER'].includes(role);

const decidedBy = (tx: Tx, { personId, principalPersonId, appointmentId }: Entitlement) => ({
  decidedAt: tx.now,
  decidedByPersonId: personId,
  actedForPersonId: principalPersonId,
  appointmentId,
});
