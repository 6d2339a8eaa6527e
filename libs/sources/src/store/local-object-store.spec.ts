import { writeFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectStoreContract } from '../../../../test/contracts/object-store';
import { LocalObjectStore } from './local-object-store';

objectStoreContract('local folder', (folder) => new LocalObjectStore(folder));

it('says store_unavailable when its folder can not be written, and stores nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'objects-'));
  try {
    await writeFile(join(folder, 'store'), 'a file where the folder should be');
    await writeFile(join(folder, 'source'), 'x');
    const put = new LocalObjectStore(join(folder, 'store')).put(join(folder, 'source'));
    await expect(put).rejects.toMatchObject({ code: 'store_unavailable', status: 503 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
