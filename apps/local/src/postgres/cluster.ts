import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { LocalFault } from './local-fault';
import { removeDataDir } from './open-place';
import { type Identity, run } from './programs';

interface NewCluster {
  /** data folder as it was named, and where it really lies */
  named: string;
  dataDir: string;
  /** folder of the programs */
  native: string;
  as: Identity;
  /** file the passwords of the roles are kept in */
  passwords: string;
  durability: 'real' | 'fast';
}

/** Makes an empty cluster with passwords of its own; whole or not at all. */
export async function makeCluster({ named, dataDir, native, as, passwords, durability }: NewCluster): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const made = Object.fromEntries(
    ['postgres', 'datenraum_owner', 'datenraum_app', 'datenraum_sealer'].map((role) => [
      role,
      randomBytes(24).toString('base64url'),
    ]),
  );
  writeFileSync(passwords, JSON.stringify(made), { mode: 0o600 });
  const pwfile = `${dataDir}.pw`;
  writeFileSync(pwfile, `${made.postgres}\n`, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) {
    chownSync(dataDir, as.uid, as.gid);
    chownSync(pwfile, as.uid, as.gid);
  }
  try {
    await run(
      join(native, 'bin', 'initdb'),
      [
        '-D',
        dataDir,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${pwfile}`,
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
        '-k',
        ...(durability === 'fast' ? ['--no-sync'] : []),
      ],
      as,
    );
  } catch (fault) {
    removeDataDir(named);
    throw fault;
  } finally {
    rmSync(pwfile, { force: true });
  }
}

/** Throws LocalFault when somebody else owns the data. */
export function mustOwn(dataDir: string): void {
  if (process.getuid?.() !== 0 && statSync(dataDir).uid !== userInfo().uid) {
    throw new LocalFault(
      `Der Datenordner ${dirname(dataDir)} gehört einem anderen Benutzer: starten Sie als dieser, oder wählen Sie mit DATENRAUM_DATA einen eigenen Ordner.`,
    );
  }
}
