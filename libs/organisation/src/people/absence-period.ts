import { dayOf, type Tx } from '#lib/kernel';
import { invalid, withProblems } from '../constraints';
import { absenceSet } from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { Absence } from '../roles/appointment.entity';

/** Begin and end as moments. Throws `validation_failed` unless it begins today or later and ends after that; how long it may last says the database. */
export function mustBeAbsencePeriod(now: Date, from: string, to: string): [Date, Date] {
  const [begin, end] = [new Date(from), new Date(to)];
  if (end <= begin) throw invalid('/to', 'Das Ende liegt nicht nach dem Beginn.');
  if (dayOf(begin) < dayOf(now)) throw invalid('/from', 'Der Beginn liegt vor dem heutigen Tag.');
  if (end <= now) throw invalid('/to', 'Das Ende liegt in der Vergangenheit.');
  return [begin, end];
}

/** Writes it down and tells it. Throws `absence_period`, `absence_two_persons`. */
export async function insertAbsence(tx: Tx, absence: Absence): Promise<void> {
  if (absence.toAt <= absence.fromAt) throw problems.absence_period();
  await withProblems(() => tx.em.insert(Absence, absence));
  const { id: absenceId, fromAt, toAt, personId } = absence;
  await tx.emit(absenceSet({ absenceId, from: fromAt.toISOString(), to: toAt.toISOString() }), { personId });
}
