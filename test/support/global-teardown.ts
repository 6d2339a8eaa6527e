import { rmSync } from 'node:fs';

export default async function teardown(): Promise<void> {
  const state = (globalThis as { __datenraumPostgres?: { stop(): Promise<void>; folder: string } }).__datenraumPostgres;
  await state?.stop();
  if (state) rmSync(state.folder, { recursive: true, force: true });
}
