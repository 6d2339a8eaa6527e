import { Module } from '@nestjs/common';
import { CONFIG, Logger, type Config } from '#lib/kernel';
import { BackChannelLogout } from './back-channel-logout.service';
import { SignIn } from './sign-in.service';
import { SigningKeys } from './signing-keys.service';
import { TokenVerifier } from './token-verifier.service';

/** Keycloak's paths below the issuer; the development identity provider has the same. */
const keysOf = (issuer: string): string => `${issuer}/protocol/openid-connect/certs`;

@Module({
  providers: [
    {
      provide: SigningKeys,
      inject: [CONFIG, Logger],
      useFactory: ({ oidc }: Config, logger: Logger): SigningKeys =>
        new SigningKeys({
          url: keysOf(oidc.issuer),
          maxAgeSeconds: oidc.jwksMaxAgeSeconds,
          warn: (fields, message) => logger.warn(fields, message),
        }),
    },
    {
      provide: TokenVerifier,
      inject: [CONFIG, SigningKeys],
      useFactory: ({ oidc }: Config, keys: SigningKeys): TokenVerifier => new TokenVerifier(oidc, keys),
    },
    {
      provide: SignIn,
      inject: [CONFIG, TokenVerifier],
      // the secret is missing in every app but the portal, which alone signs people in; there it fails at the provider
      useFactory: ({ oidc, portal, env }: Config, tokens: TokenVerifier): SignIn =>
        new SignIn(
          {
            issuer: oidc.issuer,
            clientId: portal.clientId,
            clientSecret: portal.clientSecret ?? '',
            portalUrl: portal.url,
            production: env === 'production',
          },
          tokens,
        ),
    },
    {
      provide: BackChannelLogout,
      inject: [CONFIG, SigningKeys],
      useFactory: ({ oidc, portal }: Config, keys: SigningKeys): BackChannelLogout =>
        new BackChannelLogout({ issuer: oidc.issuer, clientId: portal.clientId }, keys),
    },
  ],
  exports: [TokenVerifier, SignIn, BackChannelLogout],
})
export class IdentityModule {}
