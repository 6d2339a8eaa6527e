import type { Config } from '#lib/kernel';

/**
 * Only what we serve ourselves runs or shows. Forms may also lead to the identity provider (signing out) and, by a
 * redirect, to the gateway (a download); browsers check redirects of forms against this list too.
 */
export const contentSecurityPolicy =
  ({ oidc, gateway }: Pick<Config, 'oidc' | 'gateway'>) =>
  (nonce: string): string =>
    [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      "style-src 'self'",
      "font-src 'self'",
      // KERN's icons are data addresses in its style sheet
      "img-src 'self' data:",
      "connect-src 'self'",
      `form-action 'self' ${new URL(oidc.issuer).origin} ${new URL(gateway.url).origin}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; ');
