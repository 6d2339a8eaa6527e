import { CONFIG, type Config, isId, newId, parse, pseudonym, type Tx } from '#lib/kernel';
import { type Actor, organisationProblems, OrganisationReads, permits } from '#lib/organisation';
import { Inject, Injectable } from '@nestjs/common';
import { revealAsked, revealConsented, revealRead, revealRefused } from './assurance.events';
import { assuranceProblems as problems, withProblems } from './assurance.problems';
import { AuditReveal, CONSENTING_ROLES, type ConsentingRole } from './audit-reveal.entity';
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
    private readonly organisation: OrganisationReads,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The caller has shown that the entry is in sight of the mandate. Throws `reveal_switched_off`, `audit_mandate_missing`. */
  async ask(tx: Tx, actor: Actor, eventId: string, input: RevealInput): Promise<{ revealId: string }> {
    const { reasonCode, reason } = parse(revealInput, input);
    const { personId, mandateId } = this.auditor(actor);
    const reveal: AuditReveal = {
      id: newId(),
      eventId,
      mandateId,
      reasonCode,
      reason,
      askedBy: personId,
      askedAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + DAYS * 86_400_000),
      ...{ dsbBy: null, dsbAt: null, gsBy: null, gsAt: null, refusedBy: null, refusedAt: null },
    };
    await withProblems(() => tx.em.insert(AuditReveal, reveal));
    await tx.emit(revealAsked({ revealId: reveal.id, entryId: eventId, mandateId, ground: reasonCode }), { reason });
    return { revealId: reveal.id };
  }

  /**
   * The word of data protection or of the Geschäftsstelle; both are needed, of two people, and one refusal ends it.
   * Throws `not_entitled`, `reveal_state`, `reveal_two_persons`.
   */
  async answer(tx: Tx, actor: Actor, id: string, consent: boolean): Promise<void> {
    this.switchedOn();
    const reveal = await tx.em.findOne(AuditReveal, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!reveal) throw problems.reveal_not_found();
    const role = await this.answersAs(tx, actor);
    if (stateOf(reveal, tx.now) === 'REFUSED' || reveal.expiresAt <= tx.now || hasConsented(reveal, role))
      throw problems.reveal_state();
    await withProblems(() => tx.em.update(AuditReveal, { id }, answerOf(role, consent, actor.personId, tx.now)));
    await tx.emit((consent ? revealConsented : revealRefused)({ revealId: id, role }));
  }

  /** The name, while both consents and a mandate hold. Each look is an event. Throws `reveal_closed`, `reveal_not_found`. */
  async person(tx: Tx, actor: Actor, id: string): Promise<{ personName: string }> {
    this.auditor(actor);
    const reveal = isId(id) ? await tx.em.findOneBy(AuditReveal, { id }) : null;
    if (!reveal) throw problems.reveal_not_found();
    const mandates = actor.acting.mandates ?? [];
    if (stateOf(reveal, tx.now) !== 'OPEN' || !mandates.includes(reveal.mandateId)) throw problems.reveal_closed();
    await tx.emit(revealRead({ revealId: id, entryId: reveal.eventId, mandateIds: [...mandates] }));
    const personName = await nameBehind(tx, reveal.eventId);
    if (personName === null) throw problems.reveal_nobody();
    return { personName };
  }

  /** All of them, newest first, for those who take part and for the Personalrat. Throws `not_permitted`. */
  async list(tx: Tx, actor: Actor): Promise<RevealLine[]> {
    if (!permits(actor, 'reveal.read')) throw organisationProblems.not_permitted();
    const held = CONSENTING_ROLES.filter((role) => actor.appointments.some((one) => one.role === role));
    const reveals = await tx.em.find(AuditReveal, { order: { askedAt: 'DESC' }, take: 200 });
    return reveals.map((reveal) => {
      const state = stateOf(reveal, tx.now);
      return {
        id: reveal.id,
        eventId: reveal.eventId,
        reasonCode: reveal.reasonCode,
        state,
        consentOfDsb: hasConsented(reveal, 'DSB'),
        consentOfGs: hasConsented(reveal, 'GS_DG'),
        askedAt: reveal.askedAt.toISOString(),
        expiresAt: reveal.expiresAt.toISOString(),
        answer: (state === 'WAITING' && held.find((role) => !hasConsented(reveal, role))) || null,
      };
    });
  }

  private auditor({ personId, acting }: Actor): { personId: string; mandateId: string } {
    this.switchedOn();
    const mandateId = acting.mandates?.[0];
    if (personId === null || !mandateId) throw organisationProblems.audit_mandate_missing();
    return { personId, mandateId };
  }

  private switchedOn(): void {
    if (!this.config.personLevelLogReveal) throw problems.reveal_switched_off();
  }

  private async answersAs(tx: Tx, actor: Actor): Promise<ConsentingRole> {
    for (const role of CONSENTING_ROLES)
      if (await this.organisation.entitledAs(tx, actor, role, null, { overdue: false })) return role;
    throw organisationProblems.not_entitled();
  }
}

function stateOf({ dsbAt, gsAt, refusedAt, expiresAt }: AuditReveal, now: Date): RevealLine['state'] {
  if (refusedAt) return 'REFUSED';
  if (expiresAt <= now) return 'OVER';
  return dsbAt && gsAt ? 'OPEN' : 'WAITING';
}

const hasConsented = ({ dsbAt, gsAt }: AuditReveal, role: ConsentingRole): boolean =>
  (role === 'DSB' ? dsbAt : gsAt) !== null;

function answerOf(role: ConsentingRole, consent: boolean, by: string | null, at: Date): Partial<AuditReveal> {
  if (!consent) return { refusedBy: by, refusedAt: at };
  return role === 'DSB' ? { dsbBy: by, dsbAt: at } : { gsBy: by, gsAt: at };
}

/** The log holds a pseudonym of the year and no key back: the one who acted is whose pseudonym it is. Null: nobody's. */
async function nameBehind(tx: Tx, eventId: string): Promise<string | null> {
  const [entry] = await tx.sql<{ actor: string; at: Date }>(
    'SELECT actor, created_at AS at FROM kernel.audit_event WHERE event_id = $1',
    [eventId],
  );
  const people = await tx.sql<{ id: string; name: string }>(
    `SELECT id, given_name || ' ' || family_name AS name FROM organisation.person`,
  );
  for (const { id, name } of people)
    if ((await pseudonym(tx.em, id, entry!.at.getUTCFullYear())) === entry!.actor) return name;
  return null;
}
