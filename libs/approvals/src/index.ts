export {
  approvalAdvised,
  approvalClosed,
  approvalEscalated,
  approvalGiven,
  approvalOpened,
  approvalOverdue,
  approvalOverrode,
  approvalPlanned,
  approvalRaised,
  approvalRefused,
  approvalReminded,
  approvalVoted,
} from './approvals.events';
export { ApprovalsModule } from './approvals.module';
export { approvalProblems } from './approvals.problems';
export { ApprovalReads } from './approvals.reads';
export { Committee } from './committee.service';
export { Escalation, type RaisedBecause, RAISED_BECAUSE } from './escalation.service';
export { NoticeReads } from './notices.reads';
export { type VoteKind, VOTE_LABEL, VOTES } from './vote.entity';
export { ApprovalService } from './approvals.service';
export { Deadlines } from './deadlines.service';
export {
  type Opinion,
  OPINION_LABEL,
  OPINIONS,
  REFUSAL_REASONS,
  refusalChoices,
  type RefusalReason,
  type TaskState,
  taskStates,
} from './task.states';
export * from './task.use-cases';
export type { ActResult, Notice, StepStatus, TaskLine, TaskView, VotingView } from './task.view';
export { isWorkingDay, lastDay } from './working-days';
export { approvalsMigrations } from './migrations';

import { Task } from './task.entity';
import { Vote } from './vote.entity';

export const approvalsEntities = [Task, Vote];
