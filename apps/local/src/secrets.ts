import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets of a local installation: made at its first start, kept in its data folder, never in the repository. */
export interface LocalSecrets {
  portalClientSecret: string;
  sessionSecret: string;
  /** private key of the machine client `umweltamt-fachverfahren` */
  machineKey: JsonWebKey & { kid: string };
}

export function localSecrets(dataDir: string): LocalSecrets {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const made: LocalSecrets = {
      portalClientSecret: randomBytes(24).toString('base64url'),
      sessionSecret: randomBytes(32).toString('base64url'),
      machineKey: { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex') },
    };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as LocalSecrets;
}

/** What the realm file leaves open. */
export function realmPlaceholders(secrets: LocalSecrets, portalUrl: string): Record<string, string> {
  const { kty, n, e, kid } = secrets.machineKey;
  return {
    PORTAL_URL: portalUrl,
    PORTAL_CLIENT_SECRET: secrets.portalClientSecret,
    MACHINE_CLIENT_JWKS: JSON.stringify({ keys: [{ kty, n, e, kid, use: 'sig', alg: 'RS256' }] }),
  };
}
