import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * The last checkpoint of each year that left the sealer, kept in a folder outside the database. A database that was
 * restored from a backup is behind it, and the sealer notices before it signs a second history.
 */
export class PublishedCheckpoints {
  private readonly last = new Map<number, string | null>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** The signed note last published for a year, null when there was none. */
  read(year: number): string | null {
    if (!this.last.has(year)) this.last.set(year, this.fromFile(year));
    return this.last.get(year) ?? null;
  }

  /** The last year of which a checkpoint was published, null when there was none. */
  newestYear(): number | null {
    const years = readdirSync(this.folder).flatMap((name) => /^checkpoint\.(\d{4})$/.exec(name)?.[1] ?? []);
    return years.length > 0 ? Math.max(...years.map(Number)) : null;
  }

  /** Puts the note in the place of the former one, durably: after a power cut it is the old note or the new one. */
  publish(year: number, note: string): void {
    if (this.read(year) === note) return;
    const temporary = `${this.file(year)}.tmp`;
    const handle = openSync(temporary, 'w', 0o644);
    try {
      writeFileSync(handle, note);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, this.file(year));
    const folder = openSync(this.folder, 'r'); // a rename lives in the folder: without this the old name may come back
    fsyncSync(folder);
    closeSync(folder);
    this.last.set(year, note);
  }

  private fromFile(year: number): string | null {
    try {
      return readFileSync(this.file(year), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  private file(year: number): string {
    return join(this.folder, `checkpoint.${year}`);
  }
}
