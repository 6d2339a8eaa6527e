export {
  approvalAdvised,
  approvalClosed,
  approvalEscalated,
  approvalGiven,
  approvalOpened,
  approvalOverdue,
  approvalOverrode,
  approvalPlanned,
  approvalRefused,
  approvalReminded,
} from './approvals.events';
export { ApprovalsModule } from './approvals.module';
export { approvalProblems } from './approvals.problems';
export { ApprovalReads } from './approvals.reads';
export {
  type ActResult,
  type AdviceInput,
  type ApprovalInput,
  ApprovalService,
  type ContractStepInput,
  type QuestionInput,
  type RefusalInput,
} from './approvals.service';
export { Deadlines } from './deadlines.service';
export {
  type Opinion,
  OPINION_LABEL,
  OPINIONS,
  REFUSAL_REASONS,
  type RefusalReason,
  TASK_MOVES,
  TASK_STATE_LABEL,
  TASK_STATES,
  type TaskState,
} from './task.states';
export type { StepStanding, TaskLine, TaskView } from './task.view';
export { isWorkingDay, lastDay } from './working-days';
export { approvalsMigrations } from './migrations';

import { Task } from './task.entity';

export const approvalsEntities = [Task];
