import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CONFIG, Logger, readConfig } from '#lib/kernel';
import { aKey, aKeyServer, signed } from '../../../test/support/key-server';
import { BackChannelLogout } from './back-channel-logout.service';
import { IdentityModule } from './identity.module';
import { SignIn } from './sign-in.service';
import { TokenVerifier } from './token-verifier.service';

it('the configuration alone is enough to check tokens and to sign people in', async () => {
  const key = aKey('key-1');
  const realm = await aKeyServer(key);
  const config = readConfig({
    DATENRAUM_ENV: 'test',
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    OIDC_ISSUER: realm.issuer,
    OBJECT_STORE_DIR: '/nowhere',
    LOG_LEVEL: 'silent',
  });
  @Global()
  @Module({ providers: [{ provide: CONFIG, useValue: config }, Logger], exports: [CONFIG, Logger] })
  class Ground {}
  const app = await Test.createTestingModule({ imports: [Ground, IdentityModule] }).compile();
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: realm.issuer,
    sub: 'eva',
    aud: 'datenraum-api',
    azp: 'datenraum-cli',
    typ: 'Bearer',
    sid: 's',
    iat: now,
    exp: now + 60,
  };
  const token = signed({ alg: 'RS256', kid: 'key-1' }, claims, key.privateKey);
  await expect(app.get(TokenVerifier).verify(token)).resolves.toMatchObject({ sub: 'eva' });
  expect(app.get(SignIn).endSession('t').fields.client_id).toBe('datenraum-portal');
  expect(app.get(BackChannelLogout)).toBeInstanceOf(BackChannelLogout);
  await app.close();
  await realm.close();
});
