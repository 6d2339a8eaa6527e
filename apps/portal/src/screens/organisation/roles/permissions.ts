import type { Permission } from '#lib/organisation';

/** What a permission lets somebody do, as the role concept says it. */
export const PERMISSION_NAME: Record<Permission, string> = {
  'catalogue.read': 'Datenkatalog lesen',
  'product.edit': 'Datenprodukte der Stelle beschreiben',
  'product.release': 'Datenprodukte der Stelle freigeben und Aufgaben schriftlich übertragen',
  'request.submit': 'Anträge stellen',
  'request.read': 'Anträge lesen',
  'task.decide': 'Aufgaben erledigen: zustimmen, ablehnen oder Stellung nehmen, je nach Rolle',
  'agreement.read': 'Vereinbarungen lesen',
  'agreement.confirm': 'Vereinbarungen bestätigen',
  'agreement.revoke': 'Vereinbarungen widerrufen',
  'data.receive': 'Daten abrufen',
  'contract.register': 'Verträge in das Register eintragen',
  'organisation.read': 'Stellen und Rollen lesen',
  'organisation.administer': 'Personen und Rollen verwalten, immer zu zweit',
  'audit.read': 'Protokoll lesen und prüfen',
  'mandate.register': 'Prüfaufträge eintragen',
  'reveal.read': 'lesen, wann Personen im Protokoll offengelegt werden',
  'mandate.confirm': 'Prüfaufträge bestätigen, immer als zweite Person',
  'rulebook.read': 'Regelwerk lesen',
  'rulebook.draft': 'Änderungen am Regelwerk entwerfen',
  'rulebook.comment': 'zu Entwürfen Stellung nehmen',
  'rulebook.vote': 'über das Regelwerk abstimmen',
};
