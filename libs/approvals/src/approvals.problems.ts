import { defineProblems } from '#lib/kernel';

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
  contract_missing: {
    status: 409,
    title: 'Zwischen den Parteien fehlt ein gültiger Vertrag',
    remedy: 'Bitte lassen Sie den Vertrag vom Rechtsamt eintragen und versuchen Sie es dann noch einmal.',
  },
});
