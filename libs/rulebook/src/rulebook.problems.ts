import { defineProblems } from '#lib/kernel';

export const rulebookProblems = defineProblems('rulebook', {
  ruleset_missing: {
    status: 503,
    title: 'Kein Regelwerk in Kraft',
    remedy: 'Ohne Regelwerk wird nichts entschieden. Bitte wenden Sie sich an die Geschäftsstelle.',
  },
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
});
