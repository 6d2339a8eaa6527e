import type { NavigationEntry } from '../../layout/navigation';

export const catalogueNavigation: NavigationEntry[] = [
  { href: '/catalogue', text: 'Datenkatalog', may: ['catalogue.read'], below: '/products' },
];
