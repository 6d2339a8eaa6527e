import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { program } from '../../libs/rulebook/src/proof/program';
import type { ProofReport } from '#lib/rulebook';

const EMPTY: ProofReport = { principles: [], former: [], difference: null, idle: null, milliseconds: 0 };

/**
 * Stands in for the proof of a version where the proof is not what is tried: it takes its time, and its own tests do it. With
 * `as`, what came of it.
 */
export async function takenAsProved(
  owner: Pick<Client, 'query'>,
  versionId: string,
  as: { report?: Partial<ProofReport>; program?: string; failure?: string; holds?: boolean } = {},
): Promise<void> {
  const report = as.failure ? null : JSON.stringify({ ...EMPTY, ...as.report });
  await owner.query(
    `INSERT INTO rulebook.proof (id, law_hash, against_hash, program, proved_at, failure, holds, principles_hash, proof_hash, report)
     SELECT $2, v.hash, (SELECT hash FROM law.version WHERE id = law.in_force() AND id <> v.id), $3, now(), $4, $5, $6, $6, $7
       FROM law.version v WHERE v.id = $1`,
    [
      versionId,
      randomUUID(),
      as.program ?? program(),
      as.failure ?? null,
      as.holds ?? !as.failure,
      report && '0'.repeat(64),
      report,
    ],
  );
}
