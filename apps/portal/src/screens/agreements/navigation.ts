import type { NavigationEntry } from '../../layout/navigation';

export const agreementsNavigation: NavigationEntry[] = [
  { href: '/agreements', text: 'Vereinbarungen', may: ['agreement.read'] },
];
