import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what the test files of this run share: see test-server.ts. */
export default function setup(): void {
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-test-'));
  process.env.DATENRAUM_TEST_FOLDER = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
