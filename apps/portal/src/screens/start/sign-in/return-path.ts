/** The page to go to after signing in: a path of ours, else the start page. Nobody else decides where we send people. */
export function returnPath(given: unknown): string {
  if (typeof given !== 'string' || given.length > 2000 || !/^\/(?![/\\])/.test(given)) return '/';
  const here = 'http://portal.invalid';
  try {
    const url = new URL(given, here);
    if (url.origin !== here || url.pathname.startsWith('/sign-') || url.pathname === '/signed-out') return '/';
    return url.pathname + url.search;
  } catch {
    return '/';
  }
}
