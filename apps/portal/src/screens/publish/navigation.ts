import type { NavigationEntry } from '../../layout/navigation';

export const publishNavigation: NavigationEntry[] = [
  { href: '/publish', text: 'Eigene Datenprodukte', may: ['product.edit', 'product.release'] },
];
