import { constraintsAsProblems, defineProblems } from '#lib/kernel';
import { organisationProblems } from '#lib/organisation';

export const approvalProblems = defineProblems('approvals', {
  task_not_found: {
    status: 404,
    title: 'Aufgabe nicht gefunden',
    remedy: 'Bitte öffnen Sie die Aufgabe aus Ihrem Eingang.',
  },
  self_approval: {
    status: 403,
    title: 'Über den eigenen Antrag entscheidet niemand selbst',
    remedy: 'Bitte überlassen Sie die Entscheidung einer anderen zuständigen Person. Das gilt auch für Vertretungen.',
  },
  four_eyes: {
    status: 403,
    title: 'Für diesen Schritt ist eine andere Person nötig',
    remedy:
      'Sie haben an diesem Antrag schon in einer anderen Rolle mitgewirkt. Bitte wenden Sie sich an Ihre Vertretung.',
  },
  task_already_decided: {
    status: 409,
    title: 'Diese Aufgabe ist schon entschieden',
    remedy: 'Bitte laden Sie die Seite neu. Dort steht, wer wie entschieden hat.',
  },
  task_not_open: {
    status: 409,
    title: 'Diese Aufgabe ist nicht offen',
    remedy: 'Vorherige Schritte fehlen noch, oder der Antrag hat sich erledigt. Bitte laden Sie die Seite neu.',
  },
  consultation_only: {
    status: 403,
    title: 'Diese Stelle berät und entscheidet nicht',
    remedy: 'Bitte geben Sie eine Stellungnahme ab. Entscheiden wird die Datenverantwortung.',
  },
  decision_needed: {
    status: 409,
    title: 'Hier ist eine Entscheidung nötig, keine Stellungnahme',
    remedy: 'Bitte stimmen Sie zu, fragen Sie zurück oder lehnen Sie ab.',
  },
  reasons_required: {
    status: 422,
    title: 'Eine schriftliche Begründung fehlt',
    remedy: 'Eine Stellungnahme enthält Bedenken. Bitte begründen Sie, warum Sie trotzdem zustimmen.',
  },
  veto_only: {
    status: 409,
    title: 'Die Statistikstelle entscheidet nur über die statistische Geheimhaltung',
    remedy: 'Bitte geben Sie frei, fragen Sie zurück oder legen Sie Ihr Veto ein.',
  },
  veto_elsewhere: {
    status: 409,
    title: 'Dieser Schritt kennt kein Veto',
    remedy: 'Bitte stimmen Sie zu, fragen Sie zurück oder lehnen Sie mit einem anderen Grund ab.',
  },
  vote_needed: {
    status: 409,
    title: 'Hier entscheiden mehrere Stellen mit ihrer Stimme',
    remedy: 'Bitte geben Sie die Stimme Ihrer Stelle ab.',
  },
  vote_own_office: {
    status: 403,
    title: 'Ihre Stelle ist an diesem Antrag beteiligt',
    remedy: 'Sie stimmt deshalb nicht mit ab. Die anderen Stellen des Steuerungskreises entscheiden.',
  },
  vote_given: {
    status: 409,
    title: 'Ihre Stelle hat schon abgestimmt',
    remedy: 'Jede Stelle hat eine Stimme. Sie kann nicht geändert werden.',
  },
  vote_out_of_reach: {
    status: 409,
    title: 'Die nötigen Stimmen sind nicht mehr erreichbar',
    remedy: 'Zu viele Stellen sind selbst beteiligt. Bitte lehnen Sie ab oder fragen Sie zurück.',
  },
  evidence_missing: {
    status: 422,
    title: 'Nicht alle Nachweise sind bestätigt',
    remedy:
      'Bitte bestätigen Sie jeden Nachweis mit seiner Fundstelle. Fehlt einer, fragen Sie zurück oder lehnen Sie ab.',
  },
  admission_missing: {
    status: 422,
    title: 'Die schriftliche Zulassung fehlt',
    remedy: 'Bitte nennen Sie die Fundstelle der unterschriebenen Zulassung.',
  },
  right_ended: {
    status: 403,
    title: 'Ihre Zuständigkeit ist inzwischen beendet',
    remedy: 'Die Bestellung oder Übertragung gilt nicht mehr. Es wurde nichts entschieden.',
  },
  notices_not_yours: {
    status: 403,
    title: 'Diese Hinweise sind für den Steuerungskreis und die Geschäftsstelle',
    remedy: 'Bitte wenden Sie sich an die Geschäftsstelle.',
  },
  contract_missing: {
    status: 409,
    title: 'Zwischen den Parteien fehlt ein gültiger Vertrag',
    remedy: 'Bitte lassen Sie den Vertrag vom Rechtsamt eintragen und versuchen Sie es dann noch einmal.',
  },
});

/** What the database refuses in words of the office: four eyes once more behind the service, and rights at the commit. */
export const withProblems = constraintsAsProblems({
  task_not_requester: approvalProblems.self_approval,
  task_not_for_requester: approvalProblems.self_approval,
  vote_not_requester: approvalProblems.self_approval,
  task_four_eyes: approvalProblems.four_eyes,
  vote_own_office: approvalProblems.vote_own_office,
  vote_one_per_office: approvalProblems.vote_given,
  vote_one_per_person: approvalProblems.vote_given,
  task_right_holds: approvalProblems.right_ended,
  task_delegation_holds: approvalProblems.right_ended,
  delegation_across: organisationProblems.delegation_across,
});
