import { createHmac, hash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Acting } from './acting';
import { canonicalJson } from './canonical-json';
import { correlationId } from './correlation';
import type { DomainEvent } from './event';
import { newId } from './ids';
import { kernelProblems } from './kernel.problems';

const LEAF_LIMIT = 65_535; // an entry of a tlog-tiles bundle has a 16-bit length

const yearKeys = new Map<string, Promise<Buffer>>();

/**
 * The pseudonym of a person in the log of one year: `p_` and 128 bits of HMAC-SHA256. Stable inside the year,
 * unlinkable across years once the key of a year is destroyed.
 */
export async function pseudonym(em: EntityManager, personId: string, year: number): Promise<string> {
  const place = `${String(em.dataSource.options.type)}:${String((em.dataSource.options as { url?: string }).url)}:${year}`;
  let key = yearKeys.get(place);
  if (!key) {
    // on a connection of its own: a key made in a transaction that is rolled back would never have existed
    key = em.dataSource
      .query('SELECT kernel.year_key($1) AS key', [year])
      .then((rows: { key: Buffer }[]) => rows[0]!.key);
    yearKeys.set(place, key);
    key.catch(() => yearKeys.delete(place));
  }
  return `p_${createHmac('sha256', await key)
    .update(personId)
    .digest('hex')
    .slice(0, 32)}`;
}

/** HMAC-SHA256(salt, field ‖ 0x00 ‖ value): says nothing once value and salt are erased (EDPB 02/2025). */
export const commitment = (salt: Buffer, field: string, value: string): string =>
  createHmac('sha256', salt).update(`${field}\0${value}`).digest('hex');

/**
 * Writes one event as the audit record and outbox entry it is. The leaf bytes are built here, once, and never again.
 * Throws `audit_unavailable` when the record can not be written; the caller's transaction is then lost as a whole.
 */
export async function writeAuditRecord(
  em: EntityManager,
  by: Acting,
  now: Date,
  position: number,
  event: DomainEvent,
  clear: Record<string, string>,
): Promise<string> {
  const id = newId();
  const salted = Object.entries(clear).map(([field, value]) => ({
    field,
    value: value.normalize('NFC').toWellFormed().replaceAll('\0', '\u{FFFD}'),
    salt: randomBytes(32),
  }));
  try {
    // created_at is taken when the event is written, after every lock this transaction waited for: so the order in the
    // log follows the order in which two changes of one row really happened
    const actor = by.kind === 'person' ? await pseudonym(em, by.id, now.getUTCFullYear()) : `${by.kind}:${by.id}`;
    const leaf = Buffer.from(
      canonicalJson({
        v: 1,
        id,
        type: event.type,
        time: now.toISOString(),
        actor,
        unit: by.unitId,
        trace: correlationId(),
        facts: event.facts,
        commitments: Object.fromEntries(
          salted.map(({ field, value, salt }) => [field, commitment(salt, field, value)]),
        ),
      }),
    );
    if (leaf.length > LEAF_LIMIT)
      throw new RangeError(`the leaf of \`${event.type}\` has ${leaf.length} bytes, ${LEAF_LIMIT} at most`);
    const leafHash = hash('sha256', Buffer.concat([Buffer.of(0), leaf]), 'buffer');
    await em.query(
      `WITH e AS (
         INSERT INTO kernel.audit_event (event_id, type, leaf, leaf_hash, facts, actor, unit_id, position, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())),
       p AS (INSERT INTO kernel.audit_pending (event_id) VALUES ($1)),
       r AS (INSERT INTO kernel.relay_pending (event_id) VALUES ($1))
       SELECT pg_notify('audit_pending', '')`,
      [id, event.type, leaf, leafHash, JSON.stringify(event.facts), actor, by.unitId, position],
    );
    for (const { field, value, salt } of salted) {
      await em.query('INSERT INTO kernel.audit_clear (event_id, field, value, salt) VALUES ($1, $2, $3, $4)', [
        id,
        field,
        value,
        salt,
      ]);
    }
    return id;
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof RangeError) throw cause;
    throw kernelProblems.audit_unavailable({ cause });
  }
}
