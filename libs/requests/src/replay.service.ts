import { canonicalJson, Problem, type Tx } from '#lib/kernel';
import { decide } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Inject, Injectable } from '@nestjs/common';
import { requestProblems } from './requests.problems';
import { decisionReplayed, decisionReplayFailed } from './requests.events';
import { sha256 } from './requests.repository';
import { StoredDecision } from './stored-decision.entity';

/** Parts of a decision that a replay compares, byte for byte. */
const PARTS = ['facts', 'outcome', 'rules', 'obligations', 'chain', 'because'] as const;
type Part = (typeof PARTS)[number] | 'ruleset';

export interface Replay {
  decisionId: string;
  requestId: string;
  rulesetHash: string;
  /** number of the version it was decided by; null when that version can not be read any more */
  version: number | null;
  same: boolean;
  /** parts that came out differently */
  differs: Part[];
  storedSha256: string;
  /** null when the law of then can not be read */
  replayedSha256: string | null;
}

/** Runs stored decisions again: the snapshot of then, by the law of then, must give the same bytes. */
@Injectable()
export class Replays {
  constructor(@Inject(Rulebook) private readonly rulebook: Rulebook) {}

  /** Any difference is an incident (`decision.replay-failed.v1`), because it says that law, program or record changed. */
  async replay(tx: Tx, decisionId: string): Promise<Replay> {
    const stored = await tx.em.findOneBy(StoredDecision, { id: decisionId });
    if (!stored) throw requestProblems.decision_not_found();
    const result = await this.again(tx, stored);
    const { requestId, rulesetHash, same, differs } = result;
    await tx.emit(same ? decisionReplayed({ decisionId, requestId, rulesetHash }) : decisionReplayFailed({ decisionId, requestId, rulesetHash, differs }));
    return result;
  }

  private async again(tx: Tx, stored: StoredDecision): Promise<Replay> {
    const { id: decisionId, requestId, rulesetHash } = stored;
    const before = bytesOf(stored);
    const facts = canonicalJson(stored.facts);
    const differs: Part[] = facts === stored.factsCanonical && sha256(facts) === stored.factsSha256 ? [] : ['facts'];
    const base = { decisionId, requestId, rulesetHash, storedSha256: sha256(canonicalJson(before)) };
    try {
      const { ruleset, version } = await this.rulebook.lawOfThen(tx, rulesetHash, stored.decidedAt);
      const after = bytesOf({ ...decide(ruleset, JSON.parse(stored.factsCanonical) as StoredDecision['facts']) });
      for (const part of PARTS) if (part !== 'facts' && canonicalJson(before[part]) !== canonicalJson(after[part])) differs.push(part);
      return { ...base, version, same: differs.length === 0, differs, replayedSha256: sha256(canonicalJson(after)) };
    } catch (error) {
      // the law of then is gone or was tampered with: that is the incident itself
      if (!(error instanceof Problem) || !error.code.startsWith('ruleset_')) throw error;
      return { ...base, version: null, same: false, differs: [...differs, 'ruleset'], replayedSha256: null };
    }
  }
}

/** As it is stored: a chain only with an approval. */
const bytesOf = ({ facts, outcome, rules, obligations, chain, because }: Pick<StoredDecision, (typeof PARTS)[number]>) => ({
  facts, outcome, rules, obligations, chain: outcome === 'APPROVAL' ? chain : null, because,
});
