import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Fetcher, logPaths } from './proof';

/**
 * Copies a log into a folder laid out like its HTTP paths, so that any tlog-tiles tool can check it offline.
 * The checkpoint is fetched first and written last: a folder with a checkpoint is complete. Returns the size.
 */
export async function exportLog(fetcher: Fetcher, folder: string): Promise<number> {
  const checkpoint = await fetcher('checkpoint');
  if (!checkpoint) throw new Error('there is no checkpoint: nothing was sealed yet');
  const size = Number(Buffer.from(checkpoint).toString().split('\n')[1]);
  for (const path of logPaths(size)) {
    const bytes = await fetcher(path);
    if (!bytes) throw new Error(`the log of size ${size} lacks \`${path}\``);
    await keep(join(folder, path), bytes);
  }
  await keep(join(folder, 'checkpoint'), checkpoint);
  return size;
}

async function keep(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
