import { parse, type Tx } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import { RequestReview } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { approvalGiven, approvalRefused, approvalVoted } from './approvals.events';
import { approvalProblems } from './approvals.problems';
import { decidedBy, TaskAccess } from './task-access.service';
import type { ActResult } from './task.view';
import { TaskPlan } from './task-plan.service';
import type { Task } from './task.entity';
import { taskFacts, TaskRepository } from './tasks.repository';
import type { Vote } from './vote.entity';
import { taskUseCases, type VoteInput } from './task.use-cases';
import type { Count } from './task.view';

/** Offices of a committee that are themselves a party have no vote, and no empty seat takes their place. */
export function counted(
  task: Pick<Task, 'votesNeeded' | 'offices'>,
  votes: readonly Pick<Vote, 'vote'>[],
  excluded: number,
): Count {
  const needed = task.votesNeeded ?? 0;
  const entitled = Math.max(0, (task.offices ?? 0) - excluded);
  const yes = votes.filter(({ vote }) => vote === 'FOR').length;
  const against = votes.length - yes;
  return { needed, entitled, for: yes, against, reachable: entitled - against >= needed };
}

/** The Steuerungskreis decides by the votes of its offices: one each, for ever, none for an office that is a party. */
@Injectable()
export class Committee {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly review: RequestReview,
    private readonly tasks: TaskRepository,
    private readonly plan: TaskPlan,
    private readonly access: TaskAccess,
  ) {}

  /**
   * Gives the vote of the actor's office. The vote that completes the majority approves the step; a vote against that
   * puts it out of reach refuses the request. Two votes at once meet at the lock of the request.
   */
  async vote(actor: Actor, taskId: string, given: VoteInput): Promise<ActResult> {
    const { revision, vote, text } = parse(taskUseCases.vote.input, given);
    return this.access.act(actor, async (tx) => {
      const { request, task, entitlement } = await this.access.actable(tx, actor, taskId, revision);
      if (task.votesNeeded === null) throw approvalProblems.decision_needed();
      if (vote === 'FOR') await this.review.mustBeReleased(tx, request);
      const before = await this.count(tx, task);
      if (vote === 'FOR' && !before.reachable) throw approvalProblems.vote_out_of_reach();
      const officeUnitId = await this.organisation.officeOf(tx, entitlement.unitId);
      const { requestId, round, role, consumerUnitId, providerUnitId, requesterPersonId } = task;
      await this.tasks.addVote(tx, {
        ...{ taskId, requestId, round, role, consumerUnitId, providerUnitId, requesterPersonId, officeUnitId },
        personId: entitlement.personId,
        actedForPersonId: entitlement.principalPersonId,
        appointmentId: entitlement.appointmentId,
        vote,
        text: text ?? null,
        votedAt: tx.now,
      });
      const { as } = entitlement;
      await tx.emit(approvalVoted({ ...taskFacts(task), officeUnitId, vote, as }), text ? { text } : {});
      const now = await this.count(tx, task);
      if (now.for >= now.needed) {
        const event = { as, conditions: [], votes: now.for };
        await this.tasks.move(
          tx,
          task,
          'APPROVED',
          (move) => approvalGiven({ ...move, ...event }),
          decidedBy(tx, entitlement),
        );
        return this.access.next(tx, task);
      }
      if (vote === 'AGAINST' && !now.reachable) {
        const reasonCode = 'STEUERUNGSKREIS';
        const why = text ?? '';
        const changes = { ...decidedBy(tx, entitlement), reasonCode, text: why };
        await this.tasks.move(tx, task, 'REFUSED', (move) => approvalRefused({ ...move, as, reasonCode }), changes, {
          text: why,
        });
        await this.review.markRefused(tx, requestId, { reasonCode, text: why });
        await this.plan.closeAll(tx, requestId, 'REFUSED');
      }
      return this.access.status(tx, task);
    });
  }

  /** How the vote of a task stands. */
  async count(tx: Tx, task: Task): Promise<Count> {
    const parties = new Set(await this.access.partyOffices(tx, task));
    const members = await this.organisation.holders(tx, task.role, null);
    const seats = new Set<string>();
    for (const { unitId } of members) seats.add(await this.organisation.officeOf(tx, unitId));
    // two offices that became one have one vote, and a no is not outvoted by its own half; a party has none
    const byOffice = new Map<string, Pick<Vote, 'vote'>>();
    for (const { officeUnitId, vote } of await this.tasks.votes(tx, task)) {
      const office = await this.organisation.officeOf(tx, officeUnitId);
      if (!parties.has(office) && byOffice.get(office)?.vote !== 'AGAINST') byOffice.set(office, { vote });
    }
    return counted(task, [...byOffice.values()], [...parties].filter((office) => seats.has(office)).length);
  }
}
