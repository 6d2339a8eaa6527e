import { type Acting, canonicalJson, commitment, type Tx, UnitOfWork } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { auditRead } from './audit.events';
import { auditProblems } from './audit.problems';
import { hashesOf, withFetcher } from './audit.tiles';
import { leafHash, type LogReport, makeConsistencyProof, makeInclusionProof, verifyLog, writeTlogProof } from './proof';
import type { ClearField, Entry, EntryDetail, LogState, Overview } from './audit.view';

/** Facts by which an entry is found: the ids of the things an office asks about. */
const SUBJECTS = [
  'requestId',
  'agreementId',
  'exchangeId',
  'productId',
  'decisionId',
  'taskId',
  'emergencyId',
] as const;
const MOST = 500;

interface Row {
  event_id: string;
  type: string;
  facts: unknown;
  leaf: Buffer;
  leaf_hash: Buffer;
  sealed_hash: Buffer | null;
  log_id: number | null;
  log_index: string | null;
}

/** Facts that name an office. */
const NAMES_A_UNIT = (event: string, place: string): string =>
  `(${event}.facts->>'consumerUnitId' = ANY(${place}) OR ${event}.facts->>'providerUnitId' = ANY(${place}) OR ${event}.facts->>'unitId' = ANY(${place}))`;

/**
 * What somebody may see of the log. Under an audit mandate that names offices: what was done there, and everything
 * about a case in which one of them is a party (a product is no case: many offices share it). Without a mandate the permission alone counts.
 */
export function inSight({ mandates, citywide, units }: Acting, first: number): { where: string; params: unknown[] } {
  if (!mandates || citywide) return { where: 'true', params: [] };
  const place = `$${first}::text[]`;
  const sameCase = ['requestId', 'agreementId', 'emergencyId'].map(
    (id) => `(e.facts ? '${id}' AND EXISTS (SELECT FROM kernel.audit_event r
      WHERE r.facts @> jsonb_build_object('${id}', e.facts->'${id}') AND ${NAMES_A_UNIT('r', place)}))`,
  );
  return {
    where: `(e.unit_id::text = ANY(${place}) OR ${NAMES_A_UNIT('e', place)} OR ${sameCase.join(' OR ')})`,
    params: [[...units]],
  };
}

/** An audit is of offices: who acted, and what people wrote, stays closed under a mandate (R-AUD-02). */
const officeLevel = (by: Acting, entry: Entry): Entry =>
  by.mandates && entry.actor.startsWith('p_') ? { ...entry, actor: 'person' } : entry;

const ROWS = `SELECT e.event_id, e.type, e.facts, e.leaf, e.leaf_hash, l.leaf_hash AS sealed_hash, l.log_id, l.log_index
  FROM kernel.audit_event e LEFT JOIN audit.log_leaf l USING (event_id)`;

/** What the audit views show. Every question is itself an event, committed before its answer is given. */
@Injectable()
export class AuditReads {
  constructor(private readonly uow: UnitOfWork) {}

  /** The logs, what waits, and the newest entries first. */
  overview(by: Acting, recent = 50): Promise<Overview> {
    return this.noted(by, { log: null, what: 'OVERVIEW' }, async (tx) => {
      const [waiting] = await tx.sql<{ pending: string; oldest: string | null }>(
        `SELECT count(*) AS pending, extract(epoch FROM clock_timestamp() - min(e.created_at))::bigint AS oldest
         FROM kernel.audit_pending p JOIN kernel.audit_event e USING (event_id)`,
      );
      const sight = inSight(by, 2);
      const rows = await tx.sql<Row>(
        `${ROWS} WHERE ${sight.where} ORDER BY e.created_at DESC, e.position DESC LIMIT $1`,
        [Math.min(recent, MOST), ...sight.params],
      );
      return {
        logs: await logs(tx),
        pending: Number(waiting?.pending ?? 0),
        oldestPendingSeconds: waiting?.oldest == null ? null : Math.max(0, Number(waiting.oldest)),
        recent: rows.map((row) => officeLevel(by, entryOf(row))),
      };
    });
  }

  /** One entry with the state of its clear fields and its proof; problem `audit_entry_not_found`. */
  entry(by: Acting, eventId: string): Promise<EntryDetail> {
    return this.noted(by, { log: null, what: 'ENTRY', subjectId: eventId }, async (tx) => {
      const sight = inSight(by, 2);
      const [row] = await tx.sql<Row>(`${ROWS} WHERE e.event_id = $1 AND ${sight.where}`, [eventId, ...sight.params]);
      if (!row) throw auditProblems.audit_entry_not_found();
      const entry = officeLevel(by, entryOf(row));
      const proof = entry.year === null || entry.index === null ? null : await proofOf(tx, entry.year, entry.index);
      const clear = await clearOf(tx, eventId, row.leaf);
      // the sealed bytes name a pseudonym; under a mandate they are not shown one by one
      if (by.mandates) return { ...entry, leaf: '', clear: clear.map((field) => ({ ...field, value: null })), proof };
      return { ...entry, leaf: row.leaf.toString(), clear, proof };
    });
  }

  /** Everything the log says about a request, agreement, exchange, product, decision or task, in its order. */
  about(by: Acting, subjectId: string): Promise<Entry[]> {
    return this.noted(by, { log: null, what: 'SEARCH', subjectId }, async (tx) => {
      const match = SUBJECTS.map((_, i) => `e.facts @> $${i + 1}::jsonb`).join(' OR ');
      const sight = inSight(by, SUBJECTS.length + 1);
      const values = SUBJECTS.map((key) => JSON.stringify({ [key]: subjectId }));
      const rows = await tx.sql<Row>(
        `${ROWS} WHERE (${match}) AND ${sight.where} ORDER BY e.created_at, e.position LIMIT ${MOST}`,
        [...values, ...sight.params],
      );
      return rows.map((row) => officeLevel(by, entryOf(row)));
    });
  }

  /** The `.tlog-proof` file of one entry: a receipt that can be checked for years without this product. */
  proof(by: Acting, eventId: string): Promise<string> {
    return this.noted(by, { log: null, what: 'PROOF', subjectId: eventId }, async (tx) => {
      const [row] = await tx.sql<{ log_id: number; log_index: string }>(
        `SELECT l.log_id, l.log_index FROM audit.log_leaf l JOIN kernel.audit_event e USING (event_id) WHERE l.event_id = $1 AND ${inSight(by, 2).where}`,
        [eventId, ...inSight(by, 2).params],
      );
      const proof = row && (await proofOf(tx, row.log_id, Number(row.log_index)));
      if (!proof) throw auditProblems.audit_entry_not_found();
      return proof;
    });
  }

  /** Hashes (base64) that prove the log of size `to` to be the log of size `from` with entries appended. */
  consistency(by: Acting, year: number, from: number, to: number): Promise<string[]> {
    return this.noted(by, { log: year, what: 'PROOF' }, async (tx) => {
      const log = (await logs(tx)).find((one) => one.year === year);
      if (!log) throw auditProblems.audit_log_not_found();
      if (!(from >= 0 && from <= to && to <= log.size)) throw auditProblems.audit_range_invalid();
      const hashes = await makeConsistencyProof(from, to, hashesOf(tx, year));
      return hashes.map((hash) => hash.toString('base64'));
    });
  }

  /** Checks the whole log of a year from entry 0, as `apps/verify` does, with the key the log was opened under. */
  verify(by: Acting, year: number): Promise<LogReport> {
    return this.noted(by, { log: year, what: 'CHECK' }, async (tx) => {
      const log = (await logs(tx)).find((one) => one.year === year);
      if (!log) throw auditProblems.audit_log_not_found();
      return withFetcher(tx, year, (fetcher) => verifyLog(fetcher, log.vkey, log.origin));
    });
  }

  private noted<T>(by: Acting, facts: Parameters<typeof auditRead>[0], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.uow.run({ ...by, idempotency: undefined }, async (tx) => {
      const answer = await work(tx);
      await tx.emit(auditRead({ ...facts, ...under(by) }));
      return answer;
    });
  }
}

/** The mandates a look into the log rests on; nothing for those who need none. */
export const under = ({ mandates }: Acting): { mandateIds?: string[] } =>
  mandates ? { mandateIds: [...mandates] } : {};

async function logs(tx: Tx): Promise<LogState[]> {
  const rows = await tx.sql<Omit<LogState, 'signedAt' | 'size'> & { size: string; signed_at: Date | null }>(
    `SELECT log_id AS year, origin, vkey, size, encode(root, 'base64') AS root, note AS checkpoint, signed_at, closed
     FROM audit.log_head ORDER BY log_id DESC`,
  );
  return rows.map(({ signed_at, ...log }) => ({
    ...log,
    size: Number(log.size),
    signedAt: signed_at?.toISOString() ?? null,
  }));
}

function entryOf(row: Row): Entry {
  const place = { year: row.log_id, index: row.log_index === null ? null : Number(row.log_index) };
  const hash = leafHash(row.leaf);
  try {
    const leaf = JSON.parse(row.leaf.toString()) as Record<string, unknown>;
    const intact =
      hash.equals(row.leaf_hash) &&
      (row.sealed_hash === null || hash.equals(row.sealed_hash)) &&
      leaf.id === row.event_id &&
      leaf.type === row.type &&
      canonicalJson(leaf.facts) === canonicalJson(row.facts);
    return {
      eventId: row.event_id,
      type: String(leaf.type),
      time: String(leaf.time),
      actor: String(leaf.actor),
      unitId: typeof leaf.unit === 'string' ? leaf.unit : null,
      facts: leaf.facts as Record<string, unknown>,
      ...place,
      state: intact ? 'MATCHES' : 'MISMATCH',
    };
  } catch {
    // a leaf that was changed need not be JSON any more; the view must still show that there is an alarm
    const lost = { type: row.type, time: '', actor: '', unitId: null, facts: {} };
    return { eventId: row.event_id, ...lost, ...place, state: 'MISMATCH' };
  }
}

async function clearOf(tx: Tx, eventId: string, leaf: Buffer): Promise<ClearField[]> {
  const stored = await tx.sql<{ field: string; value: string; salt: Buffer }>(
    'SELECT field, value, salt FROM kernel.audit_clear WHERE event_id = $1 ORDER BY field',
    [eventId],
  );
  let commitments: Record<string, unknown> = {};
  try {
    commitments = (JSON.parse(leaf.toString()) as { commitments?: Record<string, unknown> }).commitments ?? {};
  } catch {
    // a changed leaf commits to nothing: every stored field below becomes a mismatch
  }
  const fields = [...new Set([...Object.keys(commitments), ...stored.map(({ field }) => field)])].sort();
  return fields.map((field) => {
    const kept = stored.find((one) => one.field === field);
    if (!kept) return { field, state: 'ERASED', value: null };
    const matches = commitments[field] === commitment(kept.salt, field, kept.value);
    return { field, state: matches ? 'MATCHES' : 'MISMATCH', value: matches ? kept.value : null };
  });
}

async function proofOf(tx: Tx, year: number, index: number): Promise<string | null> {
  const log = (await logs(tx)).find((one) => one.year === year);
  if (!log?.checkpoint || index >= log.size) return null;
  return writeTlogProof(index, await makeInclusionProof(index, log.size, hashesOf(tx, year)), log.checkpoint);
}
