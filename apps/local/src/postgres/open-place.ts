import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

// PostgreSQL refuses to run as root, so root starts it as another user, and that one must be able to walk to its
// program and its data. A checkout below /root or a private temporary folder is closed to it.

const PLACE = '/var/lib/datenraum-local';

/** The first folder on the way to `path` that only its owner may enter. */
export function closedFolder(path: string): string | undefined {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return folder;
  }
  return undefined;
}

/** The programs, where everybody can run them: in the package itself, or copied once beside the data of root's stacks. */
export function openPrograms(native: string): string {
  if (!closedFolder(join(native, 'bin', 'postgres'))) return native;
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string };
  const copy = join(PLACE, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(PLACE, { recursive: true, mode: 0o755 });
  const making = mkdtempSync(join(PLACE, 'making-'));
  cpSync(native, join(making, 'native'), { recursive: true, dereference: true });
  try {
    renameSync(join(making, 'native'), copy);
  } catch (error) {
    if (!existsSync(copy)) throw error; // else another start was faster
  }
  rmSync(making, { recursive: true, force: true });
  return copy;
}

/** Where the data of `dataDir` really lies: there, or behind a link. Data whose link is gone belonged to a deleted installation. */
export function openDataDir(dataDir: string): string {
  if (isLink(dataDir)) return realpathSync(dataDir);
  // the installation's own folder: to walk through is not to list it, and what is secret in it has its own rights
  const own = dirname(dataDir);
  chmodSync(own, statSync(own).mode | 0o001);
  if (existsSync(dataDir) || !closedFolder(dataDir)) return dataDir;
  const place = join(PLACE, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  rmSync(place, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true, mode: 0o755 });
  mkdirSync(place, { mode: 0o700 });
  symlinkSync(place, dataDir);
  return place;
}

/** Deletes a data folder, also what a link leads to. */
export function removeDataDir(dataDir: string): void {
  if (isLink(dataDir) && existsSync(dataDir)) rmSync(realpathSync(dataDir), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
