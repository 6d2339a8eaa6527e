import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, isId, newId, parse, pseudonym, type Tx } from '#lib/kernel';
import { type Actor, permits } from '../actor';
import { AuditReveal } from './audit-reveal.entity';
import { revealAsked, revealConsented, revealRead, revealRefused } from './audit-reveal.events';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationReads } from '../organisation.reads';
import { withProblems } from '../constraints';
import type { RoleCode } from '../roles/roles';
import { revealInput, type RevealInput } from './audit-reveal.use-cases';
import type { RevealLine } from './audit-reveal.view';

const DAYS = 7;

/**
 * The person behind one entry of the log: asked for by the Revisionsamt under a mandate, opened by data protection and
 * Geschäftsstelle together, for seven days, known to the Personalrat (R-AUD-02). Off until the agreement with the
 * Personalrat is signed (`PERSON_LEVEL_LOG_REVEAL`).
 */
@Injectable()
export class AuditReveals {
  constructor(
    private readonly reads: OrganisationReads,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The caller has shown that the entry is in sight of the mandate. Throws `reveal_switched_off`, `audit_mandate_missing`. */
  async ask(tx: Tx, actor: Actor, eventId: string, input: RevealInput): Promise<{ revealId: string }> {
    const { reasonCode, reason } = parse(revealInput, input);
    const { personId, mandateId } = this.auditor(actor);
    const id = newId();
    const nobody = { dsbBy: null, dsbAt: null, gsBy: null, gsAt: null, refusedBy: null, refusedAt: null };
    const expiresAt = new Date(tx.now.getTime() + DAYS * 86_400_000);
    await withProblems(() =>
      tx.em.insert(AuditReveal, {
        id,
        eventId,
        mandateId,
        reasonCode,
        reason,
        askedBy: personId,
        askedAt: tx.now,
        expiresAt,
        ...nobody,
      }),
    );
    await tx.emit(revealAsked({ revealId: id, entryId: eventId, mandateId, ground: reasonCode }), { reason });
    return { revealId: id };
  }

  /** The word of data protection or of the Geschäftsstelle; both are needed, of two people. Throws `not_entitled`, `reveal_state`, `reveal_two_persons`. */
  async answer(tx: Tx, actor: Actor, id: string, consent: boolean): Promise<void> {
    this.switchedOn();
    const reveal = await tx.em.findOne(AuditReveal, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!reveal) throw problems.reveal_not_found();
    const role = (await this.entitled(tx, actor, 'DSB'))
      ? 'DSB'
      : (await this.entitled(tx, actor, 'GS_DG'))
        ? 'GS_DG'
        : null;
    if (!role) throw problems.not_entitled();
    const given = role === 'DSB' ? reveal.dsbAt : reveal.gsAt;
    if (given || reveal.refusedAt || reveal.expiresAt <= tx.now) throw problems.reveal_state();
    const by = { by: actor.personId, at: tx.now };
    const changes = !consent
      ? { refusedBy: by.by, refusedAt: by.at }
      : role === 'DSB'
        ? { dsbBy: by.by, dsbAt: by.at }
        : { gsBy: by.by, gsAt: by.at };
    await withProblems(() => tx.em.update(AuditReveal, { id }, changes));
    await tx.emit(consent ? revealConsented({ revealId: id, role }) : revealRefused({ revealId: id, role }));
  }

  /** The name, while both consents and a mandate hold. Each look is an event. Throws `reveal_closed`, `reveal_not_found`. */
  async person(tx: Tx, actor: Actor, id: string): Promise<{ personName: string }> {
    this.auditor(actor);
    const reveal = isId(id) ? await tx.em.findOneBy(AuditReveal, { id }) : null;
    if (!reveal) throw problems.reveal_not_found();
    if (stateOf(reveal, tx.now) !== 'OPEN' || !actor.acting.mandates?.includes(reveal.mandateId))
      throw problems.reveal_closed();
    const [entry] = await tx.sql<{ actor: string; at: Date }>(
      'SELECT actor, created_at AS at FROM kernel.audit_event WHERE event_id = $1',
      [reveal.eventId],
    );
    await tx.emit(revealRead({ revealId: id, entryId: reveal.eventId, mandateIds: [...actor.acting.mandates] }));
    const people = await tx.sql<{ id: string; name: string }>(
      `SELECT id, given_name || ' ' || family_name AS name FROM organisation.person`,
    );
    for (const { id: personId, name } of people)
      if ((await pseudonym(tx.em, personId, entry!.at.getUTCFullYear())) === entry!.actor) return { personName: name };
    throw problems.reveal_nobody();
  }

  /** All of them, newest first, for those who take part and for the Personalrat. Throws `not_permitted`. */
  async list(tx: Tx, actor: Actor): Promise<RevealLine[]> {
    if (!permits(actor, 'reveal.read')) throw problems.not_permitted();
    const holds = (role: RoleCode): boolean => actor.appointments.some((one) => one.role === role);
    const reveals = await tx.em.find(AuditReveal, { order: { askedAt: 'DESC' }, take: 200 });
    return reveals.map((reveal) => ({
      id: reveal.id,
      eventId: reveal.eventId,
      reasonCode: reveal.reasonCode,
      state: stateOf(reveal, tx.now),
      consentOfDsb: reveal.dsbAt !== null,
      consentOfGs: reveal.gsAt !== null,
      askedAt: reveal.askedAt.toISOString(),
      expiresAt: reveal.expiresAt.toISOString(),
      answer:
        stateOf(reveal, tx.now) !== 'WAITING'
          ? null
          : holds('DSB') && !reveal.dsbAt
            ? 'DSB'
            : holds('GS_DG') && !reveal.gsAt
              ? 'GS_DG'
              : null,
    }));
  }

  private auditor({ personId, acting }: Actor): { personId: string; mandateId: string } {
    this.switchedOn();
    const mandateId = acting.mandates?.[0];
    if (personId === null || !mandateId) throw problems.audit_mandate_missing();
    return { personId, mandateId };
  }

  private switchedOn(): void {
    if (!this.config.personLevelLogReveal) throw problems.reveal_switched_off();
  }

  private async entitled(tx: Tx, actor: Actor, role: RoleCode): Promise<boolean> {
    return (await this.reads.entitledAs(tx, actor, role, null, { overdue: false })) !== null;
  }
}

function stateOf({ dsbAt, gsAt, refusedAt, expiresAt }: AuditReveal, now: Date): RevealLine['state'] {
  if (refusedAt) return 'REFUSED';
  if (expiresAt <= now) return 'OVER';
  return dsbAt && gsAt ? 'OPEN' : 'WAITING';
}
