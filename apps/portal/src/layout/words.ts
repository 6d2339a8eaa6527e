import { quoted } from '#lib/kernel';
import type { AbsenceReason, ContractKind, Scope, UnitKind } from '#lib/organisation';
import type { Mask, ColumnType } from '#lib/sources';
import { count } from './format';

/** German words for values that have no label in the city's vocabulary. */
export const TYPE_NAME: Record<ColumnType, string> = {
  TEXT: 'Text',
  INTEGER: 'Ganze Zahl',
  DECIMAL: 'Kommazahl',
  DATE: 'Datum',
  TIMESTAMP: 'Zeitpunkt',
  BOOLEAN: 'Ja oder Nein',
};

/** What a unit is in law; it decides whether a contract is needed. */
export const UNIT_KIND_NAME: Record<UnitKind, string> = {
  STADT: 'Stadt',
  DEZERNAT: 'Dezernat',
  AMT: 'Amt',
  ABTEILUNG: 'Abteilung',
  STATISTIKSTELLE: 'Abgeschottete Statistikstelle',
  STAB: 'Stabsstelle',
  EIGENBETRIEB: 'Eigenbetrieb',
  GESELLSCHAFT: 'Gesellschaft (eigene Rechtsperson)',
  ANDERE_KOMMUNE: 'Andere Kommune',
  LAND: 'Stelle des Landes',
  FORSCHUNG: 'Forschungseinrichtung',
  PRIVATE: 'Private Stelle',
};
export const CONTRACT_KIND_NAME: Record<ContractKind, string> = {
  AVV: 'Vertrag zur Auftragsverarbeitung (AVV)',
  JCA: 'Vereinbarung über gemeinsame Verantwortlichkeit',
  DUV: 'Datenüberlassungsvertrag',
  INTERNE_VEREINBARUNG: 'Interne Vereinbarung',
};
export const APPOINTMENT_SCOPE_NAME: Record<Scope['kind'], string> = {
  UNIT: 'die Stelle',
  CITY: 'die ganze Stadt',
  DOMAIN: 'ein Fachgebiet',
  PRODUCT: 'ein Datenprodukt',
};
export const ABSENCE_NAME: Record<AbsenceReason, string> = {
  URLAUB: 'Urlaub',
  KRANK: 'Krankheit',
  VAKANZ: 'Stelle nicht besetzt',
  BEFANGENHEIT: 'Befangenheit',
};

/** What a mask does to a field, for somebody who decides about it. */
export function maskText(mask: Mask | null | undefined): string {
  if (!mask) return 'keine';
  switch (mask.kind) {
    case 'drop':
      return 'Feld wird nicht geliefert';
    case 'null':
      return 'Feld bleibt leer';
    case 'redact':
      return `ersetzt durch ${quoted(mask.with)}`;
    case 'year':
      return 'nur das Jahr';
    case 'round':
      return `gerundet auf ${count(mask.to)}`;
    case 'grid':
      return `vergröbert auf ein Raster von ${count(mask.metres)} Metern`;
    case 'pseudonym':
      return 'ersetzt durch ein Pseudonym';
  }
}

/** How a rule is called before people: its number in the law book; a cell of the matrix has none. */
export const ruleName = (id: string): string => (id.startsWith('M:') ? 'Grundregel' : `Regel ${id}`);
/** Several of them in one line. */
export const ruleNames = (ids: readonly string[]): string =>
  [...new Set(ids.map((id) => (id.startsWith('M:') ? 'Grundregel' : id)))].join(', ');
