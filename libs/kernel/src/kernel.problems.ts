import { defineProblems } from './problem';

export const kernelProblems = defineProblems('kernel', {
  validation_failed: {
    status: 422,
    title: 'Eingabe unvollständig oder fehlerhaft',
    remedy: 'Bitte berichtigen Sie die genannten Felder und senden Sie das Formular noch einmal.',
  },
  request_malformed: {
    status: 400,
    title: 'Anfrage nicht lesbar',
    remedy: 'Bitte prüfen Sie Aufbau und Zeichensatz der Anfrage.',
  },
  page_not_found: {
    status: 404,
    title: 'Seite nicht gefunden',
    remedy: 'Bitte prüfen Sie die Adresse oder beginnen Sie auf der Startseite.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Methode nicht erlaubt',
    remedy: 'Bitte nutzen Sie eine der beschriebenen Methoden.',
  },
  too_many_requests: {
    status: 429,
    title: 'Zu viele Anfragen',
    remedy: 'Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.',
  },
  payload_too_large: {
    status: 413,
    title: 'Eingabe zu groß',
    remedy: 'Bitte senden Sie eine kleinere Datei oder weniger Text.',
  },
  header_too_large: {
    status: 431,
    title: 'Kopf der Anfrage zu groß',
    remedy: 'Bitte senden Sie weniger oder kürzere Kopffelder.',
  },
  request_too_slow: {
    status: 408,
    title: 'Anfrage kam zu langsam',
    remedy: 'Bitte prüfen Sie Ihre Verbindung und senden Sie die Anfrage noch einmal.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'Schlüssel schon für eine andere Anfrage benutzt',
    remedy: 'Bitte verwenden Sie für jede neue Anfrage einen neuen Wert im Feld Idempotency-Key.',
  },
  audit_unavailable: {
    status: 503,
    title: 'Protokoll nicht erreichbar',
    remedy: 'Ohne Protokoll wird nichts entschieden und nichts geliefert. Bitte versuchen Sie es später noch einmal.',
  },
  database_unavailable: {
    status: 503,
    title: 'Datenbank nicht erreichbar',
    remedy: 'Bitte versuchen Sie es in einigen Minuten noch einmal.',
  },
  internal_error: {
    status: 500,
    title: 'Unerwarteter Fehler',
    remedy: 'Bitte nennen Sie der Geschäftsstelle die Vorgangsnummer dieser Meldung.',
  },
});
