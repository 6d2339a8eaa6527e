import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/kernel';
import { type Actor, permits } from '../actor';
import { organisationProblems as problems } from '../organisation.problems';
import type { PersonLine, PersonOrderLine, PersonSheet } from './people.view';

const LINE = `p.id, p.given_name || ' ' || p.family_name AS name, p.disabled_at IS NOT NULL AS disabled,
  EXISTS (SELECT FROM organisation.absence b WHERE b.person_id = p.id AND b.from_at <= now() AND now() < b.to_at) AS absent,
  (SELECT coalesce(json_agg(json_build_object('role', a.role, 'unitId', a.unit_id, 'unitName', u.name) ORDER BY a.deputy_of IS NOT NULL, a.role, u.name), '[]')
     FROM organisation.appointment a JOIN organisation.unit u ON u.id = a.unit_id
    WHERE a.person_id = p.id AND a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)) AS roles`;

/** Names of the units the person holds a role in. */
const UNITS = `(SELECT string_agg(u.name, ' ') FROM organisation.appointment a JOIN organisation.unit u ON u.id = a.unit_id
   WHERE a.person_id = p.id AND a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to))`;

/** Finding people: to appoint, to delegate to, to administer. */
@Injectable()
export class PeopleReads {
  /**
   * People by name, staff reference or the unit they hold a role in, at most 20, by name. Every word must be met. Fewer than two
   * letters find nobody, so that nobody reads the whole staff. Who was shut out is found by administrators only.
   */
  async search(tx: Tx, actor: Actor, text: string): Promise<PersonLine[]> {
    const words =
      text
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{L}\p{N}]{1,60}/gu)
        ?.slice(0, 5) ?? [];
    if (words.join('').length < 2) return [];
    return tx.sql<PersonLine>(
      `SELECT ${LINE} FROM organisation.person p
        WHERE p.erased_at IS NULL AND ($2 OR p.disabled_at IS NULL)
          AND NOT EXISTS (SELECT FROM unnest($1::text[]) AS w
                           WHERE position(w IN lower(normalize(concat_ws(' ', p.given_name, p.family_name, p.key, ${UNITS})))) = 0)
        ORDER BY p.family_name, p.given_name, p.id LIMIT 20`,
      [words, permits(actor, 'organisation.administer')],
    );
  }

  /** Everything on one person, for administrators. Throws `person_not_found`. */
  async sheet(tx: Tx, personId: string): Promise<PersonSheet> {
    const [row] = await tx.sql<Omit<PersonSheet, 'erasedAt'> & { erasedAt: Date | null }>(
      `SELECT ${LINE}, p.key, p.email, p.erased_at AS "erasedAt",
              (SELECT coalesce(json_agg(json_build_object('iss', c.iss, 'sub', c.sub) ORDER BY c.iss, c.sub), '[]')
                 FROM organisation.account c WHERE c.person_id = p.id) AS accounts,
              (SELECT coalesce(json_agg(json_build_object('clientId', m.client_id, 'unitId', m.unit_id, 'unitName', u.name, 'frozen', m.frozen_at IS NOT NULL) ORDER BY m.client_id), '[]')
                 FROM organisation.machine_client m JOIN organisation.unit u ON u.id = m.unit_id WHERE m.responsible_person_id = p.id) AS clients
         FROM organisation.person p WHERE p.id = $1`,
      [personId],
    );
    if (!row) throw problems.person_not_found();
    return { ...row, erasedAt: row.erasedAt?.toISOString() ?? null };
  }

  /** Orders about people that wait for a second administrator, oldest first. */
  async proposed(tx: Tx): Promise<PersonOrderLine[]> {
    const rows = await tx.sql<
      Omit<PersonOrderLine, 'account' | 'absence' | 'proposedAt'> & {
        iss: string | null;
        sub: string | null;
        absentFrom: Date | null;
        absentTo: Date | null;
        proposedAt: Date;
      }
    >(
      `SELECT o.id, o.kind, o.person_id AS "personId", coalesce(o.given_name || ' ' || o.family_name, p.given_name || ' ' || p.family_name) AS "personName",
              o.iss, o.sub, o.absent_from AS "absentFrom", o.absent_to AS "absentTo", o.proposed_by AS "proposedBy", b.given_name || ' ' || b.family_name AS "proposedByName", o.proposed_at AS "proposedAt"
         FROM organisation.person_order o LEFT JOIN organisation.person p ON p.id = o.person_id JOIN organisation.person b ON b.id = o.proposed_by
        WHERE o.state = 'PROPOSED' ORDER BY o.proposed_at, o.id LIMIT 200`,
    );
    return rows.map(({ iss, sub, absentFrom, absentTo, proposedAt, ...row }) => ({
      ...row,
      account: iss !== null && sub !== null ? { iss, sub } : null,
      absence: absentFrom && absentTo && { from: absentFrom.toISOString(), to: absentTo.toISOString() },
      proposedAt: proposedAt.toISOString(),
    }));
  }
}
