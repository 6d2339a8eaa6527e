import { AuditReveal } from './audit-reveal.entity';
import { InitAssurance1796040000181 } from './migrations/1796040000181-init-assurance';

export { revealAsked, revealConsented, revealRead, revealRefused } from './assurance.events';
export { AssuranceModule } from './assurance.module';
export { assuranceProblems } from './assurance.problems';
export { REVEAL_REASON_NAME, REVEAL_REASONS, type RevealReason } from './audit-reveal.entity';
export { auditRevealUseCases, type RevealInput } from './audit-reveal.use-cases';
export type { RevealLine } from './audit-reveal.view';
export { AuditReveals } from './audit-reveals';
export { AuditRevealService } from './audit-reveal.service';

export const assuranceEntities = [AuditReveal];
export const assuranceMigrations = [InitAssurance1796040000181];
