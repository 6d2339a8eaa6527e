// oidc-provider says at import, at every start, that it wants a newer Node than the oldest we support; it works on it.
// This file is imported before it and lets everything else through.
const warn = console.warn;
console.warn = (...said: unknown[]): void => {
  if (!String(said[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn(...said);
};
export {};
