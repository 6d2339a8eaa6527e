import { createHash, randomUUID } from 'node:crypto';
import { accessSync, constants, createReadStream } from 'node:fs';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore, StoredObject } from './object-store';
import { sourcesProblems } from '../sources.problems';

const KEY = /^sha256-([0-9a-f]{64})$/;

/** Objects in a local folder: `objects/ab/sha256-ab…`, unfinished ones in `incoming/`. */
export class LocalObjectStore implements ObjectStore {
  constructor(private readonly folder: string) {}

  async put(file: string): Promise<StoredObject> {
    const incoming = join(this.folder, 'incoming');
    const temp = join(incoming, randomUUID());
    try {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      // 1. copy and hash in one pass. If we die here: a nameless file in incoming/, no object.
      const { sha256, bytes } = await copyAndHash(file, temp);
      const key = `sha256-${sha256}`;
      const target = this.place(key);
      const folder = join(target, '..');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(temp, 0o440);
      // 2. the bytes are on disk (copyAndHash synced them); now they get their name at once. If we die before, as in 1;
      //    after, the object is whole. Renaming over an existing object puts the same content there, and heals a
      //    damaged one; who is reading the old file keeps reading it.
      await rename(temp, target);
      // 3. make the names durable. If we die here the object may vanish with the power, but nobody was told of it yet.
      await syncFolder(folder);
      await syncFolder(join(folder, '..'));
      return { key, sha256, bytes };
    } catch (cause) {
      await rm(temp, { force: true }).catch(() => undefined);
      if ((cause as NodeJS.ErrnoException).path === file) throw cause;
      throw sourcesProblems.store_unavailable({ cause });
    }
  }

  path(key: string): string {
    const path = this.place(key);
    try {
      accessSync(path, constants.R_OK);
    } catch (cause) {
      throw sourcesProblems.object_missing({ detail: 'Der Datenbestand fehlt oder ist nicht lesbar.', cause });
    }
    return path;
  }

  async verify(key: string): Promise<StoredObject> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(this.path(key), { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    const sha256 = hash.digest('hex');
    if (key !== `sha256-${sha256}`) throw sourcesProblems.object_damaged();
    return { key, sha256, bytes };
  }

  async remove(key: string): Promise<void> {
    const path = this.place(key);
    await rm(path, { force: true });
    await syncFolder(join(path, '..')).catch(() => undefined);
  }

  private place(key: string): string {
    const hash = KEY.exec(key)?.[1];
    if (!hash) throw sourcesProblems.object_missing({ detail: 'Der Schlüssel benennt keinen Datenbestand.' });
    return join(this.folder, 'objects', hash.slice(0, 2), key);
  }
}

async function copyAndHash(file: string, target: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const out = await open(target, 'wx', 0o600);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      await out.writeFile(chunk as Buffer);
    }
    await out.sync();
  } finally {
    await out.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
