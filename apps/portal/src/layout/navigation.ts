import type { Actor, Permission } from '#lib/organisation';

/** What a part of the portal shows in the navigation. */
export interface NavigationEntry {
  href: string;
  text: string;
  /** one of these is enough */
  may: readonly Permission[];
  /** further pages that belong to this part */
  below?: string;
}

/** Injection token of the entries of all parts, in their order. */
export const NAVIGATION = Symbol('portal navigation');

export interface NavigationItem {
  href: string;
  text: string;
  /** the reader is on this page or below it */
  current: 'page' | 'true' | undefined;
}

/** What this person sees on the page at `path`; nobody signed in sees nothing. */
export function navigation(entries: readonly NavigationEntry[], actor: Actor | null, path: string): NavigationItem[] {
  if (!actor) return [];
  const allowed = entries.filter(({ may }) => may.some((permission) => actor.permissions.has(permission)));
  const start: Pick<NavigationEntry, 'href' | 'text' | 'below'> = { href: '/', text: 'Start' };
  return [start, ...allowed].map(({ href, text, below = href }) => {
    const inside = href !== '/' && [href, below].some((part) => path === part || path.startsWith(`${part}/`));
    return { href, text, current: path === href ? 'page' : inside ? 'true' : undefined };
  });
}
