import { emptyRoot, nodeHash, TILE_WIDTH } from './hash';
import { perfectRoot } from './tree';

/** A tile that is full and never changes again. `root` is its hash in the level above. */
export interface FullTile {
  level: number;
  n: number;
  hashes: Buffer;
  root: Buffer;
}

/** The unfinished tiles of a growing tree, by level: all that is needed to append and to know the root. */
export class Edge {
  /** @param levels the hashes of the unfinished tile of each level, as `partialWidth` counts them */
  constructor(
    public size: number,
    private readonly levels: Buffer[][],
  ) {}

  /** Appends a leaf hash and returns the tiles it filled, lowest first. */
  append(leaf: Buffer): FullTile[] {
    const filled: FullTile[] = [];
    this.size++;
    let hash = leaf;
    for (let level = 0; ; level++) {
      const tile = (this.levels[level] ??= []);
      tile.push(hash);
      if (tile.length < TILE_WIDTH) return filled;
      hash = perfectRoot(tile);
      const n = this.size / TILE_WIDTH ** (level + 1) - 1;
      filled.push({ level, n, hashes: Buffer.concat(tile), root: hash });
      this.levels[level] = [];
    }
  }

  root(): Buffer {
    let root: Buffer | undefined;
    for (const tile of this.levels) {
      // the perfect subtrees of this level, from right to left: 2^k hashes for each binary digit of the width
      let end = tile.length;
      for (let width = 1; width <= tile.length; width *= 2) {
        if (Math.floor(tile.length / width) % 2 === 0) continue;
        const part = perfectRoot(tile.slice(end - width, end));
        root = root ? nodeHash(part, root) : part;
        end -= width;
      }
    }
    return root ?? emptyRoot();
  }
}
