import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** After kill -9 of its parent the server lives on: stops it, but only when it really is a postgres on our data folder. */
export async function stopLeftOver(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const dataDir = realpathSync(folder);
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const ours = (): boolean => {
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres') &&
        readlinkSync(`/proc/${pid}/cwd`) === dataDir
      );
    } catch {
      return false;
    }
  };
  if (ours()) {
    process.kill(pid, 'SIGINT');
    for (let i = 0; i < 200 && ours(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!ours()) rmSync(pidFile, { force: true });
}
