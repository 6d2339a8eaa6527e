export { startIdentityProvider, type IdentityProviderOptions, type RunningIdentityProvider } from './identity-provider';
