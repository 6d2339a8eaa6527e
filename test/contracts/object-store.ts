import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore } from '#lib/sources';

/** What every object store promises. `make` gives a store in an empty place. */
export function objectStoreContract(name: string, make: (folder: string) => ObjectStore): void {
  describe(`object store ${name}`, () => {
    let folder: string;
    let file: string;
    let store: ObjectStore;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'objects-'));
      file = join(folder, 'source.bin');
      await writeFile(file, 'Lindenallee;12\n');
      store = make(join(folder, 'store'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('gives back exactly the bytes it was given, under the hash of their content', async () => {
      const stored = await store.put(file);
      const bytes = await readFile(store.path(stored.key));
      expect(bytes.toString()).toBe('Lindenallee;12\n');
      expect(stored).toEqual({
        key: expect.stringContaining(stored.sha256) as string,
        sha256: sha256(bytes),
        bytes: 15,
      });
      expect(await store.verify(stored.key)).toEqual(stored);
    });

    it('keeps an object when the source changes or vanishes', async () => {
      const { key } = await store.put(file);
      await writeFile(file, 'other');
      await rm(file);
      expect(await readFile(store.path(key), 'utf8')).toBe('Lindenallee;12\n');
    });

    it('gives the same content the same key, also at the same time', async () => {
      const stored = await Promise.all([store.put(file), store.put(file), store.put(file)]);
      expect(new Set(stored.map(({ key }) => key)).size).toBe(1);
      await store.verify(stored[0]?.key ?? '');
    });

    it('names a damaged object, and heals it when the same content comes again', async () => {
      const { key } = await store.put(file);
      await chmod(store.path(key), 0o600);
      await writeFile(store.path(key), 'Lindenallee;13\n');
      await expect(store.verify(key)).rejects.toMatchObject({ code: 'object_damaged' });
      await store.put(file);
      await store.verify(key);
    });

    it.each([
      '',
      'x',
      '../../etc/passwd',
      `sha256-${'0'.repeat(64)}`,
      `sha256-${'0'.repeat(63)}/`,
      `sha256-${'g'.repeat(64)}`,
    ])('says object_missing for the key %j', (key) => {
      expect(() => store.path(key)).toThrow(expect.objectContaining({ code: 'object_missing' }));
    });

    it('removes an object, twice without a fault, and takes the same content again', async () => {
      const { key } = await store.put(file);
      await store.remove(key);
      await store.remove(key);
      expect(() => store.path(key)).toThrow(expect.objectContaining({ code: 'object_missing' }));
      await expect(store.remove('../../etc/passwd')).rejects.toMatchObject({ code: 'object_missing' });
      await store.put(file);
      await store.verify(key);
    });

    it('leaves nothing behind when the source can not be read', async () => {
      await expect(store.put(join(folder, 'missing'))).rejects.toThrow();
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      expect(names.filter((entry) => entry.isFile()).map((entry) => entry.name)).toEqual(['source.bin']);
    });
  });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
