// One piece although long: it is the list of everything a token can be wrong in, and the list is read as a whole.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aKey, aKeyServer, signed, type TestKey } from '../../../test/support/key-server';
import { SigningKeys } from './signing-keys.service';
import { TokenVerifier } from './token-verifier.service';

const key = aKey('key-1');
const other = aKey('key-2');
const attacker = aKey('key-1');
const now = (): number => Math.floor(Date.now() / 1000);

let realm: Awaited<ReturnType<typeof aKeyServer>>;
let time = 0;
const later = (ms: number): void => void (time += ms);

beforeEach(async () => {
  time = 0;
  realm = await aKeyServer(key);
});
afterEach(() => realm.close());

const keysOf = (more: Partial<ConstructorParameters<typeof SigningKeys>[0]> = {}): SigningKeys =>
  new SigningKeys({ url: realm.keysUrl, maxAgeSeconds: 600, clock: () => time, ...more });

const verifierOf = (keys = keysOf()): TokenVerifier =>
  new TokenVerifier(
    { issuer: realm.issuer, audience: 'datenraum-api', allowedClients: ['datenraum-portal', 'machine'] },
    keys,
  );

const claims = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  iss: realm.issuer,
  sub: '00000000-0000-4000-8000-000000000004',
  aud: ['datenraum-api', 'account'],
  azp: 'datenraum-portal',
  typ: 'Bearer',
  sid: 'session-1',
  jti: 'token-1',
  iat: now(),
  exp: now() + 300,
  auth_time: now() - 10,
  ...more,
});
const header = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  alg: 'RS256',
  typ: 'JWT',
  kid: 'key-1',
  ...more,
});
const token = (more: Record<string, unknown> = {}, head: Record<string, unknown> = {}, by: TestKey = key): string =>
  signed(header(head), claims(more), by.privateKey);

const refuses = (
  bearer: string | undefined,
  code = 'token_invalid',
  status = 401,
  verifier = verifierOf(),
): Promise<void> => expect(verifier.verify(bearer)).rejects.toMatchObject({ name: 'Problem', code, status });

/** What happens beside the running work has happened when this holds; a failure is a promise not kept. */
async function eventually(holds: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const kept = await holds().then(
      () => true,
      () => false,
    );
    if (kept) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await holds();
}

describe('an access token becomes a principal', () => {
  it('of a person, with session and time of sign-in', async () => {
    const issued = claims();
    const principal = await verifierOf().verify(signed(header(), issued, key.privateKey));
    expect(principal).toEqual({
      iss: realm.issuer,
      sub: issued.sub,
      clientId: 'datenraum-portal',
      kind: 'person',
      sessionId: 'session-1',
      expiresAt: new Date((issued.exp as number) * 1000),
      authTime: new Date((issued.auth_time as number) * 1000),
    });
  });

  it('of a machine, when it carries its own client id and no session', async () => {
    const bearer = token({ sid: undefined, auth_time: undefined, azp: 'machine', client_id: 'machine' });
    await expect(verifierOf().verify(bearer)).resolves.toMatchObject({ kind: 'client', clientId: 'machine' });
  });

  it('also when the whole header value is handed over', async () => {
    await expect(verifierOf().verify(`Bearer ${token()}`)).resolves.toMatchObject({ kind: 'person' });
  });

  it('never by e-mail or user name: the same person with a new account is somebody else', async () => {
    const verifier = verifierOf();
    const who = { email: 'eva.bach@fiktiv.example', preferred_username: 'eva.bach' };
    const before = await verifier.verify(token(who));
    const after = await verifier.verify(token({ ...who, sub: 'hired-again' }));
    expect(after.sub).not.toBe(before.sub);
    expect(JSON.stringify([before, after])).not.toContain('eva.bach');
  });
});

describe('nothing but our own valid access token is accepted', () => {
  it('no token at all', async () => {
    await refuses('', 'token_missing');
    await refuses(undefined, 'token_missing');
    await refuses('Bearer ', 'token_missing');
  });

  it.each(['x', 'a.b', 'a.b.c', '..', 'a.b.c.d', 'Basic eDp5', '{}', 'ä.ö.ü', '-._.-'])('not the text `%s`', (text) =>
    refuses(text),
  );

  it('not a token longer than any we issue, whoever signed it', async () => {
    await refuses(token({ filler: 'x'.repeat(9_000) }));
    await verifierOf().verify(token({ filler: 'x'.repeat(4_000) }));
  });

  it.each(['none', 'None', 'HS256', 'RS384', 'PS256', 'ES256', '', undefined])('not the algorithm `%s`', (alg) =>
    refuses(token({}, { alg })),
  );

  it('not an unsigned token', async () => {
    const [head, body] = signed(header({ alg: 'none' }), claims(), key.privateKey).split('.');
    await refuses(`${head}.${body}.`);
    await refuses(`${head}.${body}`);
  });

  it('not HS256 with the public key as the secret', async () => {
    for (const type of ['spki', 'pkcs1'] as const) {
      const pem = key.publicKey.export({ format: 'pem', type }).toString();
      await refuses(signed(header({ alg: 'HS256' }), claims(), pem));
      await refuses(signed(header(), claims(), pem));
    }
  });

  it('not a key that the token brings along or points to', async () => {
    let asked = 0;
    const trap = createServer((_, response) => {
      asked += 1;
      response.end(JSON.stringify({ keys: [{ ...attacker.publicKey.export({ format: 'jwk' }), kid: 'key-1' }] }));
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys`;
    const jwk = attacker.publicKey.export({ format: 'jwk' });
    for (const head of [{ jwk }, { jku: url }, { x5u: url }, { x5c: ['MIIB'] }, { jwk, jku: url, kid: undefined }]) {
      await refuses(token({}, head, attacker));
    }
    expect(asked).toBe(0);
    await new Promise((resolve) => trap.close(resolve));
  });

  it.each(['../../dev/null', "key-1' OR '1'='1", '__proto__', 'constructor', '', 'x'.repeat(300), 7, null, ['key-1']])(
    'not the key id `%s`',
    (kid) => refuses(token({}, { kid })),
  );

  it('not a header with critical extensions or of another kind of token', async () => {
    await refuses(token({}, { crit: ['exp'] }));
    await refuses(token({}, { typ: 'logout+jwt' }));
  });

  it('not a changed signature or changed claims', async () => {
    const [head, body, signature = ''] = token().split('.');
    const swapped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    await refuses(`${head}.${body}.${swapped}`);
    const changed = Buffer.from(JSON.stringify(claims({ sub: 'somebody-else' }))).toString('base64url');
    await refuses(`${head}.${changed}.${signature}`);
  });

  it.each([
    'account',
    ['account', 'datenraum-portal'],
    'datenraum-api ',
    'DATENRAUM-API',
    [],
    undefined,
    null,
    { 0: 'datenraum-api' },
  ])('not the audience %j', (aud) => refuses(token({ aud })));

  it('not another issuer, not even one that looks the same', async () => {
    for (const iss of [
      `${realm.issuer}/`,
      `${realm.issuer}2`,
      `${realm.origin}/realms/master`,
      realm.issuer.replace('127.0.0.1', 'localhost'),
      realm.issuer.toUpperCase(),
      realm.issuer.replace('/realms', '//realms'),
      [realm.issuer],
      undefined,
    ]) {
      await refuses(token({ iss }));
    }
    expect(realm.fetches()).toBe(0);
  });

  it.each(['ID', 'Refresh', 'Offline', 'Logout', 'bearer', undefined])('not a token of kind `%s`', (typ) =>
    refuses(token({ typ })),
  );

  it.each(['evil-client', '', undefined, ['datenraum-portal'], 'datenraum-portal '])('not the client %j', (azp) =>
    refuses(token({ azp })),
  );

  it.each([undefined, '', 7, null, ['x']])('not the subject %j', (sub) => refuses(token({ sub })));

  it('not an expired one, and none that never expires', async () => {
    await refuses(token({ exp: now() - 31 }));
    for (const exp of [undefined, null, 'tomorrow', String(now() + 300), -1, 1e300]) await refuses(token({ exp }));
  });

  it('not before its time, but a clock that differs by less than 30 seconds is forgiven', async () => {
    await refuses(token({ nbf: now() + 40 }));
    await refuses(token({ nbf: 'now' }));
    await verifierOf().verify(token({ nbf: now() + 20 }));
  });

  it('not issued in the future, nor without a time of issue', async () => {
    await refuses(token({ iat: now() + 40 }));
    await refuses(token({ iat: now() + 1e8 }));
    await refuses(token({ iat: undefined }));
    await verifierOf().verify(token({ iat: now() + 20 }));
  });

  it('not one that is neither of a person nor of a machine', async () => {
    await refuses(token({ sid: undefined }));
    await refuses(token({ sid: undefined, client_id: 'machine' }));
    await refuses(token({ sid: '' }));
  });

  it('says the reason to the log and not to the caller', async () => {
    const problem: unknown = await verifierOf()
      .verify(token({ azp: 'evil-client' }))
      .catch((err: unknown) => err);
    expect(problem).toMatchObject({ cause: { message: 'issued to a client that is not allowed' }, detail: undefined });
  });
});

describe('a verified token is remembered', () => {
  it('so that it costs one signature check', async () => {
    const verifier = verifierOf();
    const bearer = token();
    expect(await verifier.verify(bearer)).toEqual(await verifier.verify(bearer));
    expect(await verifier.verify(bearer)).toBe(await verifier.verify(bearer));
    expect(realm.fetches()).toBe(1);
  });

  it('never longer than it is valid, and never longer than 30 seconds', async () => {
    const start = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(start);
    try {
      const verifier = verifierOf();
      const long = token();
      const short = token({ exp: Math.floor(start / 1000) + 10 });
      await verifier.verify(long);
      await verifier.verify(short);
      const [first, second] = [await verifier.verify(long), await verifier.verify(long)];
      expect(first).toBe(second);
      clock.mockReturnValue(start + 11_000);
      await refuses(short, 'token_invalid', 401, verifier);
      clock.mockReturnValue(start + 30_001);
      expect(await verifier.verify(long)).not.toBe(first);
    } finally {
      clock.mockRestore();
    }
  });

  it('only as long as the key that signed it is published', async () => {
    const verifier = verifierOf();
    const old = token();
    await verifier.verify(old);
    await verifier.verify(old);
    realm.publish(other);
    later(31_000);
    await verifier.verify(token({}, { kid: 'key-2' }, other));
    await refuses(old, 'token_invalid', 401, verifier);
  });
});

describe('keys', () => {
  it('a thousand random key ids cause one request in 30 seconds, also at the same time', async () => {
    const verifier = verifierOf();
    await verifier.verify(token());
    later(31_000);
    const tries = Array.from({ length: 1000 }, (_, i) =>
      verifier.verify(token({}, { kid: `random-${i}` })).catch(() => 'refused'),
    );
    expect(new Set(await Promise.all(tries))).toEqual(new Set(['refused']));
    expect(realm.fetches()).toBe(2);
    later(29_000);
    await refuses(token({}, { kid: 'one-more' }), 'token_invalid', 401, verifier);
    expect(realm.fetches()).toBe(2);
    await verifier.verify(token());
  });

  it('a rotated key is accepted after the cool-down at the latest, and the old one is refused once it is gone', async () => {
    const verifier = verifierOf();
    await verifier.verify(token());
    realm.publish(key, other);
    later(30_000);
    await verifier.verify(token({}, { kid: 'key-2' }, other));
    await verifier.verify(token());
    realm.publish(other);
    later(300_000); // half of the age: renewed beside the running work
    await verifier.verify(token({}, { kid: 'key-2' }, other));
    await eventually(() => refuses(token(), 'token_invalid', 401, verifier));
  });

  it('a new key under an old key id is taken over with the next set', async () => {
    const verifier = verifierOf();
    await verifier.verify(token());
    realm.publish({ ...other, kid: 'key-1' });
    later(600_000);
    await refuses(token(), 'token_invalid', 401, verifier);
    await verifier.verify(token({}, {}, other));
  });

  it.each(['error', 'silence', 'redirect', 'flood'] as const)(
    'outlive the provider (%s), but only until they are too old',
    async (answer) => {
      const verifier = verifierOf(keysOf({ maxAgeSeconds: 300, timeoutMs: 1_000 }));
      await verifier.verify(token());
      realm.answerWith(answer);
      later(299_000);
      await verifier.verify(token({ jti: 'still-good' }));
      const remembered = token({ jti: 'remembered' });
      await verifier.verify(remembered);
      later(2_000);
      await refuses(token({ jti: 'too-late' }), 'identity_unavailable', 503, verifier);
      await refuses(remembered, 'identity_unavailable', 503, verifier);
      realm.answerWith('keys');
      later(2_000);
      await verifier.verify(remembered);
    },
  );

  it('are not given up for an empty list', async () => {
    const verifier = verifierOf();
    await verifier.verify(token());
    realm.publish();
    later(31_000);
    await refuses(token({}, { kid: 'unknown' }), 'token_invalid', 401, verifier);
    await verifier.verify(token({ jti: 'still-good' }));
  });

  it('are never kept longer than ten minutes, whatever is configured', async () => {
    const verifier = verifierOf(keysOf({ maxAgeSeconds: 86_400, timeoutMs: 1_000 }));
    await verifier.verify(token());
    realm.answerWith('error');
    later(600_000);
    await refuses(token(), 'identity_unavailable', 503, verifier);
  });

  it('that are too short, of other kinds or for encryption are not used', async () => {
    const weak = aKey('weak', 1024);
    const publicOf = (of: TestKey): Record<string, unknown> => ({ ...of.publicKey.export({ format: 'jwk' }) });
    realm.publishBeside(
      { ...publicOf(weak), kid: 'weak' },
      { ...publicOf(other), kid: 'enc', use: 'enc', alg: 'RSA-OAEP' },
      { kty: 'oct', k: 'c2VjcmV0', kid: 'oct' },
      { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'ec' },
    );
    const verifier = verifierOf();
    await verifier.verify(token());
    await refuses(token({}, { kid: 'weak' }, weak), 'token_invalid', 401, verifier);
    await refuses(token({}, { kid: 'enc' }, other), 'token_invalid', 401, verifier);
  });

  it('two under one key id are not a set to trust', async () => {
    realm.publish(key, attacker);
    await refuses(token(), 'identity_unavailable', 503);
  });
});
