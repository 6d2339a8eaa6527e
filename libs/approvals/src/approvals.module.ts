import { CatalogueModule } from '#lib/catalogue';
import { EventHandlers, Schedules, type StoredEvent, type Tx } from '#lib/kernel';
import { OrganisationModule } from '#lib/organisation';
import { type RequestCause, RequestsModule } from '#lib/requests';
import { RulebookModule } from '#lib/rulebook';
import { Module, type OnModuleInit } from '@nestjs/common';
import { ApprovalReads } from './approvals.reads';
import { ApprovalService } from './approvals.service';
import { Committee } from './committee.service';
import { Deadlines } from './deadlines.service';
import { Deciders } from './deciders.service';
import { Escalation } from './escalation.service';
import { NoticeReads } from './notices.reads';
import { TaskAccess } from './task-access.service';
import { TaskPlan } from './task-plan.service';
import { TaskRepository } from './tasks.repository';

/** What of the steps already done still counts after a decision: all, none, or those done for the case as it is now. */
const KEEPS: Record<RequestCause, boolean | 'IF_SAME_CASE'> = {
  SUBMIT: false,
  ANSWER: false,
  NARROWED: true,
  APPROVAL: true,
  UNIT_CHANGE: 'IF_SAME_CASE',
  CIRCUMSTANCES: true,
  PRODUCT_CHANGE: 'IF_SAME_CASE',
};

@Module({
  imports: [OrganisationModule, RulebookModule, CatalogueModule, RequestsModule],
  providers: [
    TaskRepository,
    Deciders,
    Escalation,
    TaskPlan,
    TaskAccess,
    ApprovalService,
    Committee,
    ApprovalReads,
    NoticeReads,
    Deadlines,
  ],
  exports: [Escalation, ApprovalService, Committee, ApprovalReads, NoticeReads, Deadlines],
})
export class ApprovalsModule implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly schedules: Schedules,
    private readonly plan: TaskPlan,
    private readonly deadlines: Deadlines,
    private readonly escalation: Escalation,
  ) {}

  onModuleInit(): void {
    const id = ({ facts }: StoredEvent): string => String(facts.requestId);
    const on = (name: string, types: string[], handle: (tx: Tx, event: StoredEvent) => Promise<void>) =>
      this.handlers.register({ name: `approvals.${name}`, on: types, handle });

    on('plan', ['request.decided.v1'], async (tx, event) => {
      const { to, decisionId, cause } = event.facts;
      const keep = KEEPS[cause as RequestCause];
      if (to === 'IN_REVIEW') await this.plan.plan(tx, id(event), String(decisionId), { keep });
      else await this.plan.closeAll(tx, id(event), 'DECIDED_ANEW');
    });
    on('refused', ['request.refused.v1'], (tx, event) => this.plan.closeAll(tx, id(event), 'REFUSED'));
    on('withdrawn', ['request.withdrawn.v1'], (tx, event) => this.plan.closeAll(tx, id(event), 'WITHDRAWN'));
    on('expired', ['request.expired.v1'], (tx, event) => this.plan.closeAll(tx, id(event), 'EXPIRED'));
    on('answered', ['request.answered.v1'], (tx, event) =>
      this.plan.resume(tx, id(event), String(event.facts.questionId), event.time),
    );
    this.schedules.register({ name: 'approvals.deadlines', everySeconds: 300, run: () => this.deadlines.run() });
    this.schedules.register({ name: 'approvals.escalation', everySeconds: 300, run: () => this.escalation.sweep() });
  }
}
