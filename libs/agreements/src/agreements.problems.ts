import { constraintsAsProblems, defineProblems } from '#lib/kernel';

export const agreementProblems = defineProblems('agreements', {
  agreement_unknown: {
    status: 404,
    title: 'Vereinbarung nicht gefunden',
    remedy:
      'Bitte öffnen Sie die Vereinbarung aus Ihrer Liste. Vereinbarungen anderer Stellen werden hier nicht angezeigt.',
  },
  agreement_state: {
    status: 409,
    title: 'Das ist bei dieser Vereinbarung nicht mehr möglich',
    remedy: 'Bitte laden Sie die Seite neu. Dort steht der heutige Stand.',
  },
  agreement_changed: {
    status: 412,
    title: 'Die Vereinbarung hat sich geändert, seit Sie sie geöffnet haben',
    remedy: 'Bitte laden Sie die Seite neu und lesen Sie den heutigen Stand.',
  },
  agreement_over: {
    status: 409,
    title: 'Der vereinbarte Zeitraum ist vorbei',
    remedy: 'Bitte stellen Sie einen neuen Antrag. Sie können den alten Antrag als Vorlage nehmen.',
  },
  agreement_controller_first: {
    status: 409,
    title: 'Erst bestätigt die Stelle, in deren Auftrag verarbeitet wird',
    remedy: 'Bitte warten Sie, bis die beauftragende Stelle bestätigt hat.',
  },
  agreement_controller_confirmed: {
    status: 409,
    title: 'Die beauftragende Stelle hat schon bestätigt',
    remedy: 'Jetzt bestätigt die Stelle, die im Auftrag verarbeitet.',
  },
  agreement_signer: {
    status: 403,
    title: 'Diese Vereinbarung bestätigt, wer für die Stelle verantwortlich ist',
    remedy:
      'Für eine Gesellschaft, einen Eigenbetrieb oder einen Vertrag bestätigt die datenverantwortliche Person, ihre Vertretung oder wem sie es schriftlich übertragen hat.',
  },
  agreement_not_allowed: {
    status: 409,
    title: 'Nach dem heutigen Regelwerk kann diese Vereinbarung nicht in Kraft treten',
    remedy: 'Die Gründe sind genannt. Bitte stellen Sie einen neuen Antrag, wenn sie behoben sind.',
  },
  emergency_unknown: {
    status: 404,
    title: 'Ausnahmezugriff nicht gefunden',
    remedy: 'Bitte öffnen Sie den Ausnahmezugriff aus Ihrer Liste. Andere Stellen sehen ihn nicht.',
  },
  emergency_at_once: {
    status: 409,
    title: 'Für dieses Datenprodukt und Ihre Stelle gibt es schon einen Ausnahmezugriff',
    remedy: 'Bitte nutzen Sie den laufenden Ausnahmezugriff, oder beenden Sie ihn zuerst.',
  },
  emergency_unreviewed: {
    status: 409,
    title: 'Der letzte Ausnahmezugriff Ihres Amtes auf dieses Datenprodukt ist noch nicht nachgeprüft',
    remedy:
      'Die oder der Datenschutzbeauftragte und die Datenverantwortung können sofort nachprüfen. Bitte rufen Sie dort an, wenn die Gefahr noch besteht.',
  },
  emergency_same_person: {
    status: 403,
    title: 'Einen Ausnahmezugriff öffnen immer zwei Personen',
    remedy: 'Bitte lassen Sie eine zweite Person Ihrer Stelle mit der Rolle „Fachliche Freigabe“ bestätigen.',
  },
  emergency_state: {
    status: 409,
    title: 'Das ist bei diesem Ausnahmezugriff nicht mehr möglich',
    remedy: 'Bitte laden Sie die Seite neu. Dort steht der heutige Stand.',
  },
  emergency_lapsed: {
    status: 403,
    title: 'Der Ausnahmezugriff wurde nicht rechtzeitig bestätigt',
    remedy:
      'Besteht die Gefahr noch, eröffnen Sie bitte einen neuen Ausnahmezugriff und rufen Sie die zweite Person an.',
  },
  emergency_running: {
    status: 409,
    title: 'Der Ausnahmezugriff läuft noch',
    remedy: 'Die Nachprüfung beginnt, wenn er vorbei ist. Sie können ihn vorher beenden.',
  },
  emergency_opinion_missing: {
    status: 409,
    title: 'Die Stellungnahme zum Datenschutz fehlt noch',
    remedy: 'Bitte warten Sie auf die Stellungnahme der oder des Datenschutzbeauftragten.',
  },
  emergency_own_part: {
    status: 403,
    title: 'Wer an dem Ausnahmezugriff mitgewirkt hat, prüft ihn nicht nach',
    remedy: 'Bitte überlassen Sie die Nachprüfung einer anderen berechtigten Person oder der Vertretung.',
  },
});

/** What the database refuses in words of the office, also when two do the same in the same instant. */
export const withProblems = constraintsAsProblems({
  emergency_at_once: agreementProblems.emergency_at_once,
  emergency_unreviewed: agreementProblems.emergency_unreviewed,
  agreement_signer: agreementProblems.agreement_signer,
  agreement_controller_first: agreementProblems.agreement_controller_first,
});
