import type { Actor, Permission } from '#lib/organisation';

interface Entry {
  href: string;
  text: string;
  may: Permission;
}

/** The parts of the portal, in the order in which data flows. Everybody sees what their roles allow. */
const ENTRIES: readonly Entry[] = [
  { href: '/catalogue', text: 'Datenkatalog', may: 'catalogue.read' },
  { href: '/publish', text: 'Eigene Datenprodukte', may: 'product.edit' },
  { href: '/requests', text: 'Anträge', may: 'request.read' },
  { href: '/inbox', text: 'Aufgaben', may: 'task.decide' },
  { href: '/agreements', text: 'Vereinbarungen', may: 'agreement.read' },
  { href: '/audit', text: 'Protokoll', may: 'audit.read' },
];

export interface NavigationItem {
  href: string;
  text: string;
  /** the reader is on this page or below it */
  current: 'page' | 'true' | undefined;
}

export function navigation(actor: Actor | null, path: string): NavigationItem[] {
  if (!actor) return [];
  const allowed = ENTRIES.filter(({ may }) => actor.permissions.has(may));
  return [{ href: '/', text: 'Start' }, ...allowed].map(({ href, text }) => ({
    href,
    text,
    current: path === href ? 'page' : href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined,
  }));
}
