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
