export { BackChannelLogout, type LoggedOut } from './back-channel-logout.service';
export { IdentityModule } from './identity.module';
export { problems as identityProblems } from './identity.problems';
export type { Principal } from './principal';
export {
  BACK_CHANNEL_LOGOUT_PATH,
  CALLBACK_PATH,
  SIGNED_OUT_PATH,
  SignIn,
  type SavedSignIn,
  type SignedIn,
} from './sign-in.service';
export { SigningKeys } from './signing-keys.service';
export { TokenVerifier } from './token-verifier.service';

import { InitIdentity1763702000000 } from './migrations/1763702000000-init-identity';

/** Sessions of browsers: who signed in, kept here because signing in is this stage's matter. */
export const identityMigrations = [InitIdentity1763702000000];
