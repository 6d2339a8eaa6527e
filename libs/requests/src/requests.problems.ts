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
  widening_not_allowed: {
    status: 422,
    title: 'Eine Auflage darf den Antrag nur enger fassen',
    remedy: 'Für mehr Felder, mehr Zeilen, mehr Empfänger oder mehr Zeit ist ein neuer Antrag nötig.',
  },
});

/** What the database refuses in words of the office, some of it at the commit. */
export const withProblems = constraintsAsProblems({
  custodian_not_recipient: requestProblems.custodian_not_recipient,
  handover_four_eyes: requestProblems.keeper_decided,
  // a unit that ended while the submit ran
  request_units_live: organisationProblems.unit_ended,
});
