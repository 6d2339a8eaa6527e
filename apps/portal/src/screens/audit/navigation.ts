import type { NavigationEntry } from '../../layout/navigation';

export const auditNavigation: NavigationEntry[] = [
  { href: '/audit-mandates', text: 'Prüfaufträge', may: ['mandate.register', 'mandate.confirm', 'reveal.read'] },
  { href: '/audit', text: 'Protokoll', may: ['audit.read'] },
];
