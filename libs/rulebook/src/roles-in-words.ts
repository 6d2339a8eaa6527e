import type { Conflict, Permission, Role, Ruleset } from '#lib/policy';
import type { ReadableRole } from './readable.view';

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
  'duty.register': 'Pflichtaufgaben der Stellen in das Verzeichnis eintragen',
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
export const LEVEL_NAME: Record<Role['level'], string> = {
  S: 'Strategische Ebene',
  T: 'Taktische Ebene',
  O: 'Operative Ebene',
};
export const PLACE_NAME: Record<Role['place'], string> = {
  C: 'zentral, für die ganze Stadt',
  D: 'in jeder Stelle',
  'C-D': 'zentral und in den Stellen',
};
export const SEES_NAME: Record<Role['sees'], string> = {
  CITY: 'Vorgänge der ganzen Stadt',
  UNIT: 'Vorgänge der eigenen Stelle',
};
const NOBODY_NAME: Record<Role['deputy']['nobody'], string> = {
  SUPERIOR: 'die Stelle darüber, zuletzt die Leitung der Verwaltung',
  HEAD: 'die Leitung der Verwaltung',
  NOTICE: 'niemand; Geschäftsstelle und Steuerungskreis werden unterrichtet',
};

/** The roles of a law book, and what a programme may do, in German. */
export function rolesInWords(ruleset: Ruleset): { roles: ReadableRole[]; programmes: string[] } {
  const { all, conflicts, clientPermissions } = ruleset.roles;
  const kinds = (of: readonly string[]): string[] => of.map((kind) => ruleset.label('unitKind', kind));
  const apart = (role: Role['code']): Conflict[] => conflicts.filter((one) => one.role === role);
  return {
    roles: all.map((role) => ({
      code: role.code,
      name: role.name,
      task: role.task,
      duties: role.duties,
      permissions: role.permissions.map((permission) => PERMISSION_NAME[permission]),
      answersForProductsOf: kinds(role.answersForProductsOf),
      mustBeFilledIn: kinds(role.mustBeFilledIn),
      delegable: role.delegable,
      incompatible: apart(role.code).map(
        ({ other, reach }) => ruleset.roles.role(other).name + (reach === 'UNIT' ? ' in derselben Stelle' : ''),
      ),
      apart: role.apart,
      level: LEVEL_NAME[role.level],
      place: PLACE_NAME[role.place],
      sees: SEES_NAME[role.sees],
      appointedBy: role.appointedBy,
      deputy: `${role.deputy.needed ? 'nötig' : 'möglich'}: ${role.deputy.rule}`,
      nobody: NOBODY_NAME[role.deputy.nobody],
      source: role.source,
    })),
    programmes: clientPermissions.map((permission) => PERMISSION_NAME[permission]),
  };
}
