import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Folders for work in progress, one per process that works, beside the objects so that they share their disk. The name
 * says whose it is; if that process dies the next start removes it.
 */
export class WorkFolders {
  private readonly root: string;

  constructor(storeDir: string) {
    this.root = join(storeDir, 'work');
  }

  async make(): Promise<string> {
    const folder = join(this.root, `${hostname()}_${process.pid}_${randomUUID()}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  async remove(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Removes what dead processes of this host left behind; folders of other hosts are theirs to clean. */
  async sweep(): Promise<void> {
    const names = await readdir(this.root).catch(() => []);
    for (const name of names) {
      const [host, pid] = name.split('_');
      if (host === hostname() && Number(pid) !== process.pid && !alive(Number(pid)))
        await this.remove(join(this.root, name));
    }
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
