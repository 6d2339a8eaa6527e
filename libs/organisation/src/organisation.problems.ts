// One file: the table of what this stage refuses, one entry a code.
import { defineProblems } from '#lib/kernel';

export const organisationProblems = defineProblems('organisation', {
  sign_in_required: { status: 401, title: 'Anmeldung nötig', remedy: 'Bitte melden Sie sich an.' },
  access_not_declared: {
    status: 403,
    title: 'Zugang nicht geregelt',
    remedy: 'Für diese Adresse ist kein Zugang festgelegt. Bitte wenden Sie sich an die Geschäftsstelle.',
  },
  actor_unknown: {
    status: 403,
    title: 'Konto nicht bekannt',
    remedy: 'Ihr Konto ist keiner Person im Datenraum zugeordnet. Bitte wenden Sie sich an die Administration.',
  },
  actor_disabled: {
    status: 403,
    title: 'Konto gesperrt',
    remedy: 'Ihr Zugang ist gesperrt. Bitte wenden Sie sich an die Administration.',
  },
  not_permitted: {
    status: 403,
    title: 'Keine Berechtigung',
    remedy: 'Ihre Rolle erlaubt diesen Schritt nicht. Bitte wenden Sie sich an die Geschäftsstelle.',
  },
  audit_mandate_missing: {
    status: 403,
    title: 'Es ist kein Prüfauftrag in Kraft',
    remedy:
      'Ohne gespeicherten Prüfauftrag liest auch das Revisionsamt nicht. Bitte lassen Sie den Auftrag eintragen und bestätigen.',
  },
  mandate_not_found: {
    status: 404,
    title: 'Prüfauftrag nicht gefunden',
    remedy: 'Bitte öffnen Sie den Prüfauftrag aus der Liste.',
  },
  mandate_two_persons: {
    status: 403,
    title: 'Einen Prüfauftrag bestätigt immer eine zweite Person',
    remedy: 'Bitte lassen Sie eine andere berechtigte Person bestätigen.',
  },
  mandate_own_house: {
    status: 403,
    title: 'Das Revisionsamt bestätigt seinen Auftrag nicht selbst',
    remedy: 'Bitte lassen Sie eine Person außerhalb des Revisionsamtes bestätigen.',
  },
  mandate_state: {
    status: 409,
    title: 'Das ist bei diesem Prüfauftrag nicht mehr möglich',
    remedy: 'Bitte laden Sie die Seite neu. Dort steht der heutige Stand.',
  },
  mandate_period: {
    status: 422,
    title: 'Ein Prüfauftrag gilt höchstens 6 Monate',
    remedy: 'Bitte wählen Sie ein früheres Ende. Danach ist ein neuer Auftrag möglich.',
  },
  not_entitled: {
    status: 403,
    title: 'Sie sind hier nicht zuständig',
    remedy: 'Eine Vertretung entscheidet nur, wenn die vertretene Person abwesend ist oder die Frist abgelaufen ist.',
  },
  unit_not_found: {
    status: 404,
    title: 'Stelle nicht gefunden',
    remedy: 'Bitte wählen Sie eine Stelle aus der Liste.',
  },
  unit_ended: {
    status: 409,
    title: 'Diese Stelle besteht nicht mehr',
    remedy: 'Bitte wählen Sie die Stelle, die ihre Aufgaben übernommen hat.',
  },
  absence_not_found: {
    status: 404,
    title: 'Abwesenheit nicht gefunden',
    remedy: 'Prüfen Sie die Nummer der Abwesenheit.',
  },
  absence_period: {
    status: 422,
    title: 'Dieser Zeitraum ist für eine Abwesenheit nicht möglich',
    remedy: 'Eine Abwesenheit beginnt heute oder später und dauert höchstens 12 Monate.',
  },
  absence_two_persons: {
    status: 403,
    title: 'Eine Abwesenheit trägt man selbst ein',
    remedy:
      'Für jemanden, der es nicht selbst kann, schlägt eine Person aus der Administration sie vor, und eine zweite bestätigt.',
  },
  person_shut_out: {
    status: 409,
    title: 'Der Zugang dieser Person ist gesperrt',
    remedy: 'Bitte wählen Sie eine andere Person, oder lassen Sie zuerst die Sperre aufheben.',
  },
  delegation_across: {
    status: 403,
    title: 'Diese Person steht auf der Seite, die Daten bekommt',
    remedy:
      'Wer für die anfragende Stelle arbeitet, entscheidet nicht für die gebende Stelle. Bitte übertragen Sie die Entscheidung auf jemand anderen.',
  },
  unit_key_taken: {
    status: 409,
    title: 'Dieses Kürzel ist schon vergeben',
    remedy: 'Kürzel früherer Stellen bleiben vergeben. Bitte wählen Sie ein anderes.',
  },
  unit_change_not_found: {
    status: 404,
    title: 'Organisationsänderung nicht gefunden',
    remedy: 'Bitte wählen Sie einen Eintrag aus der Liste.',
  },
  unit_change_state: {
    status: 409,
    title: 'Dieser Schritt ist nicht mehr möglich',
    remedy: 'Die Organisationsänderung wurde inzwischen bestätigt oder verworfen. Bitte laden Sie die Seite neu.',
  },
  unit_change_two_persons: {
    status: 403,
    title: 'Eine zweite Person muss bestätigen',
    remedy:
      'Wer eine Organisationsänderung vorbereitet, bestätigt sie nicht. Bitte wenden Sie sich an eine zweite Person aus der Administration.',
  },
  unit_change_not_yours: {
    status: 403,
    title: 'Diesen Plan hat eine andere Person vorbereitet',
    remedy:
      'Nur wer die Änderung vorbereitet hat, ändert den Plan. Sie können ihn bestätigen, oder verwerfen und neu vorbereiten.',
  },
  unit_change_overlap: {
    status: 409,
    title: 'Eine andere Änderung betrifft dieselbe Stelle',
    remedy:
      'Eine der Stellen besteht nicht mehr, oder eine bestätigte Änderung steht noch bevor. Bitte bereiten Sie den Vorgang danach neu vor.',
  },
  unit_change_kind_unfit: {
    status: 422,
    title: 'Diese Stellen passen nicht zu diesem Vorgang',
    remedy: 'Die Statistikstelle bleibt für sich, und nur bei Teilung und Auflösung wird einzeln zugeordnet.',
  },
  unit_change_obstacles: {
    status: 409,
    title: 'Die Änderung kann noch nicht bestätigt werden',
    remedy: 'Die Vorschau nennt jedes Hindernis und was es beseitigt.',
  },
  person_not_found: {
    status: 404,
    title: 'Person nicht gefunden',
    remedy: 'Bitte wählen Sie eine Person aus der Liste.',
  },
  appointment_not_found: {
    status: 404,
    title: 'Bestellung nicht gefunden',
    remedy: 'Bitte wählen Sie einen Eintrag aus der Liste.',
  },
  contract_not_found: {
    status: 404,
    title: 'Vertrag nicht gefunden',
    remedy: 'Bitte wählen Sie einen Vertrag aus der Liste.',
  },
  appointment_incompatible: {
    status: 409,
    title: 'Diese Rollen dürfen nicht zusammentreffen',
    remedy: 'Bitte wählen Sie eine andere Person, oder beenden Sie zuerst die andere Bestellung.',
  },
  appointment_twice: {
    status: 409,
    title: 'Die Person hat diese Rolle schon',
    remedy: 'Bitte prüfen Sie die Liste der Bestellungen.',
  },
  appointment_deputy: {
    status: 422,
    title: 'Diese Vertretung ist nicht möglich',
    remedy: 'Eine Vertretung gilt für eine andere Person, in derselben Rolle und Stelle, und nur über eine Stufe.',
  },
  appointment_role: {
    status: 422,
    title: 'Diese Rolle kennt das Regelwerk nicht',
    remedy: 'Vergeben werden Rollen, die das geltende Regelwerk beschreibt und auch ein schon beschlossenes neues.',
  },
  appointment_statistics: {
    status: 422,
    title: 'Diese Rolle gibt es nur in der Statistikstelle',
    remedy: 'Bitte wählen Sie die Statistikstelle.',
  },
  appointment_two_persons: {
    status: 403,
    title: 'Zwei andere Personen nötig',
    remedy: 'Eine zweite Person aus der Administration muss bestätigen. Niemand bestellt sich selbst.',
  },
  appointment_state: {
    status: 409,
    title: 'Dieser Schritt ist nicht mehr möglich',
    remedy: 'Die Bestellung wurde inzwischen bestätigt, abgelehnt oder beendet. Bitte laden Sie die Seite neu.',
  },
  appointment_scope: {
    status: 422,
    title: 'Die Vertretung gilt für einen anderen Bereich',
    remedy:
      'Eine Vertretung gilt für denselben Bereich wie die vertretene Person: Stadt, Stelle, Domäne oder Datenprodukt.',
  },
  seat_needed: {
    status: 409,
    title: 'Für Datenprodukte dieser Stelle wäre niemand mehr verantwortlich',
    remedy:
      'Bitte bestellen Sie zuerst eine Nachfolge oder Vertretung. In einem dringenden Fall sperren Sie die Person.',
  },
  people_two_persons: {
    status: 403,
    title: 'Zwei andere Personen nötig',
    remedy:
      'Über Personen und Konten entscheiden zwei Personen der Administration gemeinsam, und niemand über sich selbst.',
  },
  person_order_not_found: {
    status: 404,
    title: 'Vorgang nicht gefunden',
    remedy: 'Bitte wählen Sie einen Eintrag aus der Liste.',
  },
  person_order_state: {
    status: 409,
    title: 'Über diesen Vorgang ist schon entschieden',
    remedy: 'Bitte laden Sie die Seite neu.',
  },
  person_order_open: {
    status: 409,
    title: 'Ein solcher Vorgang ist schon offen',
    remedy: 'Bitte lassen Sie ihn von einer zweiten Person bestätigen oder ablehnen.',
  },
  person_not_disabled: {
    status: 409,
    title: 'Die Person ist nicht gesperrt',
    remedy: 'Bitte prüfen Sie die Auswahl.',
  },
  person_not_of_unit: {
    status: 422,
    title: 'Die Person gehört nicht zu dieser Stelle',
    remedy: 'Bitte wählen Sie eine Person, die in dieser Stelle eine Rolle hat.',
  },
  account_taken: {
    status: 409,
    title: 'Dieses Konto gehört schon zu einer Person',
    remedy: 'Ein Konto wird nie weitergegeben. Bitte prüfen Sie die Kennung.',
  },
  erasure_too_early: {
    status: 409,
    title: 'Diese Person ist noch im Datenraum tätig',
    remedy: 'Bitte führen Sie zuerst den Weggang durch. Danach kann die Person gelöscht werden.',
  },
  machine_client_not_found: {
    status: 404,
    title: 'Fachverfahren nicht gefunden',
    remedy: 'Bitte wählen Sie ein Fachverfahren Ihrer Stelle.',
  },
  contract_kind_unfit: {
    status: 422,
    title: 'Diese Vertragsart passt nicht zu den Parteien',
    remedy:
      'Eine interne Vereinbarung gibt es nur mit einem Eigenbetrieb, die anderen Arten zwischen verschiedenen Stellen.',
  },
  contract_complete: {
    status: 409,
    title: 'Der Vertrag nennt seinen Gegenstand schon',
    remedy: 'Ein Eintrag im Register wird nicht umgeschrieben. Bitte tragen Sie einen neuen Vertrag ein.',
  },
  contract_ended: { status: 409, title: 'Vertrag schon beendet', remedy: 'Bitte laden Sie die Seite neu.' },
  duty_not_found: {
    status: 404,
    title: 'Pflichtaufgabe nicht gefunden',
    remedy: 'Bitte wählen Sie eine Pflichtaufgabe aus dem Verzeichnis.',
  },
  duty_code_taken: {
    status: 409,
    title: 'Dieses Kürzel ist schon vergeben',
    remedy: 'Kürzel früherer Pflichtaufgaben bleiben vergeben. Bitte wählen Sie ein anderes.',
  },
  duty_ended: { status: 409, title: 'Pflichtaufgabe schon beendet', remedy: 'Bitte laden Sie die Seite neu.' },
  delegation_not_found: {
    status: 404,
    title: 'Übertragung nicht gefunden',
    remedy: 'Bitte wählen Sie einen Eintrag aus der Liste.',
  },
  delegation_self: {
    status: 422,
    title: 'Niemand überträgt eine Aufgabe sich selbst',
    remedy: 'Bitte wählen Sie eine andere Person.',
  },
  delegation_chain: {
    status: 409,
    title: 'Eine übertragene Aufgabe wird nicht weiter übertragen',
    remedy: 'Übertragen wird nur über eine Stufe und nie im Kreis. Bitte widerrufen Sie zuerst die andere Übertragung.',
  },
  delegation_right: {
    status: 403,
    title: 'Diese Aufgabe können Sie nicht übertragen',
    remedy:
      'Schriftlich übertragen wird nur die eigene Entscheidung als datenverantwortliche Person, nicht die einer Vertretung.',
  },
  delegation_period: {
    status: 422,
    title: 'Dieser Zeitraum ist nicht möglich',
    remedy: 'Eine Übertragung gilt höchstens zwölf Monate. Danach ist eine neue nötig.',
  },
  delegation_incompatible: {
    status: 409,
    title: 'Diese Aufgabe passt nicht zu einer anderen Rolle der Person',
    remedy: 'Bitte wählen Sie eine andere Person.',
  },
  delegation_ended: {
    status: 403,
    title: 'Die Übertragung gilt nicht mehr',
    remedy: 'Sie ist abgelaufen oder widerrufen. Bitte wenden Sie sich an die datenverantwortliche Person.',
  },
  idempotency_key_malformed: {
    status: 400,
    title: 'Idempotency-Key nicht lesbar',
    remedy:
      'Bitte senden Sie 8 bis 200 Zeichen: Buchstaben, Ziffern, Punkt, Doppelpunkt, Unterstrich oder Bindestrich.',
  },
});
