import { setImmediate as breath } from 'node:timers/promises';
import { opening, Problem, type Tx } from '#lib/kernel';
import { type Facts, type Ruleset } from '#lib/policy';
import { RequestDecisions } from '#lib/requests';
import { compareDecisions, type Difference, differenceBetween, type Direction, Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { Affected, Count, ImpactReport } from './impact.view';

const BATCH = 2000;
const LISTED = 500;

type Row = Omit<Affected, keyof Difference | 'kind' | 'rests' | 'decidedAt'> & { decidedAt: Date };

interface Tried {
  tried: number;
  affected: Affected[];
}

/**
 * A draft tried on the past and the present: on the facts of every stored decision, and on the facts of now of every
 * running agreement. Compared with the law in force on the same facts, so that only the draft makes the difference.
 * Equal facts, as at each delivery, are decided once. Reads only.
 */
@Injectable()
export class ImpactService {
  constructor(
    private readonly rulebook: Rulebook,
    private readonly requests: RequestDecisions,
  ) {}

  /** For whoever reads: those who see the whole city (system too) get all of it, others the rows of their units. */
  async run(tx: Tx, versionId: string): Promise<ImpactReport> {
    const begun = performance.now();
    const from = await this.rulebook.inForce(tx);
    const to = await this.rulebook.law(tx, versionId);
    const running = await this.ofAgreements(tx, from.ruleset, to.ruleset);
    const past = await this.ofDecisions(tx, from.ruleset, to.ruleset);
    const affected = [...running.affected, ...past.affected];
    const units = new Map<string, number>();
    const products = new Map<string, { title: string; changes: number }>();
    for (const { consumerUnit, providerUnit, productId, productTitle: title } of affected) {
      for (const name of new Set([consumerUnit, providerUnit])) units.set(name, (units.get(name) ?? 0) + 1);
      products.set(productId, { title, changes: (products.get(productId)?.changes ?? 0) + 1 });
    }
    const rank = ({ rests, direction }: Affected): number =>
      rests ? -1 : ['STRICTER', 'OTHER', 'LOOSER'].indexOf(direction);
    affected.sort((a, b) => a.kind.localeCompare(b.kind) || rank(a) - rank(b));
    return {
      versionId,
      version: to.version,
      hash: to.hash,
      comparedWith: { version: from.version, hash: from.hash },
      decisions: counted(past),
      agreements: { ...counted(running), rests: running.affected.filter(({ rests }) => rests).length },
      units: [...units].map(([name, changes]) => ({ name, changes })).sort((a, b) => b.changes - a.changes),
      products: [...products].map(([id, one]) => ({ id, ...one })).sort((a, b) => b.changes - a.changes),
      affected: affected.slice(0, LISTED),
      milliseconds: Math.round(performance.now() - begun),
    };
  }

  private async ofAgreements(tx: Tx, from: Ruleset, to: Ruleset): Promise<Tried> {
    const affected: Affected[] = [];
    const rows = await tx.sql<Row>(RUNNING);
    for (const [index, { decidedAt, ...row }] of rows.entries()) {
      if (index % 100 === 99) await breath();
      const [before, after] = await this.under(tx, row.requestId, from, to);
      if (!before || !after) continue;
      const difference = compareDecisions(before.decision, after.decision, to);
      const rests = before.allowed && !after.allowed;
      if (difference)
        affected.push({ ...row, ...difference, kind: 'AGREEMENT', rests, decidedAt: decidedAt.toISOString() });
    }
    return { tried: rows.length, affected };
  }

  /** Nothing where no law can decide, as on a product that is gone: a draft makes no difference there. */
  private async under(tx: Tx, requestId: string, from: Ruleset, to: Ruleset) {
    try {
      return await this.requests.decideUnderRulesets(tx, requestId, [from, to]);
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return [];
      throw error;
    }
  }

  private async ofDecisions(tx: Tx, from: Ruleset, to: Ruleset): Promise<Tried> {
    const known = await this.differences(tx, from, to);
    const changed = [...known].filter(([, difference]) => difference !== null).map(([sha]) => sha);
    const rows = await tx.sql<Row & { factsSha256: string }>(OF_DECISIONS, [changed]);
    const [all] = await tx.sql<{ n: number }>('SELECT count(*)::int AS n FROM requests.decision');
    const affected = rows.map(({ factsSha256, decidedAt, ...row }): Affected => ({
      ...row,
      ...known.get(factsSha256)!,
      kind: 'DECISION',
      rests: false,
      decidedAt: decidedAt.toISOString(),
    }));
    return { tried: all!.n, affected };
  }

  /** By digest of the facts: what changes on them. Batch by batch, so that other requests get their turn. */
  private async differences(tx: Tx, from: Ruleset, to: Ruleset): Promise<Map<string, Difference | null>> {
    const known = new Map<string, Difference | null>();
    let after = '';
    for (;;) {
      const rows = await tx.sql<{ sha: string; facts: Facts }>(
        `SELECT DISTINCT ON (facts_sha256) facts_sha256 AS sha, facts FROM requests.decision WHERE facts_sha256 > $1 ORDER BY facts_sha256 LIMIT ${BATCH}`,
        [after],
      );
      for (const { sha, facts } of rows) known.set(sha, differenceBetween(from, to, facts));
      if (rows.length < BATCH) return known;
      after = rows.at(-1)!.sha;
      await breath();
    }
  }
}

const COUNTED: Record<Direction, 'looser' | 'stricter' | 'other'> = {
  LOOSER: 'looser',
  STRICTER: 'stricter',
  OTHER: 'other',
};

function counted({ tried, affected }: Tried): Count {
  const count: Count = { tried, changed: affected.length, looser: 0, stricter: 0, other: 0 };
  for (const { direction } of affected) count[COUNTED[direction]] += 1;
  return count;
}

const AROUND = `r.id AS "requestId", r.product_id AS "productId", p.title AS "productTitle", c.name AS "consumerUnit", v.name AS "providerUnit"`;
const JOINED = `JOIN catalogue.product p ON p.id = r.product_id
  JOIN organisation.unit c ON c.id = r.consumer_unit_id JOIN organisation.unit v ON v.id = r.provider_unit_id`;
const OF_DECISIONS = `SELECT d.id, r.number, d.decided_at AS "decidedAt", d.facts_sha256 AS "factsSha256", ${AROUND}
  FROM requests.decision d JOIN requests.access_request r ON r.id = d.request_id ${JOINED}
 WHERE d.facts_sha256 = ANY($1) ORDER BY d.decided_at DESC, d.id`;
const RUNNING = `SELECT a.id, a.number, a.created_at AS "decidedAt", ${AROUND}
  FROM agreements.agreement a JOIN requests.access_request r ON r.id = a.request_id ${JOINED}
 WHERE a.state IN ('OFFERED', 'ACTIVE', 'SUSPENDED') AND now() < a.valid_until ORDER BY a.number`;

/** What controllers ask, in a transaction of its own. */
@Injectable()
export class ImpactQueries extends opening(ImpactService, { reads: ['run'] }) {}
