import { Injectable } from '@nestjs/common';
import { newId, parse, type Tx } from '#lib/kernel';
import { type Actor, administrator } from '../actor';
import { Absence } from '../roles/appointment.entity';
import { absenceEnded } from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { insertAbsence, mustBeAbsencePeriod } from './absence-period';
import { type AbsenceInput, absenceUseCases } from './absence.use-cases';

/** Times in which deputies act. */
@Injectable()
export class Absences {
  /** Marks oneself absent: from then on the deputies may act. For somebody else two administrators do (`People.proposeAbsence`). */
  async setAbsence(tx: Tx, actor: Actor, input: AbsenceInput): Promise<{ absenceId: string }> {
    const { personId, from, to, reason } = parse(absenceUseCases.set.input, input);
    if (actor.personId !== personId) {
      administrator(actor);
      throw problems.absence_two_persons();
    }
    const [fromAt, toAt] = mustBeAbsencePeriod(tx.now, from, to);
    const absenceId = newId();
    await insertAbsence(tx, { id: absenceId, personId, fromAt, toAt, reason, setBy: personId });
    return { absenceId };
  }

  async endAbsence(tx: Tx, actor: Actor, absenceId: string): Promise<void> {
    const absence = await tx.em.findOneBy(Absence, { id: absenceId });
    if (!absence) throw problems.absence_not_found();
    if (actor.personId !== absence.personId) administrator(actor);
    if (absence.toAt <= tx.now) return;
    const toAt = tx.now < absence.fromAt ? absence.fromAt : tx.now;
    await tx.em.update(Absence, { id: absenceId }, { toAt });
    await tx.emit(absenceEnded({ absenceId, to: toAt.toISOString() }), { personId: absence.personId });
  }
}
