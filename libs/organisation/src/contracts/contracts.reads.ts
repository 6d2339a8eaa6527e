import type { Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { Contract } from './contract.entity';
import type { ContractLine, ContractSubject } from './contract.use-cases';

/** So many days before its end a contract is said to end soon: time enough to sign the next one. */
export const ENDS_SOON_DAYS = 60;

/** The register as the Rechtsamt keeps it. */
@Injectable()
export class ContractReads {
  /** Contracts that are not over, those that do not say what they are about first. */
  async list(tx: Tx): Promise<ContractLine[]> {
    const rows = await tx.sql<Contract & { unitAName: string; unitBName: string }>(
      `SELECT c.id, c.party_a AS "partyA", c.party_b AS "partyB", a.name AS "unitAName", b.name AS "unitBName", c.kind, c.reference,
              c.valid_from AS "validFrom", c.valid_to AS "validTo", c.subject_kind AS "subjectKind",
              c.subject_products AS "subjectProducts", c.subject_text AS "subjectText"
         FROM organisation.contract c JOIN organisation.unit a ON a.id = c.party_a JOIN organisation.unit b ON b.id = c.party_b
        WHERE c.valid_to > now() ORDER BY c.subject_kind IS NOT NULL, c.valid_to, c.id`,
    );
    return rows.map(({ id, partyA, partyB, unitAName, unitBName, kind, reference, validFrom, validTo, ...row }) => ({
      id,
      unitA: partyA,
      unitB: partyB,
      unitAName,
      unitBName,
      kind,
      reference,
      subject: subjectOf(row),
      validFrom: validFrom.toISOString(),
      validTo: validTo.toISOString(),
    }));
  }

  /** Contracts in force that end within `ENDS_SOON_DAYS`, with none of the same kind and parties after them; by id. */
  async endingSoon(tx: Tx): Promise<ReadonlySet<string>> {
    const rows = await tx.sql<{ id: string }>(
      `SELECT c.id FROM organisation.contract c
        WHERE c.valid_from <= now() AND c.valid_to > now() AND c.valid_to <= now() + make_interval(days => $1)
          AND NOT EXISTS (SELECT FROM organisation.contract n WHERE (n.party_a, n.party_b, n.kind) = (c.party_a, c.party_b, c.kind)
                            AND n.valid_from <= c.valid_to AND n.valid_to > c.valid_to)`,
      [ENDS_SOON_DAYS],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** How many contracts in force do not say what they are about. */
  async incomplete(tx: Tx): Promise<number> {
    const [row] = await tx.sql<{ open: number }>(
      'SELECT count(*)::int AS open FROM organisation.contract WHERE subject_kind IS NULL AND valid_to > now()',
    );
    return row!.open;
  }
}

function subjectOf({
  subjectKind: kind,
  subjectProducts,
  subjectText,
}: Pick<Contract, 'subjectKind' | 'subjectProducts' | 'subjectText'>): ContractSubject | null {
  if (kind === 'PRODUCTS') return { kind, productIds: subjectProducts ?? [] };
  if (kind === 'PROCESSING') return { kind, text: subjectText ?? '' };
  return kind === 'PARTIES' ? { kind } : null;
}
