import { accessSync, constants, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stopLeftOver } from './postgres/left-over';
import { LocalFault } from './postgres/local-fault';
import { removeDataDir } from './postgres/open-place';

export interface DataFolder {
  /** absolute */
  dataDir: string;
  release(): void;
}

// everything a local installation writes; --fresh deletes these and nothing else that may lie in the folder
const CONTENT = ['postgres.pw', 'postgres-passwords.json', 'identity', 'secrets.json', 'log', 'objects'];

/**
 * Takes the data folder for this process alone, empties it if wanted. Two stacks on one folder would stop each other's
 * database. The mark of a process that was killed does not count.
 * @throws LocalFault with one sentence and the remedy
 */
export async function takeFolder(wanted: string, fresh: boolean): Promise<DataFolder> {
  const dataDir = resolve(wanted);
  const mark = join(dataDir, 'in-use');
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    await take(mark, dataDir);
    if (fresh) {
      await stopLeftOver(join(dataDir, 'postgres'));
      removeDataDir(join(dataDir, 'postgres'));
      for (const name of CONTENT) rmSync(join(dataDir, name), { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof LocalFault) throw error;
    throw new LocalFault(
      `Der Datenordner ${wanted} ist nicht les- und schreibbar: geben Sie sich die Rechte, oder wählen Sie mit DATENRAUM_DATA einen anderen Ordner.`,
    );
  }
  return { dataDir, release: () => rmSync(mark, { force: true }) };
}

// not `recursive`: where a file system answers ENOENT below a folder that exists, Node would try for ever
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another start was quicker
  }
}

async function take(mark: string, dataDir: string): Promise<void> {
  const own = `${mark}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}\n`);
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(own, mark); // fails when it is there: the file system decides between two starts at once
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const [pid = '', start = ''] = readMark(mark).split(' ');
      if (start !== '' && startOf(Number(pid)) === start) {
        throw new LocalFault(
          `Mit dem Datenordner ${dataDir} läuft der Datenraum schon (Prozess ${pid}): beenden Sie ihn, oder wählen Sie für einen zweiten mit DATENRAUM_DATA einen anderen Ordner und mit DATENRAUM_PORT andere Ports.`,
        );
      }
      rmSync(mark, { force: true });
    }
    throw new LocalFault(
      `Der Datenordner ${dataDir} wird gerade von einem anderen Start benutzt: versuchen Sie es noch einmal.`,
    );
  } finally {
    rmSync(own, { force: true });
  }
}

function readMark(mark: string): string {
  try {
    return readFileSync(mark, 'utf8').trim();
  } catch {
    return '';
  }
}

/** When a process began, in the kernel's own count, so that a process number used again is not mistaken; '' if there is none. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // no /proc on this system: alive or not is all we can know
    try {
      process.kill(pid, 0);
      return process.platform === 'linux' ? '' : 'alive';
    } catch {
      return '';
    }
  }
}
