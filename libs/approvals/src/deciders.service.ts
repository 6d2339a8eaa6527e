import { CatalogueReads } from '#lib/catalogue';
import type { Tx } from '#lib/kernel';
import {
  type Actor,
  type Entitlement,
  OrganisationReads,
  organisationProblems,
  type RoleCode,
  type Subject,
} from '#lib/organisation';
import { Handovers, RequestReads } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { approvalProblems } from './approvals.problems';
import type { Task } from './task.entity';
import { TaskRepository } from './tasks.repository';

/** A role in a unit, or city-wide with null: who a step is for. */
export interface Desk {
  role: RoleCode;
  unitId: string | null;
}

/** Whether anybody of a desk may decide a step. EXCLUDED: everybody had another part; ABSENT: whoever may is away. */
export type Staffing = 'SOMEBODY' | 'EXCLUDED' | 'VACANT' | 'ABSENT';

/** Who may decide a step: the one place that says so, for the act, for the inbox and for the escalation. */
@Injectable()
export class Deciders {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly requests: RequestReads,
    private readonly handovers: Handovers,
    private readonly catalogue: CatalogueReads,
    private readonly tasks: TaskRepository,
  ) {}

  /**
   * The right to act on a task, or the problem why not: `self_approval` for whoever asks, also as or through a deputy or
   * delegate (SOD-1, SOD-8); `not_entitled` without the role now, of the step or of the desk it was raised to;
   * `four_eyes` for who had another part in the request (SOD-2); `delegation_across` for a delegate of the asking side.
   */
  async entitled(tx: Tx, actor: Pick<Actor, 'personId'>, task: Task, all: readonly Task[]): Promise<Entitlement> {
    const { askers, taken } = await this.parts(tx, task, all);
    if (actor.personId !== null && askers.includes(actor.personId)) throw approvalProblems.self_approval();
    const about = await this.about(tx, task);
    const entitlement = (await this.at(tx, actor, task, task, about)) ?? (await this.raised(tx, actor, task, about));
    if (!entitlement) throw organisationProblems.not_entitled();
    if (entitlement.limits.some((person) => askers.includes(person))) throw approvalProblems.self_approval();
    if (entitlement.limits.some((person) => taken.includes(person))) throw approvalProblems.four_eyes();
    if (await this.crosses(tx, task, entitlement)) throw organisationProblems.delegation_across();
    return entitlement;
  }

  /** Whether somebody of this desk may decide the step, were the principals away: deputies and delegates count. */
  async staffing(tx: Tx, task: Task, all: readonly Task[], desk: Desk): Promise<Staffing> {
    const { askers, taken } = await this.parts(tx, task, all);
    const excluded = [...askers, ...taken];
    const about = await this.about(tx, task);
    const holders = await this.organisation.holders(tx, desk.role, desk.unitId, about);
    const delegates = task.inPerson ? [] : await this.organisation.delegates(tx, desk.role, desk.unitId, about);
    const people = new Set([...holders, ...delegates].map(({ personId }) => personId));
    let [left, there] = [0, 0];
    for (const personId of people) {
      // as if overdue: whether a deputy may act already is another question than whether there is one
      const right = await this.at(tx, { personId }, { ...task, dueAt: new Date(0) }, desk, about);
      if (!right || right.limits.some((person) => excluded.includes(person))) continue;
      if (await this.crosses(tx, task, right)) continue;
      left += 1;
      if (!(await this.organisation.isAbsent(tx, personId))) there += 1;
    }
    if (there > 0) return 'SOMEBODY';
    if (left > 0) return 'ABSENT';
    return people.size > 0 ? 'EXCLUDED' : 'VACANT';
  }

  /** What is passed on in writing does not cross from the giving to the asking side (SOD-9). */
  private async crosses(tx: Tx, { requestId }: Task, { as, personId }: Entitlement): Promise<boolean> {
    return as === 'DELEGATE' && (await this.handovers.standsWithAsker(tx, requestId, personId));
  }

  private raised(tx: Tx, actor: Pick<Actor, 'personId'>, task: Task, about: Subject): Promise<Entitlement | null> {
    const { raisedRole: role, raisedUnitId: unitId } = task;
    return role === null ? Promise.resolve(null) : this.at(tx, actor, task, { role, unitId }, about);
  }

  private async at(
    tx: Tx,
    actor: Pick<Actor, 'personId'>,
    task: Task,
    { role, unitId }: Desk,
    about: Subject,
  ): Promise<Entitlement | null> {
    const overdue = task.dueAt !== null && task.dueAt <= tx.now;
    const right = await this.organisation.entitledAs(tx, actor, role, unitId, {
      overdue,
      inPerson: task.inPerson,
      about,
    });
    return right?.as === 'DEPUTY' && !task.deputy ? null : right;
  }

  private async about(tx: Tx, { requestId }: Task): Promise<Subject> {
    return this.catalogue.subject(tx, (await this.requests.request(tx, requestId)).productId);
  }

  /** Who asks, and who decided in another role of this request, in any round, or is stood in for there. */
  private async parts(
    tx: Tx,
    task: Task,
    all: readonly Task[],
  ): Promise<{ askers: string[]; taken: (string | null)[] }> {
    const { askers } = await this.handovers.responsiblePerson(tx, task.requestId);
    const others = all.filter((other) => other.role !== task.role && other.decidedByPersonId !== null);
    const taken = others.flatMap(({ decidedByPersonId, actedForPersonId }) => [decidedByPersonId, actedForPersonId]);
    return { askers, taken: [...taken, ...(await this.tasks.votersElsewhere(tx, task))] };
  }
}
