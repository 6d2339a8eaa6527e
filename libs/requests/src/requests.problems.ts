import { constraintsAsProblems, defineProblems } from '#lib/kernel';
import { organisationProblems } from '#lib/organisation';

export const requestProblems = defineProblems('requests', {
  request_not_found: {
    status: 404,
    title: 'Antrag nicht gefunden',
    remedy: 'Bitte prüfen Sie die Nummer. Anträge anderer Ämter werden hier nicht angezeigt.',
  },
  decision_not_found: {
    status: 404,
    title: 'Entscheidung nicht gefunden',
    remedy: 'Bitte prüfen Sie die Kennung. Entscheidungen anderer Ämter werden hier nicht angezeigt.',
  },
  product_not_requestable: {
    status: 409,
    title: 'Für dieses Datenprodukt sind zurzeit keine Anträge möglich',
    remedy: 'Bitte fragen Sie die Datenverantwortung des anbietenden Amtes, wann das Datenprodukt anfragbar ist.',
  },
  emergency_not_possible: {
    status: 403,
    title: 'Dafür gibt es keinen Ausnahmezugriff',
    remedy: 'Die Gründe sind genannt. Bei Gefahr rufen Sie bitte die Stelle an, die die Daten hat.',
  },
  product_in_revision: {
    status: 409,
    title: 'Das Datenprodukt wird gerade überarbeitet oder ist zurückgezogen',
    remedy:
      'Bis es wieder freigegeben ist, geht der Antrag nicht weiter. Ist es zurückgezogen, endet der Antrag. Sie können nachfragen oder ablehnen.',
  },
  requester_role_missing: {
    status: 403,
    title: 'Sie dürfen für diese Stelle keine Anträge stellen',
    remedy: 'Bitte wenden Sie sich an eine Person Ihres Amtes mit der Rolle „Datennutzer/in“.',
  },
  person_required: {
    status: 403,
    title: 'Das darf nur eine Person tun',
    remedy: 'Bitte melden Sie sich mit Ihrem persönlichen Zugang an.',
  },
  request_state: {
    status: 409,
    title: 'Der Antrag hat sich inzwischen verändert',
    remedy: 'Bitte laden Sie den Antrag neu und prüfen Sie seinen Stand.',
  },
  request_expired: {
    status: 409,
    title: 'Der beantragte Zeitraum ist vorbei',
    remedy: 'Bitte stellen Sie einen neuen Antrag. Sie können den alten Antrag als Vorlage nehmen.',
  },
  request_changed: {
    status: 412,
    title: 'Der Antrag wurde geändert, seit Sie ihn geöffnet haben',
    remedy: 'Bitte laden Sie die Seite neu und lesen Sie den geänderten Antrag, bevor Sie entscheiden.',
  },
  not_the_requester: {
    status: 403,
    title: 'Das darf nur die antragstellende Stelle tun',
    remedy: 'Bitte wenden Sie sich an die Person, die den Antrag gestellt hat, oder an ihr Amt.',
  },
  request_rests: {
    status: 409,
    title: 'Der Antrag ruht',
    remedy:
      'Die Person, die für ihn verantwortlich war, ist nicht mehr bei der anfragenden Stelle. Deren Leitung muss zuerst jemanden benennen.',
  },
  keeper_decided: {
    status: 403,
    title: 'Diese Person hat über den Antrag mitentschieden',
    remedy: 'Bitte benennen Sie eine andere Person.',
  },
  custodian_not_recipient: {
    status: 403,
    title: 'Wer die Schlüssel der Pseudonyme verwahrt, bekommt die Daten nicht',
    remedy: 'Bitte lassen Sie eine andere Person den Antrag stellen. So verlangt es die Funktionstrennung (SOD-7).',
  },
  no_case_for_a_rule: {
    status: 409,
    title: 'Aus diesem Antrag lässt sich keine Regel vorschlagen',
    remedy: 'Ein Vorschlag ist möglich, sobald Menschen den Antrag genehmigt oder abgelehnt haben.',
  },
  rule_already_proposed: {
    status: 409,
    title: 'Aus diesem Antrag gibt es schon einen Vorschlag',
    remedy: 'Bitte sehen Sie unter „Vorschläge für Regeln“ nach, was daraus geworden ist.',
  },
  rule_proposal_not_found: {
    status: 404,
    title: 'Vorschlag nicht gefunden',
    remedy: 'Bitte öffnen Sie den Vorschlag aus der Liste. Vorschläge anderer Ämter werden hier nicht angezeigt.',
  },
  rule_proposal_answered: {
    status: 409,
    title: 'Der Vorschlag ist schon beantwortet',
    remedy: 'Bitte laden Sie die Liste neu. Dort steht, was daraus geworden ist.',
  },
  evidence_not_found: {
    status: 404,
    title: 'Nachweis nicht gefunden',
    remedy:
      'Bitte öffnen Sie den Nachweis aus dem Antrag oder der Aufgabe. Nachweise anderer werden hier nicht gezeigt.',
  },
  evidence_type: {
    status: 422,
    title: 'Diese Art von Datei wird nicht angenommen',
    remedy: 'Bitte speichern Sie das Dokument als PDF, PNG, JPEG oder reinen Text und laden Sie es noch einmal hoch.',
  },
  evidence_encrypted: {
    status: 422,
    title: 'Das Dokument ist mit einem Kennwort geschützt',
    remedy: 'Bitte speichern Sie es ohne Schutz. Wer darüber entscheidet, muss es lesen können.',
  },
  evidence_too_large: {
    status: 413,
    title: 'Das Dokument ist zu groß',
    remedy: 'Bitte verkleinern Sie es auf höchstens 20 MB, zum Beispiel mit geringerer Auflösung.',
  },
  evidence_infected: {
    status: 422,
    title: 'In der Datei wurde Schadsoftware gefunden',
    remedy: 'Die Datei wurde nicht gespeichert. Bitte melden Sie den Fund der Informationssicherheit Ihrer Stelle.',
  },
  evidence_too_many: {
    status: 409,
    title: 'Zu viele Nachweise, die noch zu keinem Antrag gehören',
    remedy: 'Bitte stellen Sie erst die Anträge dazu. Was nicht gebraucht wird, verfällt nach 30 Tagen.',
  },
  evidence_attached: {
    status: 409,
    title: 'Zu diesem Nachweis gehört schon ein Antrag',
    remedy: 'Bitte laden Sie die Seite neu. Was ein Antrag vorlegt, bleibt unverändert.',
  },
  evidence_not_of_unit: {
    status: 422,
    title: 'Ein Nachweis gehört nicht der anfragenden Stelle',
    remedy: 'Bitte laden Sie den Nachweis für Ihre Stelle hoch.',
  },
  widening_not_allowed: {
    status: 422,
    title: 'Eine Auflage darf den Antrag nur enger fassen',
    remedy: 'Für mehr Felder, mehr Zeilen, mehr Empfänger oder mehr Zeit ist ein neuer Antrag nötig.',
  },
});

/** What the database refuses in words of the office, some of it at the commit. */
export const withProblems = constraintsAsProblems({
  custodian_not_recipient: requestProblems.custodian_not_recipient,
  evidence_attached: requestProblems.evidence_attached,
  evidence_of_the_unit: requestProblems.evidence_not_of_unit,
  handover_four_eyes: requestProblems.keeper_decided,
  // a unit that ended while the submit ran
  request_units_live: organisationProblems.unit_ended,
});
