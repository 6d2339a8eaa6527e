import { Injectable } from '@nestjs/common';
import { newId, parse, type Tx } from '#lib/kernel';
import { type Actor, permits } from '../actor';
import { AuditMandate, AuditMandateUnit } from './audit-mandate.entity';
import { auditMandateConfirmed, auditMandateEnded, auditMandateRegistered } from './audit-mandate.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { invalid, withProblems } from '../constraints';
import { type AuditMandateInput, auditMandateUseCases } from './audit-mandate.use-cases';

/** Longest time of a mandate (R-AUD-01); the database holds the same. */
export const MANDATE_MONTHS = 6;
/** The register of audit orders: one person puts an order on record, another who is not of the Revisionsamt confirms it. */
@Injectable()
export class AuditMandates {
  constructor(private readonly reads: OrganisationReads) {}

  /** Opens nothing yet. Throws `not_permitted`, `validation_failed`, `mandate_period`. */
  async register(tx: Tx, actor: Actor, input: AuditMandateInput): Promise<{ mandateId: string }> {
    const { reference, basis, subject, wholeCity, ...asked } = parse(auditMandateUseCases.register.input, input);
    const registeredBy = this.person(actor, 'mandate.register');
    const unitIds = [...new Set(asked.unitIds)].sort();
    if (wholeCity === unitIds.length > 0)
      throw invalid('/unitIds', 'Bitte wählen Sie entweder Stellen oder die ganze Stadt.');
    for (const unitId of unitIds) await this.reads.unit(tx, unitId);
    const [validFrom, validUntil] = [new Date(asked.validFrom), new Date(asked.validUntil)];
    if (validUntil <= validFrom) throw invalid('/validUntil', 'Das Ende liegt nicht nach dem Beginn.');
    if (validUntil <= tx.now) throw invalid('/validUntil', 'Das Ende liegt in der Vergangenheit.');
    const id = newId();
    const nobody = { confirmedBy: null, confirmedAt: null, endedBy: null, endedAt: null };
    await withProblems(() =>
      tx.em.insert(AuditMandate, {
        id,
        reference,
        basis,
        subject,
        wholeCity,
        validFrom,
        validUntil,
        registeredBy,
        registeredAt: tx.now,
        ...nobody,
      }),
    );
    for (const unitId of unitIds) await tx.em.insert(AuditMandateUnit, { mandateId: id, unitId });
    const validity = { validFrom: validFrom.toISOString(), validUntil: validUntil.toISOString() };
    await tx.emit(auditMandateRegistered({ mandateId: id, basis, wholeCity, unitIds, ...validity }), {
      reference,
      subject,
    });
    return { mandateId: id };
  }

  /** From now on the Revisionsamt reads what the order names. Throws `mandate_two_persons`, `mandate_own_house`, `mandate_state`. */
  async confirm(tx: Tx, actor: Actor, mandateId: string): Promise<void> {
    const confirmedBy = this.person(actor, 'mandate.confirm');
    const mandate = await this.lock(tx, mandateId);
    if (mandate.registeredBy === confirmedBy) throw problems.mandate_two_persons();
    if (actor.appointments.some(({ role }) => role === 'REVISION')) throw problems.mandate_own_house();
    if (mandate.confirmedAt || mandate.endedAt || mandate.validUntil <= tx.now) throw problems.mandate_state();
    await withProblems(() => tx.em.update(AuditMandate, { id: mandateId }, { confirmedBy, confirmedAt: tx.now }));
    await tx.emit(auditMandateConfirmed({ mandateId }));
  }

  /** At once and for good: the next page of the Revisionsamt is closed. */
  async end(tx: Tx, actor: Actor, mandateId: string): Promise<void> {
    const endedBy = this.person(actor, permits(actor, 'mandate.confirm') ? 'mandate.confirm' : 'mandate.register');
    const mandate = await this.lock(tx, mandateId);
    if (mandate.endedAt || mandate.validUntil <= tx.now) throw problems.mandate_state();
    await withProblems(() => tx.em.update(AuditMandate, { id: mandateId }, { endedBy, endedAt: tx.now }));
    await tx.emit(auditMandateEnded({ mandateId }));
  }

  private person(actor: Actor, may: 'mandate.register' | 'mandate.confirm'): string {
    if (actor.personId === null || !permits(actor, may)) throw problems.not_permitted();
    return actor.personId;
  }

  private async lock(tx: Tx, id: string): Promise<AuditMandate> {
    const mandate = await tx.em.findOne(AuditMandate, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!mandate) throw problems.mandate_not_found();
    return mandate;
  }
}
