import { CatalogueReads } from '#lib/catalogue';
import { newId, type Tx } from '#lib/kernel';
import { OrganisationReads, type RoleCode } from '#lib/organisation';
import type { Chain, Step } from '#lib/policy';
import {
  type Conditions,
  joined,
  type RequestFacts,
  RequestReads,
  RequestReview,
  type StoredDecision,
} from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { approvalClosed, approvalOpened, approvalPlanned } from './approvals.events';
import { Escalation } from './escalation.service';
import type { Task } from './task.entity';
import { isDone } from './task.states';
import { taskFacts, TaskRepository } from './tasks.repository';

type ClosingCause = Parameters<typeof approvalClosed>[0]['cause'];

/** Turns chains into tasks and keeps them in step with their request. Runs in the worker, by event, and is idempotent. */
@Injectable()
export class TaskPlan {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly requests: RequestReads,
    private readonly review: RequestReview,
    private readonly organisation: OrganisationReads,
    private readonly catalogue: CatalogueReads,
    private readonly escalation: Escalation,
  ) {}

  /**
   * Makes the tasks of a decision. After a changed form a new round begins and nothing done before counts; when only
   * further steps came or some fell away (`keep`), what was done stays, and so does a task that is still asked for; when a unit changed, it stays if it was done for the same case. An
   * event that is out of date by now plans nothing.
   */
  async plan(
    tx: Tx,
    requestId: string,
    decisionId: string,
    { keep: wanted }: { keep: boolean | 'IF_SAME_CASE' },
  ): Promise<void> {
    const { state } = await this.review.lock(tx, requestId);
    const request = await this.requests.request(tx, requestId);
    const chain = (await this.requests.decision(tx, decisionId))?.chain;
    if (state !== 'IN_REVIEW' && state !== 'QUESTION') return;
    if (request.decisionId !== decisionId || !chain) return;

    const before = await this.tasks.ofRequest(tx, requestId);
    if (before.some((task) => task.decisionId === decisionId)) return;
    const last = Math.max(0, ...before.map(({ round }) => round));
    const keep =
      wanted === 'IF_SAME_CASE'
        ? await this.sameCase(
            tx,
            request,
            before.filter(({ round }) => round === last),
          )
        : wanted;
    const seats = await this.requests.partiesNow(tx, request);
    const round = keep && last > 0 ? last : last + 1;
    const { card } = await this.catalogue.product(tx, request.productId);
    const done = before.filter((task) => task.round === round && isDone(task.state));
    const wantedNow = stepsOf(chain)
      .filter(
        ([, { id, seat, kind }]) => !done.some((one) => one.step === id && one.seat === seat && one.kind === kind),
      )
      .map(([stage, step]) =>
        taskOf(request, seats, withinPromise(step, card.slaDays), { decisionId, round, stage, createdAt: tx.now }),
      );
    const next = Math.min(...wantedNow.map(({ stage }) => stage));
    const left = before.filter(({ state: at }) => at === 'WAITING' || at === 'OPEN');
    // what is still asked for in the same way stays where it lies, unless something comes before it now
    const stays = (task: Task): Task | undefined =>
      keep && task.round === round
        ? wantedNow.find((one) => isSameStep(one, task) && (task.state === 'WAITING' || one.stage === next))
        : undefined;
    for (const task of left) if (!stays(task)) await this.close(tx, task, 'DECIDED_ANEW');
    for (const task of wantedNow) {
      const there = left.find((one) => stays(one) === task);
      if (there) {
        await this.tasks.restOn(tx, there, { decisionId, stage: task.stage });
        continue;
      }
      const { stage } = task;
      await this.tasks.insert(tx, task);
      const { kind } = task;
      await tx.emit(
        approvalPlanned({ ...taskFacts(task), from: null, to: 'WAITING', revision: 1, kind, decisionId, round, stage }),
      );
    }
    // steps may fall away with what they waited for: then the rest is done
    if ((await this.advance(tx, requestId)) && done.length > 0) await this.complete(tx, requestId);
  }

  /**
   * After a change of units: whether what was done in a round was done for the case as it is now. Not when the rules see
   * the parties differently, nor when an office that voted is a party now or is no office any more.
   */
  private async sameCase(tx: Tx, request: RequestFacts, round: readonly Task[]): Promise<boolean> {
    const decisionId = round.at(-1)?.decisionId;
    const before = decisionId ? await this.requests.decision(tx, decisionId) : null;
    const now = await this.requests.decision(tx, request.decisionId ?? '');
    if (!before || !now || caseOf(before) !== caseOf(now)) return false;
    const parties: string[] = [];
    const { consumerUnitId, controllerUnitId, providerUnitId } = await this.requests.partiesNow(tx, request);
    for (const unitId of [consumerUnitId, controllerUnitId, providerUnitId])
      if (unitId) parties.push(await this.organisation.officeOf(tx, unitId));
    for (const task of round.filter(({ votesNeeded }) => votesNeeded !== null)) {
      for (const { officeUnitId } of await this.tasks.votes(tx, task)) {
        if (parties.includes(officeUnitId) || (await this.organisation.officeOf(tx, officeUnitId)) !== officeUnitId)
          return false;
      }
    }
    return true;
  }

  /** Opens the next stage once the one before is complete. Gives true when no step of the round is left. */
  async advance(tx: Tx, requestId: string): Promise<boolean> {
    const all = await this.tasks.ofRequest(tx, requestId);
    const round = Math.max(0, ...all.map((task) => task.round));
    const left = all.filter((task) => task.round === round && (task.state === 'WAITING' || task.state === 'OPEN'));
    if (left.length === 0) return true;
    const stage = Math.min(...left.map((task) => task.stage));
    for (const task of left.filter((one) => one.stage === stage && one.state === 'WAITING')) {
      const dueAt = await this.tasks.dueAt(tx, task.workingDays);
      await this.tasks.move(tx, task, 'OPEN', (move) => approvalOpened({ ...move, dueAt: dueAt.toISOString() }), {
        openedAt: tx.now,
        dueAt,
      });
    }
    // what was just decided may have excluded the last one who could decide another open step
    await this.escalation.look(tx, requestId);
    return false;
  }

  /** Every step of the round is done: the request is decided once more, under the conditions that were given. */
  async complete(tx: Tx, requestId: string): Promise<void> {
    const all = await this.tasks.ofRequest(tx, requestId);
    const round = Math.max(0, ...all.map((task) => task.round));
    const done = all.filter((task) => task.round === round && isDone(task.state));
    const given = done.reduce<Conditions>(
      (sum, { kind, conditions }) => (kind === 'APPROVE' && conditions ? joined(sum, conditions) : sum),
      {},
    );
    const steps = done.map(({ id: taskId, step, role, seat, kind }) => ({ taskId, step, role, seat, kind }));
    await this.review.markApproved(tx, requestId, given, steps);
  }

  /** Closes what is still to do for a request that ended. */
  async closeAll(tx: Tx, requestId: string, cause: ClosingCause): Promise<void> {
    await this.review.lock(tx, requestId);
    for (const task of await this.tasks.ofRequest(tx, requestId)) {
      if (task.state === 'WAITING' || task.state === 'OPEN') await this.close(tx, task, cause);
    }
  }

  /** A question stopped the clock; its answer sets it going again with the time that was left. */
  async resume(tx: Tx, requestId: string, questionId: string, answeredAt: Date): Promise<void> {
    await this.review.lock(tx, requestId);
    await tx.sql(
      `WITH moved AS (
         UPDATE approvals.task t SET due_at = t.due_at + ($3::timestamptz - greatest(q.created_at, t.opened_at))
           FROM requests.question q
          WHERE q.id = $2 AND t.request_id = $1 AND t.state = 'OPEN' AND t.opened_at < $3 RETURNING t.id)
       SELECT count(*) FROM moved`,
      [requestId, questionId, answeredAt],
    );
  }

  private close(tx: Tx, task: Task, cause: ClosingCause): Promise<void> {
    return this.tasks.move(tx, task, 'CLOSED', (move) => approvalClosed({ ...move, cause }));
  }
}

/** Whether two tasks ask the same people for the same. */
const isSameStep = (a: Task, b: Task): boolean =>
  (['step', 'role', 'kind', 'seat', 'unitId', 'needs', 'deputy', 'inPerson', 'votesNeeded', 'offices'] as const).every(
    (key) => a[key] === b[key],
  );

/** What the deciders had before them, but for the names of the units. */
const caseOf = ({ facts, rules, obligations, chain }: StoredDecision): string =>
  JSON.stringify([facts.consumer.kind, facts.product.provider, facts.contract.status, rules, obligations, chain?.ids]);

const stepsOf = (chain: Chain): [stage: number, step: Step][] =>
  chain.stages.flatMap((steps, stage) => steps.map((step): [number, Step] => [stage, step]));

/** What the owner promised the asking side holds for every step at its own desks; a longer promise gives no longer time. */
export const withinPromise = (step: Step, slaDays: number | undefined): Step =>
  step.seat === 'PROVIDER' && slaDays !== undefined
    ? { ...step, workingDays: Math.min(step.workingDays, slaDays) }
    : step;

function taskOf(
  request: RequestFacts,
  /** who sits on both sides now; the units of the request are its history */
  seats: Pick<RequestFacts, 'consumerUnitId' | 'providerUnitId' | 'controllerUnitId'>,
  step: Step,
  place: Pick<Task, 'decisionId' | 'round' | 'stage' | 'createdAt'>,
): Task {
  const { consumerUnitId, providerUnitId, requesterPersonId } = request;
  return {
    ...place,
    id: newId(),
    requestId: request.id,
    step: step.id,
    role: step.role as RoleCode,
    kind: step.kind,
    seat: step.seat,
    needs: step.needs ?? null,
    deputy: step.deputy,
    inPerson: step.inPerson ?? false,
    votesNeeded: step.quorum?.votes ?? null,
    offices: step.quorum?.of ?? null,
    unitId: {
      CONSUMER: seats.consumerUnitId,
      CONTROLLER: seats.controllerUnitId,
      PROVIDER: seats.providerUnitId,
      CITY: null,
    }[step.seat],
    consumerUnitId,
    providerUnitId,
    requesterPersonId,
    state: 'WAITING',
    revision: 1,
    workingDays: step.workingDays,
    openedAt: null,
    dueAt: null,
    remindedAt: null,
    overdueAt: null,
    escalatedAt: null,
    raisedRole: null,
    raisedUnitId: null,
    raisedBecause: null,
    decidedAt: null,
    decidedByPersonId: null,
    actedForPersonId: null,
    appointmentId: null,
    delegationId: null,
    evidence: null,
    admissionReference: null,
    opinion: null,
    text: null,
    conditions: null,
    reasonCode: null,
  };
}
