import { aKey, aKeyServer, signed, type TestKey } from '../../../test/support/key-server';
import { BackChannelLogout } from './back-channel-logout.service';
import { SigningKeys } from './signing-keys.service';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const key = aKey('key-1');
const stranger = aKey('key-1');
const now = (): number => Math.floor(Date.now() / 1000);

let realm: Awaited<ReturnType<typeof aKeyServer>>;
beforeEach(async () => {
  realm = await aKeyServer(key);
});
afterEach(() => realm.close());

const reader = (): BackChannelLogout =>
  new BackChannelLogout(
    { issuer: realm.issuer, clientId: 'datenraum-portal' },
    new SigningKeys({ url: realm.keysUrl, maxAgeSeconds: 600 }),
  );
const message = (more: Record<string, unknown> = {}, header: Record<string, unknown> = {}, by: TestKey = key): string =>
  signed(
    { alg: 'RS256', typ: 'logout+jwt', kid: 'key-1', ...header },
    {
      iss: realm.issuer,
      aud: 'datenraum-portal',
      sub: 'eva',
      sid: 'session-1',
      jti: 'm1',
      iat: now(),
      exp: now() + 60,
      events: { [EVENT]: {} },
      ...more,
    },
    by.privateKey,
  );
const refused = { name: 'Problem', code: 'logout_token_invalid', status: 400 };

it('says which session ended, or which account when there is no session', async () => {
  await expect(reader().read(message())).resolves.toEqual({ sub: 'eva', sessionId: 'session-1' });
  await expect(reader().read(message({ sid: undefined }))).resolves.toEqual({ sub: 'eva' });
});

it('is read once', async () => {
  const logout = reader();
  await logout.read(message());
  await expect(logout.read(message())).rejects.toMatchObject(refused);
  await expect(logout.read(message({ jti: 'm2' }))).resolves.toMatchObject({ sessionId: 'session-1' });
});

it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['another type', {}, { typ: 'JWT' }],
  ['no type', {}, { typ: undefined }],
  ['another algorithm', {}, { alg: 'none' }],
  ['an unknown key', {}, { kid: 'other' }],
  ['a nonce, as an ID token has one', { nonce: 'n' }, {}],
  ['no event', { events: undefined }, {}],
  ['another event', { events: { 'http://schemas.openid.net/event/other': {} } }, {}],
  ['neither account nor session', { sub: undefined, sid: undefined }, {}],
  ['no id', { jti: undefined }, {}],
  ['no end', { exp: undefined }, {}],
  ['an end that has passed', { exp: now() - 60 }, {}],
  ['a beginning long ago', { iat: now() - 600 }, {}],
  ['another audience', { aud: 'datenraum-cli' }, {}],
  ['another issuer', { iss: 'https://evil.example' }, {}],
])('is not believed with %s', async (_, claims, header) => {
  await expect(reader().read(message(claims, header))).rejects.toMatchObject(refused);
});

it('is not believed when somebody else signed it, or when it is no token at all', async () => {
  await expect(reader().read(message({}, {}, stranger))).rejects.toMatchObject(refused);
  for (const text of ['', 'x', 'a.b.c', 'x'.repeat(10_000)])
    await expect(reader().read(text)).rejects.toMatchObject(refused);
});

it('waits for a provider that does not show its keys', async () => {
  realm.answerWith('error');
  await expect(reader().read(message())).rejects.toMatchObject({ code: 'identity_unavailable', status: 503 });
});
