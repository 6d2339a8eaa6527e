import { defineProblems } from '#lib/kernel';

export const problems = defineProblems('identity', {
  token_missing: {
    status: 401,
    title: 'Anmeldung erforderlich',
    remedy: 'Melden Sie sich an. Programme senden ein Zugriffstoken im Kopf `Authorization: Bearer …`.',
  },
  token_invalid: {
    status: 401,
    title: 'Anmeldung nicht gültig',
    remedy:
      'Melden Sie sich neu an. Programme holen ein neues Zugriffstoken für diese Schnittstelle; andere Arten von Token werden nicht angenommen.',
  },
  identity_unavailable: {
    status: 503,
    title: 'Anmeldedienst nicht erreichbar',
    remedy: 'Versuchen Sie es in einigen Minuten erneut. Bleibt der Fehler, melden Sie ihn der IT-Betreuung.',
  },
  sign_in_failed: {
    status: 400,
    title: 'Anmeldung fehlgeschlagen',
    remedy:
      'Beginnen Sie die Anmeldung neu. Benutzen Sie dabei nur ein Fenster und nicht die Zurück-Taste des Browsers.',
  },
  sign_in_expired: {
    status: 401,
    title: 'Anmeldung abgelaufen',
    remedy: 'Melden Sie sich neu an. Gespeicherte Entwürfe bleiben erhalten.',
  },
  logout_token_invalid: {
    status: 400,
    title: 'Abmeldenachricht nicht gültig',
    remedy:
      'Nur der Anmeldedienst sendet solche Nachrichten. Prüfen Sie dort die Adresse für die Abmeldung (Back-Channel Logout).',
  },
});
