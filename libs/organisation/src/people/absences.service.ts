import { Injectable } from '@nestjs/common';
import { newId, parse, type Tx } from '#lib/kernel';
import { type Actor, administrator } from '../actor';
import { Absence } from '../roles/appointment.entity';
import { absenceEnded, absenceSet } from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { invalid } from '../constraints';
import { type AbsenceInput, absenceUseCases } from './absence.use-cases';

/** Times in which deputies act. */
@Injectable()
export class Absences {
  constructor(private readonly reads: OrganisationReads) {}

  /** Marks oneself absent, or, as administrator, somebody else: from then on the deputies may act. */
  async setAbsence(tx: Tx, actor: Actor, input: AbsenceInput): Promise<{ absenceId: string }> {
    const { personId, from, to, reason } = parse(absenceUseCases.set.input, input);
    if (actor.personId !== personId) administrator(actor);
    await this.reads.person(tx, personId);
    if (new Date(to) <= new Date(from)) throw invalid('/to', 'Das Ende liegt nicht nach dem Beginn.');
    const absence = {
      id: newId(),
      personId,
      fromAt: new Date(from),
      toAt: new Date(to),
      reason,
      setBy: actor.personId ?? '',
    };
    await tx.em.insert(Absence, absence);
    await tx.emit(
      absenceSet({ absenceId: absence.id, from: absence.fromAt.toISOString(), to: absence.toAt.toISOString() }),
      { personId },
    );
    return { absenceId: absence.id };
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
