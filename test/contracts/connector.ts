import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '#lib/kernel';
import type { Connector } from '#lib/sources';

/** What every connector promises, whatever it reads. */
export function connectorContract(connector: Connector, sample: { good: string; columns: string[] }): void {
  describe(`connector ${connector.kind}`, () => {
    let folder: string;
    let file: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'connector-'));
      file = join(folder, 'upload');
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('has settings a form can be made from', () => {
      expect(z.toJSONSchema(connector.settings)).toMatchObject({ type: 'object' });
      expect(connector.title).toMatch(/\p{L}/u);
    });

    it('recognises its input without settings and leaves nothing behind', async () => {
      await writeFile(file, sample.good);
      const recognition = await connector.recognise(file, undefined);
      expect(recognition.columns.map((column) => column.name)).toEqual(sample.columns);
      expect(JSON.parse(JSON.stringify(recognition))).toEqual(recognition);
      expect(await readdir(folder)).toEqual(['upload']);
    });

    it('refuses unknown settings', async () => {
      await writeFile(file, sample.good);
      await expect(connectorCall(connector, file, { nothing: 1 })).rejects.toMatchObject({ code: 'validation_failed' });
    });

    it.each([
      ['an empty file', ''],
      ['an archive', Buffer.from('504b030414000000', 'hex')],
      ['random bytes', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))],
    ])('answers %s with a problem', async (_, bytes) => {
      await writeFile(file, bytes);
      await expect(connectorCall(connector, file, {})).rejects.toBeInstanceOf(Problem);
    });
  });
}

async function connectorCall(connector: Connector, file: string, settings: unknown): Promise<unknown> {
  return connector.recognise(file, settings);
}
