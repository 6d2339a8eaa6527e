import { parse, type Tx } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { LEAD_SECONDS, moveVersion, officeHasVoted, RulesetDrafts } from './drafts.service';
import { rulebookRecallAsked, rulebookRecalled } from './rulebook.events';
import { rulebookProblems as problems } from './rulebook.problems';
import { lockVersions } from './rulebook.service';
import { stateAt } from './rulebook.states';
import { RulesetRecallVoice } from './voices.entity';
import type { Moved } from './ruleset.view';
import { rulebookUseCases } from './ruleset.use-cases';

/** Takes back what was adopted and has not begun: by the same majority of offices, each under a number, with its reason. */
@Injectable()
export class RulesetRecall {
  constructor(private readonly drafts: RulesetDrafts) {}

  /**
   * One office's voice. With the one that makes the majority the version is recalled, and the version before it goes on
   * as long as this one would have lasted. Not in the last minute before it begins: each transaction sees one law.
   */
  async recall(tx: Tx, actor: Actor, id: string, input: unknown): Promise<Moved & { votes: number; needed: number }> {
    const { reason, decisionNumber } = parse(rulebookUseCases.recall.input, input);
    await lockVersions(tx);
    const row = await this.drafts.locked(tx, id);
    const { inForceFrom: from, inForceUntil: until, version, hash } = row;
    if (stateAt(row, tx.now) !== 'ADOPTED' || from === null)
      throw problems.ruleset_step_impossible({
        detail: 'Nur was beschlossen ist und noch nicht gilt, kann zurückgenommen werden.',
      });
    if (from.getTime() < tx.now.getTime() + LEAD_SECONDS * 1000)
      throw problems.ruleset_date_impossible({ detail: 'Die Fassung tritt in weniger als einer Minute in Kraft.' });
    const member = await this.drafts.memberOf(tx, actor, row);
    if (await officeHasVoted(tx, 'recall', id, member.unitId)) throw problems.ruleset_vote_cast();
    const { personId, principalPersonId, appointmentId, unitId } = member;
    await tx.em.insert(RulesetRecallVoice, {
      versionId: id,
      unitId,
      personId,
      principalPersonId,
      appointmentId,
      reason,
      decisionNumber,
      castAt: tx.now,
    });
    await tx.emit(rulebookRecallAsked({ versionId: id, version, hash, unitId, decisionNumber, as: member.as }));
    const { votes: needed } = await this.drafts.quorum(tx);
    const [{ votes } = { votes: 0 }] = await tx.sql<{ votes: number }>(
      'SELECT count(DISTINCT organisation.office_of(unit_id))::int AS votes FROM rulebook.recall WHERE version_id = $1',
      [id],
    );
    if (votes < needed) return { id, version, hash, state: 'ADOPTED', revision: row.revision, votes, needed };
    // first this one lets go of its time, then the one before takes it: no moment has two laws, none has no law
    const goesOn = async (): Promise<number | null> => {
      const [before] = await tx.sql<{ version: number }>(
        `WITH goes_on AS (UPDATE law.version SET in_force_until = $2 WHERE state = 'ADOPTED' AND in_force_until = $1 RETURNING version) SELECT version FROM goes_on`,
        [from, until],
      );
      return before?.version ?? null;
    };
    const facts = { versionId: id, version, hash, decisionNumber, wouldHaveBegun: from.toISOString() };
    await moveVersion(tx, row, 'RECALLED', async () => rulebookRecalled({ ...facts, restored: await goesOn() }), {
      inForceFrom: null,
      inForceUntil: null,
      recalledFrom: from,
      recalledAt: tx.now,
      recallNumber: decisionNumber,
    });
    return { id, version, hash, state: row.state, revision: row.revision, votes, needed };
  }
}
