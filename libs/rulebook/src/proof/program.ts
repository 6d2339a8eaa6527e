import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let known: string | undefined;

/**
 * Which program proves: SHA-256 of the code that decides and proves. Another program can decide otherwise by the same law,
 * so what it proved is proved again.
 */
export function program(): string {
  return (known ??= hashOf(dirname(require.resolve('#lib/policy'))));
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.[jt]s$/.test(path) && !/\.spec\.[jt]s$/.test(path),
  );
  for (const path of code.sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(folder, path)))
      .update('\0');
  return hash.digest('hex');
}
