import { defineProblems } from '#lib/kernel';

/** What can go wrong at the gate. A refusal after a decision carries its reasons in `because[]`. */
export const exchangeProblems = defineProblems('exchange', {
  exchange_not_found: {
    status: 404,
    title: 'Datenaustausch nicht gefunden',
    remedy: 'Prüfen Sie die Nummer des Datenaustauschs.',
  },
  agreement_not_active: {
    status: 403,
    title: 'Vereinbarung nicht in Kraft',
    remedy: 'Daten fließen nur, solange die Vereinbarung in Kraft und nicht abgelaufen oder widerrufen ist.',
  },
  receiving_not_permitted: {
    status: 403,
    title: 'Sie dürfen diese Daten nicht abrufen',
    remedy: 'Abrufen darf nur, wer in der empfangenden Stelle dazu berechtigt ist.',
  },
  custodian_receives_not: {
    status: 403,
    title: 'Wer die Schlüssel der Pseudonyme verwahrt, ruft die Daten nicht ab',
    remedy:
      'Bitte lassen Sie eine andere Person der empfangenden Stelle abrufen. So verlangt es die Funktionstrennung (SOD-7).',
  },
  delivery_refused: {
    status: 403,
    title: 'Datenlieferung abgelehnt',
    remedy: 'Die Prüfung bei der Lieferung hat die Weitergabe nicht erlaubt. Die Gründe stehen dabei.',
  },
  ticket_unknown: {
    status: 403,
    title: 'Abrufschein unbekannt',
    remedy: 'Fordern Sie auf der Seite der Vereinbarung einen neuen Abruf an.',
  },
  ticket_mismatch: {
    status: 403,
    title: 'Abrufschein gilt nicht für diesen Abruf',
    remedy: 'Ein Abrufschein gilt nur für die Vereinbarung und das Format, für die er ausgestellt wurde.',
  },
  ticket_used: {
    status: 410,
    title: 'Abrufschein schon benutzt',
    remedy: 'Ein Abrufschein gilt einmal. Fordern Sie einen neuen Abruf an.',
  },
  ticket_expired: {
    status: 410,
    title: 'Abrufschein abgelaufen',
    remedy: 'Ein Abrufschein gilt 60 Sekunden. Fordern Sie einen neuen Abruf an.',
  },
  deliveries_used_up: {
    status: 429,
    title: 'Für diese Zeit ist genug geliefert',
    remedy:
      'Die Vereinbarung nennt, wie oft in welcher Zeit geliefert wird. Brauchen Sie die Daten laufend, stellen Sie einen neuen Antrag in der Form „laufender Abruf“.',
  },
  too_many_streams: {
    status: 429,
    title: 'Zu viele Abrufe gleichzeitig',
    remedy: 'Warten Sie, bis ein laufender Abruf beendet ist.',
  },
  source_unavailable: {
    status: 503,
    title: 'Daten zurzeit nicht lieferbar',
    remedy: 'Die Daten konnten nicht gelesen werden. Versuchen Sie es später noch einmal.',
  },
  gate_closing: {
    status: 503,
    title: 'Die Datenausgabe wird gerade beendet',
    remedy: 'Versuchen Sie es in einer Minute noch einmal.',
  },
});
