import { defineProblems } from '#lib/kernel';

export const rulebookProblems = defineProblems('rulebook', {
  ruleset_broken: {
    status: 422,
    title: 'Das Regelwerk hat Fehler',
    remedy: 'Bitte beheben Sie die genannten Fehler. Bis dahin gilt das bisherige Regelwerk weiter.',
  },
  ruleset_version_not_found: {
    status: 404,
    title: 'Fassung des Regelwerks nicht gefunden',
    remedy: 'Bitte prüfen Sie die Kennung der Fassung.',
  },
  ruleset_cases_fail: {
    status: 422,
    title: 'Fälle des Regelwerks stimmen nicht',
    remedy: 'Jede Regel braucht einen Fall, und jeder Fall muss stimmen. Bitte ändern Sie die Regel oder den Fall.',
  },
  ruleset_unchanged: {
    status: 409,
    title: 'Der Entwurf sagt nichts Neues',
    remedy:
      'Der Text bedeutet dasselbe wie die geltende Fassung oder ein anderer offener Entwurf. Bitte arbeiten Sie dort weiter.',
  },
  ruleset_moved_on: {
    status: 409,
    title: 'Der Entwurf wurde inzwischen geändert',
    remedy: 'Bitte laden Sie die Seite neu und prüfen Sie den neuen Stand.',
  },
  ruleset_step_impossible: {
    status: 409,
    title: 'Dieser Schritt ist im jetzigen Stand nicht möglich',
    remedy: 'Ein Entwurf geht in die Beratung, dann zum Beschluss, dann in Kraft.',
  },
  ruleset_own_proposal: {
    status: 403,
    title: 'Wer vorschlägt, beschließt nicht',
    remedy: 'Bitte lassen Sie eine andere Person abstimmen und das Regelwerk in Kraft setzen.',
  },
  ruleset_vote_not_entitled: {
    status: 403,
    title: 'Sie dürfen für diese Stelle nicht abstimmen',
    remedy:
      'Es stimmt das Mitglied des Steuerungskreises ab, die Vertretung nur bei Abwesenheit oder nach Ablauf der Frist.',
  },
  ruleset_vote_cast: {
    status: 409,
    title: 'Ihre Stelle hat schon abgestimmt',
    remedy: 'Jede Stelle hat eine Stimme. Eine abgegebene Stimme bleibt.',
  },
  ruleset_no_majority: {
    status: 409,
    title: 'Die nötige Mehrheit fehlt',
    remedy: 'Es müssen so viele Stellen des Steuerungskreises mit Ja stimmen, wie das geltende Regelwerk verlangt.',
  },
  ruleset_date_impossible: {
    status: 422,
    title: 'Ab diesem Zeitpunkt kann das Regelwerk nicht gelten',
    remedy:
      'Der Zeitpunkt muss mindestens eine Minute in der Zukunft liegen und darf nicht der Beginn einer anderen Fassung sein.',
  },
});
