import { canonicalJson, isId, newId, Problem, type Tx } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { decide } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { outcomeName } from '../form/labels';
import { requestProblems } from '../requests.problems';
import { decisionReplayed, decisionReplayFailed } from '../requests.events';
import { StoredReplay } from './replay.entity';
import { RequestRepository, sha256 } from '../request/requests.repository';
import { StoredDecision } from '../decision/stored-decision.entity';
import { type Incident, type Part, PARTS, type Replay, type ReplayLook } from './replay.view';

/** Runs stored decisions again: the snapshot of then, by the law of then, must give the same bytes. */
@Injectable()
export class Replays {
  constructor(
    private readonly rulebook: Rulebook,
    private readonly requests: RequestRepository,
  ) {}

  /**
   * Any difference is an incident (`decision.replay-failed.v1`), because it says that law, program or record changed.
   * What came out is kept, with who asked.
   */
  async replay(tx: Tx, { personId }: Pick<Actor, 'acting' | 'personId'>, decisionId: string): Promise<Replay> {
    const stored = await this.stored(tx, decisionId);
    const result = await this.recompute(tx, stored);
    const { requestId, rulesetHash, same, differs, version, storedSha256, replayedSha256 } = result;
    const { consumerUnitId, providerUnitId } = stored;
    const kept = {
      decisionId,
      requestId,
      consumerUnitId,
      providerUnitId,
      same,
      differs,
      version,
      storedSha256,
      replayedSha256,
      personId,
      replayedAt: tx.now,
    };
    await tx.em.insert(StoredReplay, { id: newId(), ...kept });
    await tx.emit(
      same
        ? decisionReplayed({ decisionId, requestId, rulesetHash })
        : decisionReplayFailed({ decisionId, requestId, rulesetHash, differs }),
    );
    return result;
  }

  /** The same question without a trace, for whoever only looks. Throws `decision_not_found`. */
  async look(tx: Tx, decisionId: string): Promise<ReplayLook> {
    const stored = await this.stored(tx, decisionId);
    const { number } = await this.requests.find(tx, stored.requestId);
    const { ruleset } = await this.rulebook.inForce(tx);
    const runs = await tx.em.find(StoredReplay, { where: { decisionId }, order: { replayedAt: 'DESC' }, take: 20 });
    return {
      decisionId,
      requestId: stored.requestId,
      number,
      outcome: stored.outcome,
      outcomeName: outcomeName(ruleset, stored.outcome),
      phase: stored.phase,
      phaseName: ruleset.label('phase', stored.phase),
      decidedAt: stored.decidedAt.toISOString(),
      rulesetHash: stored.rulesetHash,
      factsSha256: stored.factsSha256,
      result: await this.recompute(tx, stored),
      runs: runs.map(({ same, differs, replayedAt }) => ({ same, differs, at: replayedAt.toISOString() })),
    };
  }

  /** Replays that came out differently, newest first. */
  async incidents(tx: Tx): Promise<Incident[]> {
    const rows = await tx.em.find(StoredReplay, { where: { same: false }, order: { replayedAt: 'DESC' }, take: 100 });
    const incidents: Incident[] = [];
    for (const { decisionId, requestId, differs, version, replayedAt } of rows) {
      const { number } = await this.requests.find(tx, requestId);
      incidents.push({ decisionId, requestId, number, differs, version, at: replayedAt.toISOString() });
    }
    return incidents;
  }

  private async stored(tx: Tx, decisionId: string): Promise<StoredDecision> {
    const stored = isId(decisionId) ? await tx.em.findOneBy(StoredDecision, { id: decisionId }) : null;
    if (!stored) throw requestProblems.decision_not_found();
    return stored;
  }

  private async recompute(tx: Tx, stored: StoredDecision): Promise<Replay> {
    const { id: decisionId, requestId, rulesetHash } = stored;
    const before = bytesOf(stored);
    const facts = canonicalJson(stored.facts);
    const differs: Part[] = facts === stored.factsCanonical && sha256(facts) === stored.factsSha256 ? [] : ['facts'];
    const base = { decisionId, requestId, rulesetHash, storedSha256: sha256(canonicalJson(before)) };
    try {
      const { ruleset, version } = await this.rulebook.lawOfThen(tx, rulesetHash, stored.decidedAt);
      const after = bytesOf({ ...decide(ruleset, JSON.parse(stored.factsCanonical) as StoredDecision['facts']) });
      for (const part of PARTS)
        if (part !== 'facts' && canonicalJson(before[part]) !== canonicalJson(after[part])) differs.push(part);
      return { ...base, version, same: differs.length === 0, differs, replayedSha256: sha256(canonicalJson(after)) };
    } catch (error) {
      // the law of then is gone or was tampered with: that is the incident itself
      if (!(error instanceof Problem) || !error.code.startsWith('ruleset_')) throw error;
      return { ...base, version: null, same: false, differs: [...differs, 'ruleset'], replayedSha256: null };
    }
  }
}

/** As it is stored: a chain only with an approval. */
const bytesOf = ({
  facts,
  outcome,
  rules,
  obligations,
  chain,
  because,
}: Pick<StoredDecision, (typeof PARTS)[number]>) => ({
  facts,
  outcome,
  rules,
  obligations,
  chain: outcome === 'APPROVAL' ? chain : null,
  because,
});
