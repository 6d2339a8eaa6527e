// The proof of the log, for writers and checkers alike: needs nothing but Node's crypto, so that a checker can be
// handed over as it is. Formats: C2SP tlog-tiles, tlog-checkpoint, signed-note, tlog-proof; hashes: RFC 6962.
export { emptyRoot, HASH_BYTES, leafHash, MAX_ENTRY_BYTES, nodeHash, TILE_WIDTH } from './hash';
export { parseTilePath } from './tile-path';
export type { TileRequest } from './tile-path';
export { Edge } from './edge';
export type { FullTile } from './edge';
export { makeConsistencyProof, makeInclusionProof, partialWidth, perfectRoot, treeRoot } from './tree';
export type { Hashes } from './tree';
export { signCheckpoint, writeBundle, writeTlogProof, writeVkey } from './write';
export { CheckFault, openNote, readCheckpoint, readVkey } from './check-note';
export type { Checkpoint, Vkey } from './check-note';
export { checkConsistency, checkInclusion, GrowingTree, verifyTlogProof } from './check-tree';
export { logPaths, verifyLog } from './check-log';
export type { Fetcher, LogFault, LogReport } from './check-log';
