import { generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { join } from 'node:path';
import { startIdentityProvider } from '../../apps/local/src/identity-provider';

export const REALM_FILE = join(__dirname, '../../docker/keycloak/realm-datenraum.json');

/** An identity provider that serves the realm file, and the secrets it was started with. */
export interface TestProvider {
  issuer: string;
  portalUrl: string;
  portalSecret: string;
  machineKey: JsonWebKey & { kid: string };
  close(): Promise<void>;
}

/** Fresh secrets for the placeholders of the realm file. */
export function realmSecrets(portalUrl = 'http://127.0.0.1:3000') {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomBytes(8).toString('hex');
  const portalSecret = randomBytes(24).toString('base64url');
  return {
    portalUrl,
    portalSecret,
    machineKey: { ...privateKey.export({ format: 'jwk' }), kid },
    placeholders: {
      PORTAL_URL: portalUrl,
      PORTAL_CLIENT_SECRET: portalSecret,
      MACHINE_CLIENT_JWKS: JSON.stringify({
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }],
      }),
    },
  };
}

/** The development identity provider on a free port, in this process. */
export async function aDevelopmentProvider(
  options: { portalUrl?: string; stateDir?: string; port?: number } = {},
): Promise<TestProvider> {
  // jest's structuredClone makes objects of another realm, and oidc-provider takes these for no plain objects
  globalThis.structuredClone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const { placeholders, ...secrets } = realmSecrets(options.portalUrl);
  const { stateDir, port = 0 } = options;
  const started = await startIdentityProvider({
    realmFile: REALM_FILE,
    port,
    placeholders,
    ...(stateDir === undefined ? {} : { stateDir }),
  });
  return { ...started, ...secrets };
}
