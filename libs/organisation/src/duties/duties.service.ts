import { Injectable } from '@nestjs/common';
import { newId, parse, type Tx } from '#lib/kernel';
import { type Actor, permits } from '../actor';
import { invalid, withProblems } from '../constraints';
import { dutyEnded, dutyRegistered } from '../organisation.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { Duty } from './duty.entity';
import { type DutyInput, dutyUseCases } from './duty.use-cases';

/**
 * The register of duties, kept by the governance office. An entry alone loosens nothing: the owner of the data must have
 * said, and a second person released, that they were collected for it.
 */
@Injectable()
export class Duties {
  constructor(private readonly reads: OrganisationReads) {}

  /** Puts a duty of a unit on record. Throws `duty_code_taken`, `unit_ended`. */
  async registerDuty(tx: Tx, actor: Actor, input: DutyInput): Promise<{ dutyId: string }> {
    await this.governance(tx, actor);
    const { unitId, code, name, norm, ...validity } = parse(dutyUseCases.register.input, input);
    const validFrom = new Date(validity.validFrom);
    const validTo = validity.validTo === null ? null : new Date(validity.validTo);
    if (validTo !== null && validTo <= validFrom) throw invalid('/validTo', 'Das Ende liegt nicht nach dem Beginn.');
    // a unit that ended is given no task any more
    if ((await this.reads.living(tx, unitId)).id !== unitId) throw problems.unit_ended();
    const dutyId = newId();
    const duty = { id: dutyId, code, name, norm, unitId, validFrom, validTo };
    await withProblems(() => tx.em.insert(Duty, { ...duty, registeredBy: actor.personId, endedBy: null }));
    await tx.emit(
      dutyRegistered({
        dutyId,
        unitId,
        code,
        validFrom: validFrom.toISOString(),
        validTo: validTo?.toISOString() ?? null,
      }),
    );
    return { dutyId };
  }

  /** Ends a duty now. What is delivered for it is decided again. Throws `duty_not_found`, `duty_ended`. */
  async endDuty(tx: Tx, actor: Actor, id: string): Promise<void> {
    await this.governance(tx, actor);
    const duty = await tx.em.findOne(Duty, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!duty) throw problems.duty_not_found();
    if (duty.validTo !== null && duty.validTo <= tx.now) throw problems.duty_ended();
    const validTo = tx.now < duty.validFrom ? duty.validFrom : tx.now;
    await tx.em.update(Duty, { id }, { validTo, endedBy: actor.personId });
    await tx.emit(dutyEnded({ dutyId: id, unitId: duty.unitId, code: duty.code, validTo: validTo.toISOString() }));
  }

  private async governance(tx: Tx, actor: Actor): Promise<void> {
    if (!permits(actor, 'duty.register')) throw problems.not_permitted();
    if (!(await this.reads.entitledAs(tx, actor, 'GS_DG', null, { overdue: false }))) throw problems.not_entitled();
  }
}
