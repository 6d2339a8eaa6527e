import type { NavigationEntry } from '../../layout/navigation';

export const rulebookNavigation: NavigationEntry[] = [{ href: '/rulebook', text: 'Regelwerk', may: ['rulebook.read'] }];
