import type { Tx } from '#lib/kernel';
import type { Outcome } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { RuleUse } from './replay.view';

/** Decisions taken under a rule or by a version, as far as the reader may see the requests (row-level security). */
@Injectable()
export class RuleUseReads {
  constructor(private readonly rulebook: Rulebook) {}

  async of(tx: Tx, ruleId: string): Promise<RuleUse> {
    const byOutcome = await tx.sql<{ outcome: Outcome; count: number }>(
      'SELECT outcome, count(*)::int AS count FROM requests.decision WHERE rules @> ARRAY[$1] GROUP BY outcome ORDER BY outcome',
      [ruleId],
    );
    const latest = await tx.sql<{
      decisionId: string;
      requestId: string;
      number: string;
      outcome: Outcome;
      decidedAt: Date;
    }>(
      `SELECT d.id AS "decisionId", r.id AS "requestId", r.number, d.outcome, d.decided_at AS "decidedAt"
         FROM requests.decision d JOIN requests.access_request r ON r.id = d.request_id
        WHERE d.rules @> ARRAY[$1] ORDER BY d.decided_at DESC LIMIT 20`,
      [ruleId],
    );
    const { ruleset } = await this.rulebook.inForce(tx);
    const named = <T extends { outcome: Outcome }>(one: T) => ({
      ...one,
      outcomeName: ruleset.label('outcome', one.outcome),
    });
    return {
      total: byOutcome.reduce((sum, { count }) => sum + count, 0),
      byOutcome: byOutcome.map(named),
      latest: latest.map((one) => named({ ...one, decidedAt: one.decidedAt.toISOString() })),
    };
  }
}
