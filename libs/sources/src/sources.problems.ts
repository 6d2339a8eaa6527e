import { defineProblems } from '#lib/kernel';

export const sourcesProblems = defineProblems('sources', {
  file_not_csv: {
    status: 422,
    title: 'Keine CSV-Datei',
    remedy: 'Speichern Sie die Tabelle in Ihrem Programm als CSV-Datei und laden Sie diese hoch.',
  },
  file_not_readable: {
    status: 422,
    title: 'Dateiart nicht lesbar',
    remedy: 'Speichern Sie die Tabelle in Ihrem Programm als CSV- oder JSON-Datei und laden Sie diese hoch.',
  },
  file_too_large: {
    status: 413,
    title: 'Datei zu groß',
    remedy: 'Teilen Sie die Tabelle auf oder fragen Sie die Geschäftsstelle nach einem anderen Weg.',
  },
  file_too_costly: {
    status: 422,
    title: 'Datei nicht in angemessener Zeit lesbar',
    remedy: 'Prüfen Sie die Datei in Ihrem Programm, speichern Sie sie neu und laden Sie sie noch einmal hoch.',
  },
  csv_faulty: {
    status: 422,
    title: 'Fehler in der CSV-Datei',
    remedy: 'Berichtigen Sie die genannten Zellen, oder wählen Sie für die Spalte den Typ Text.',
  },
  file_faulty: {
    status: 422,
    title: 'Fehler in der Datei',
    remedy: 'Berichtigen Sie die genannten Stellen, oder wählen Sie für die Spalte den Typ Text.',
  },
  object_missing: {
    status: 503,
    title: 'Datenbestand nicht gefunden',
    remedy: 'Bitte melden Sie das der Geschäftsstelle. Der Datenbestand muss aus der Sicherung geholt werden.',
  },
  object_damaged: {
    status: 503,
    title: 'Datenbestand beschädigt',
    remedy: 'Bitte melden Sie das der Geschäftsstelle. Der Datenbestand muss aus der Sicherung geholt werden.',
  },
  store_unavailable: {
    status: 503,
    title: 'Datenspeicher nicht beschreibbar',
    remedy: 'Bitte versuchen Sie es später noch einmal. Es wurde nichts gespeichert.',
  },
  scanner_unavailable: {
    status: 503,
    title: 'Prüfung auf Schadsoftware nicht möglich',
    remedy: 'Bitte versuchen Sie es später noch einmal. Die Datei wurde nicht gespeichert.',
  },
  plan_not_valid: {
    status: 422,
    title: 'Auswahl passt nicht zu den Daten',
    remedy: 'Prüfen Sie die genannten Spalten, Masken und Bedingungen.',
  },
  pseudonym_key_missing: {
    status: 503,
    title: 'Schlüssel für Pseudonyme fehlt',
    remedy: 'Bitte melden Sie das der Geschäftsstelle. Ohne Schlüssel wird nichts geliefert.',
  },
  engine_busy: {
    status: 429,
    title: 'Zu viele Lieferungen zugleich',
    remedy: 'Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.',
  },
  engine_failed: {
    status: 503,
    title: 'Verarbeitung abgebrochen',
    remedy: 'Bitte versuchen Sie es noch einmal. Was schon geliefert wurde, ist unvollständig.',
  },
});
