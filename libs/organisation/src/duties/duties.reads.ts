import type { Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import type { DutyLine } from './duty.use-cases';

/** Whose duty it is now; of a unit that ended without one in its place, nobody's. */
const HELD = `organisation.duty d JOIN organisation.unit u ON u.id = organisation.successor_of(d.unit_id)
  AND organisation.unit_exists_now(u.id)`;
const IN_FORCE = 'd.valid_from <= now() AND (d.valid_to IS NULL OR now() < d.valid_to)';

/** The register of duties, and what of it a request and a product may name. */
@Injectable()
export class DutyReads {
  /** Duties that are not over, by unit and name. */
  list(tx: Tx): Promise<DutyLine[]> {
    return this.lines(tx, '(d.valid_to IS NULL OR now() < d.valid_to)');
  }

  /** Duties in force of the offices these units belong to: an office's duty is the duty of its departments as well. */
  ofUnits(tx: Tx, unitIds: readonly string[]): Promise<DutyLine[]> {
    return this.lines(
      tx,
      `${IN_FORCE} AND organisation.office_of(u.id) IN (SELECT organisation.office_of(x) FROM unnest($1::uuid[]) AS x)`,
      [unitIds],
    );
  }

  /** Codes of the duties in force of the office a unit belongs to. */
  async codesOf(tx: Tx, unitId: string): Promise<ReadonlySet<string>> {
    return new Set((await this.ofUnits(tx, [unitId])).map(({ code }) => code));
  }

  /** Duties in words, by their codes, also when they are over; what has no entry is left out. */
  async inWords(tx: Tx, ...codes: readonly (string | null | undefined)[]): Promise<[code: string, words: string][]> {
    const named = codes.flatMap<string>((code) => code ?? []);
    if (named.length === 0) return [];
    const duties = await tx.sql<{ code: string; name: string; norm: string | null }>(
      'SELECT code, name, norm FROM organisation.duty WHERE code = ANY ($1)',
      [named],
    );
    return duties.map((duty) => [duty.code, dutyInWords(duty)]);
  }

  private async lines(tx: Tx, where: string, params: readonly unknown[] = []): Promise<DutyLine[]> {
    const rows = await tx.sql<Omit<DutyLine, 'validFrom' | 'validTo'> & { validFrom: Date; validTo: Date | null }>(
      `SELECT d.id, d.code, d.name, d.norm, u.id AS "unitId", u.name AS "unitName",
              d.valid_from AS "validFrom", d.valid_to AS "validTo"
         FROM ${HELD} WHERE ${where} ORDER BY u.name, d.name, d.id`,
      [...params],
    );
    return rows.map(({ validFrom, validTo, ...row }) => ({
      ...row,
      validFrom: validFrom.toISOString(),
      validTo: validTo?.toISOString() ?? null,
    }));
  }
}

/** `Pflege der öffentlichen Grünanlagen (Aufgabengliederungsplan)` */
export const dutyInWords = ({ name, norm }: { name: string; norm: string | null }): string =>
  norm ? `${name} (${norm})` : name;
