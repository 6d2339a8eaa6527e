import type { TaskLine } from '#lib/approvals';
import type { Tone } from './parts';

/** How urgent a task is, in words. */
export function dueOf({ overdue, questionOpen }: Pick<TaskLine, 'overdue' | 'questionOpen'>): {
  tone: Tone;
  text: string;
} {
  if (questionOpen) return { tone: 'info', text: 'Rückfrage offen, Frist ruht' };
  return overdue ? { tone: 'warning', text: 'überfällig' } : { tone: 'info', text: 'läuft' };
}
