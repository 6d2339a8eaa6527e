import type { Obligation } from '#lib/policy';

const NAME: Record<string, string> = {
  'O-PURPOSE': 'Nutzung nur für den genannten Zweck',
  'O-NOONWARD': 'Keine Weitergabe an andere',
  'O-RETAIN': 'Löschen bis zum genannten Tag und Löschung bestätigen',
  'O-LOG': 'Jeder Abruf wird protokolliert',
  'O-SDC': 'Statistische Geheimhaltung',
  'O-MASK': 'Geschützte Felder werden verdeckt',
  'O-MINFIELDS': 'Nur die nötigen Felder',
  'O-GRID': 'Lage nur im Raster',
  'O-NOREID': 'Keine Rückführung auf Personen',
  'O-NOMERGE': 'Keine Verknüpfung mit anderen Daten',
  'O-CONTRACT': 'Gültiger Vertrag zwischen den Parteien',
  'O-NAMED': 'Nur für namentlich benannte Personen',
  'O-INFORM': 'Betroffene informieren',
  'O-VVT': 'Eintrag im Verzeichnis der Verarbeitungstätigkeiten',
  'O-DSFA': 'Datenschutz-Folgenabschätzung',
  'O-SOURCE': 'Quelle nennen',
  'O-LICENCE': 'Lizenz beachten',
  'O-EUONLY': 'Verarbeitung nur in der EU',
  'O-ENCRYPT': 'Verschlüsselt speichern',
  'O-WATERMARK': 'Kennzeichnung der Lieferung',
  'O-INCIDENT': 'Vorfälle melden',
  'O-REVIEW': 'Regelmäßig überprüfen',
  'O-ANONYMISE': 'Sofort anonymisieren',
};

/** The German name of an obligation. */
export const obligationName = ({ id }: Pick<Obligation, 'id'>): string => NAME[id] ?? id;
