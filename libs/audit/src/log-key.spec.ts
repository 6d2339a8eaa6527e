import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepVkey, LogKeyFault, readLogKey, vkeyFile } from '#lib/audit';
import { writeVkey } from '#proof';

describe('the key of the log', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'datenraum-key-'));
    file = join(folder, 'audit.pem');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made at the first start in development only, and readable by its owner only', () => {
    expect(() => readLogKey(file, false)).toThrow(LogKeyFault);
    const made = readLogKey(file, true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readLogKey(file, false).equals(made)).toBe(true);
  });

  it('that is missing, of another kind, or no key at all is a fault that names the file', () => {
    expect(() => readLogKey(undefined, true)).toThrow('AUDIT_KEY_FILE');
    expect(() => readLogKey(join(folder, 'nowhere', 'audit.pem'), false)).toThrow('audit.pem');
    writeFileSync(file, 'nonsense');
    expect(() => readLogKey(file, true)).toThrow('holds no private key');
    writeFileSync(file, generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(() => readLogKey(file, true)).toThrow('no Ed25519 key');
  });

  it('that can not be read is never replaced by a new one', () => {
    writeFileSync(file, 'secret');
    chmodSync(file, 0o000);
    if (process.getuid?.() === 0) return; // root reads everything
    expect(() => readLogKey(file, true)).toThrow('can not be read');
  });

  it('that does not belong to the verification key beside it signs nothing', () => {
    const [one, other] = [readLogKey(file, true), generateKeyPairSync('ed25519').privateKey];
    keepVkey(file, 2026, writeVkey('test/audit/2026', one));
    keepVkey(file, 2026, writeVkey('test/audit/2026', one));
    expect(() => keepVkey(file, 2026, writeVkey('test/audit/2026', other))).toThrow('does not belong');
    expect(vkeyFile(file, 2026)).toBe(join(folder, 'audit.2026.vkey'));
  });
});
