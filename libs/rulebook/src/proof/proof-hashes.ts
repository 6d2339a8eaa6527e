import type { Tx } from '#lib/kernel';

/** Hashes of the principles and of their proof, of a text that was proved; nothing of one that was not. */
export async function proofHashes(tx: Tx, lawHash: string): Promise<{ principlesHash?: string; proofHash?: string }> {
  const [row] = await tx.sql<{ principlesHash: string; proofHash: string }>(
    `SELECT principles_hash AS "principlesHash", proof_hash AS "proofHash" FROM rulebook.proof
      WHERE law_hash = $1 AND holds ORDER BY proved_at DESC LIMIT 1`,
    [lawHash],
  );
  return row ?? {};
}
