/**
 * Who is asking, as far as a token can say: never what they may do.
 * An account is identified by (iss, sub) alone; names and e-mail addresses of a token are never read.
 */
export interface Principal {
  /** the identity provider's issuer, exactly as configured */
  readonly iss: string;
  /** the account's id at this issuer */
  readonly sub: string;
  /** the client the token was issued to (azp); one of `oidc.allowedClients` */
  readonly clientId: string;
  /** a person has signed in with a session at the provider; a machine client acts for itself */
  readonly kind: 'person' | 'client';
  /** end of the token's validity, exclusive */
  readonly expiresAt: Date;
  /** the provider's session (sid): persons only */
  readonly sessionId?: string;
  /** when the person last entered credentials: persons only, where the provider says so */
  readonly authTime?: Date;
}
