import { createServer } from 'node:http';
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';

export interface TestKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** An RSA key pair under a key id. */
export function aKey(kid: string, modulusLength = 2048): TestKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength }) };
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs exactly this header and these claims, also wrong ones: no library that would stand in the way. */
export function signed(header: Record<string, unknown>, claims: unknown, key: KeyObject | string): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  const signature =
    typeof key === 'string'
      ? createHmac('sha256', key).update(text).digest()
      : sign('RSA-SHA256', Buffer.from(text), key);
  return `${text}.${signature.toString('base64url')}`;
}

/** A realm on loopback that publishes keys at Keycloak's path and counts who asks for them. */
export async function aKeyServer(...first: TestKey[]) {
  let keys = first;
  let answer: 'keys' | 'error' | 'silence' | 'redirect' | 'flood' = 'keys';
  let extra: Record<string, unknown>[] = [];
  let fetches = 0;
  let strangers = 0;
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/realms/datenraum/protocol/openid-connect/certs') {
      strangers += 1;
      response.writeHead(404).end();
      return;
    }
    fetches += 1;
    if (answer === 'silence') return;
    if (answer === 'error') {
      response.writeHead(500).end();
      return;
    }
    if (answer === 'redirect' && !request.url.includes('?')) {
      response.writeHead(302, { location: `${request.url}?moved` }).end();
      return;
    }
    const published = keys.map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      use: 'sig',
      alg: 'RS256',
    }));
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ keys: [...extra, ...published], filler: answer === 'flood' ? 'x'.repeat(300_000) : '' }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}/realms/datenraum`;
  return {
    origin,
    issuer,
    keysUrl: `${issuer}/protocol/openid-connect/certs`,
    /** requests for the keys so far */
    fetches: (): number => fetches,
    /** requests for anything else so far */
    strangers: (): number => strangers,
    publish: (...next: TestKey[]): void => void (keys = next),
    publishBeside: (...jwks: Record<string, unknown>[]): void => void (extra = jwks),
    answerWith: (next: typeof answer): void => void (answer = next),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
