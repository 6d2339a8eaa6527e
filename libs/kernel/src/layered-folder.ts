import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder this one lies over, named in its file `base` as seen from the folder itself; null when it stands alone. */
export function baseOf(folder: string): string | null {
  const note = join(folder, 'base');
  return existsSync(note) ? join(folder, readFileSync(note, 'utf8').trim()) : null;
}

/** Where a file at the top of a folder lies: in the folder itself, else in the one below it. */
export function layeredFile(folder: string, name: string): string {
  const own = join(folder, name);
  const base = baseOf(folder);
  return base !== null && !existsSync(own) ? join(base, name) : own;
}
