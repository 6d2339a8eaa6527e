import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder this one lies over, named in its file `base` as seen from the folder itself; null when it stands alone. */
export function baseOf(folder: string): string | null {
  const note = join(folder, 'base');
  return existsSync(note) ? join(folder, readFileSync(note, 'utf8').trim()) : null;
}
