import type { Actor, Permission } from '#lib/organisation';

interface Entry {
  href: string;
  text: string;
  /** one of these is enough */
  may: readonly Permission[];
  /** further pages that belong to this part */
  below?: string;
}

/** The parts of the portal, in the order in which data flows. Everybody sees what their roles allow. */
const ENTRIES: readonly Entry[] = [
  { href: '/catalogue', text: 'Datenkatalog', may: ['catalogue.read'], below: '/products' },
  { href: '/publish', text: 'Eigene Datenprodukte', may: ['product.edit', 'product.release'] },
  { href: '/requests', text: 'Anträge', may: ['request.read'] },
  { href: '/inbox', text: 'Aufgaben', may: ['task.decide'], below: '/tasks' },
  { href: '/agreements', text: 'Vereinbarungen', may: ['agreement.read'] },
  { href: '/rulebook', text: 'Regelwerk', may: ['rulebook.read'] },
  { href: '/organisation', text: 'Organisation', may: ['organisation.read'], below: '/organisation-changes' },
  { href: '/my-roles', text: 'Meine Rollen', may: ['organisation.read'] },
  { href: '/administration', text: 'Administration', may: ['organisation.administer'] },
  { href: '/audit-mandates', text: 'Prüfaufträge', may: ['mandate.register', 'mandate.confirm', 'reveal.read'] },
  { href: '/audit', text: 'Protokoll', may: ['audit.read'] },
];

export interface NavigationItem {
  href: string;
  text: string;
  /** the reader is on this page or below it */
  current: 'page' | 'true' | undefined;
}

export function navigation(actor: Actor | null, path: string): NavigationItem[] {
  if (!actor) return [];
  const allowed = ENTRIES.filter(({ may }) => may.some((permission) => actor.permissions.has(permission)));
  const start: Pick<Entry, 'href' | 'text' | 'below'> = { href: '/', text: 'Start' };
  return [start, ...allowed].map(({ href, text, below = href }) => {
    const inside = href !== '/' && [href, below].some((part) => path === part || path.startsWith(`${part}/`));
    return { href, text, current: path === href ? 'page' : inside ? 'true' : undefined };
  });
}
