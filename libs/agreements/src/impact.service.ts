import { setImmediate as breath } from 'node:timers/promises';
import type { Tx } from '#lib/kernel';
import { decide, type Facts, type Ruleset } from '#lib/policy';
import { compareDecisions, type Difference, type Direction, Rulebook } from '#lib/rulebook';
import { Inject, Injectable } from '@nestjs/common';

/** A past decision or a running agreement that a draft would decide differently, and whom it concerns. */
export interface Affected extends Difference {
  kind: 'DECISION' | 'AGREEMENT';
  /** decision or agreement */
  id: string;
  /** number of the request or agreement */
  number: string;
  requestId: string;
  decidedAt: string;
  productId: string;
  productTitle: string;
  consumerUnit: string;
  providerUnit: string;
}

export interface ImpactReport {
  versionId: string;
  version: number;
  hash: string;
  comparedWith: { version: number; hash: string };
  decisions: Count;
  agreements: Count;
  /** units and products concerned, most often first */
  units: { name: string; changes: number }[];
  products: { id: string; title: string; changes: number }[];
  /** at most `listed` of them, stricter ones and running agreements first */
  affected: Affected[];
  milliseconds: number;
}
export interface Count {
  tried: number;
  changed: number;
  looser: number;
  stricter: number;
  other: number;
}

const BATCH = 2000;
const LISTED = 500;

interface Row {
  kind: Affected['kind'];
  id: string;
  number: string;
  requestId: string;
  decidedAt: Date;
  productId: string;
  productTitle: string;
  consumerUnit: string;
  providerUnit: string;
  factsSha256: string;
}

/**
 * A draft tried on the past: on the facts of every stored decision and on the latest facts of every running
 * agreement. Compared with the law in force on the same facts, so that only the draft makes the difference. Equal
 * facts, as at each delivery, are decided once. Reads only.
 */
@Injectable()
export class ImpactService {
  constructor(@Inject(Rulebook) private readonly rulebook: Rulebook) {}

  /** The caller's transaction must see all rows (system), because a law concerns the whole city. */
  async run(tx: Tx, versionId: string): Promise<ImpactReport> {
    const begun = performance.now();
    const from = await this.rulebook.inForce(tx);
    const to = await this.rulebook.law(tx, versionId);
    const known = await this.differences(tx, from.ruleset, to.ruleset);
    const decisions = emptyCount();
    const agreements = emptyCount();
    const affected: Affected[] = [];
    const units = new Map<string, number>();
    const products = new Map<string, { title: string; changes: number }>();
    const changedFacts = [...known].filter(([, difference]) => difference !== null).map(([sha]) => sha);
    decisions.tried = await this.count(tx, 'SELECT count(*)::int AS n FROM requests.decision');
    agreements.tried = await this.count(tx, `SELECT count(*)::int AS n FROM (${LATEST_OF_RUNNING}) x`);
    for (const [kind, sql] of [['AGREEMENT', OF_AGREEMENTS], ['DECISION', OF_DECISIONS]] as const) {
      const total = kind === 'AGREEMENT' ? agreements : decisions;
      for (const { factsSha256, decidedAt, ...row } of await tx.sql<Row>(sql, [changedFacts])) {
        const difference = known.get(factsSha256)!;
        total.changed += 1;
        total[COUNTED[difference.direction]] += 1;
        for (const name of new Set([row.consumerUnit, row.providerUnit])) units.set(name, (units.get(name) ?? 0) + 1);
        products.set(row.productId, { title: row.productTitle, changes: (products.get(row.productId)?.changes ?? 0) + 1 });
        affected.push({ ...row, ...difference, kind, decidedAt: decidedAt.toISOString() });
      }
    }
    const rank = ({ direction }: Affected): number => ['STRICTER', 'OTHER', 'LOOSER'].indexOf(direction);
    affected.sort((a, b) => a.kind.localeCompare(b.kind) || rank(a) - rank(b));
    return {
      versionId,
      version: to.version,
      hash: to.hash,
      comparedWith: { version: from.version, hash: from.hash },
      decisions,
      agreements,
      units: [...units].map(([name, changes]) => ({ name, changes })).sort((a, b) => b.changes - a.changes),
      products: [...products].map(([id, one]) => ({ id, ...one })).sort((a, b) => b.changes - a.changes),
      affected: affected.slice(0, LISTED),
      milliseconds: Math.round(performance.now() - begun),
    };
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
      for (const { sha, facts } of rows) known.set(sha, compareDecisions(decide(from, facts), decide(to, facts), to));
      if (rows.length < BATCH) return known;
      after = rows.at(-1)!.sha;
      await breath();
    }
  }

  private async count(tx: Tx, sql: string): Promise<number> {
    const [row] = await tx.sql<{ n: number }>(sql);
    return row!.n;
  }
}

const COUNTED: Record<Direction, 'looser' | 'stricter' | 'other'> = { LOOSER: 'looser', STRICTER: 'stricter', OTHER: 'other' };
const emptyCount = (): Count => ({ tried: 0, changed: 0, looser: 0, stricter: 0, other: 0 });

/** The last decision taken for each agreement that runs, whatever it was taken for. */
const LATEST_OF_RUNNING = `SELECT DISTINCT ON (a.id) a.id, a.number, d.request_id, d.decided_at, d.facts_sha256
    FROM agreements.agreement a JOIN requests.decision d ON d.request_id = a.request_id
   WHERE a.state IN ('OFFERED', 'ACTIVE', 'SUSPENDED') AND now() < a.valid_until
   ORDER BY a.id, d.decided_at DESC, d.id DESC`;
const AROUND = `r.product_id AS "productId", p.title AS "productTitle", c.name AS "consumerUnit", v.name AS "providerUnit"`;
const JOINED = `JOIN catalogue.product p ON p.id = r.product_id
  JOIN organisation.unit c ON c.id = r.consumer_unit_id JOIN organisation.unit v ON v.id = r.provider_unit_id`;
const OF_DECISIONS = `SELECT d.id, r.number, r.id AS "requestId", d.decided_at AS "decidedAt", d.facts_sha256 AS "factsSha256", ${AROUND}
  FROM requests.decision d JOIN requests.access_request r ON r.id = d.request_id ${JOINED}
 WHERE d.facts_sha256 = ANY($1) ORDER BY d.decided_at DESC, d.id`;
const OF_AGREEMENTS = `SELECT x.id, x.number, r.id AS "requestId", x.decided_at AS "decidedAt", x.facts_sha256 AS "factsSha256", ${AROUND}
  FROM (${LATEST_OF_RUNNING}) x JOIN requests.access_request r ON r.id = x.request_id ${JOINED}
 WHERE x.facts_sha256 = ANY($1) ORDER BY x.number`;
