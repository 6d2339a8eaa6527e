import { defineProblems } from '#lib/kernel';

export const lawProblems = defineProblems('law', {
  ruleset_missing: {
    status: 503,
    title: 'Kein Regelwerk in Kraft',
    remedy: 'Ohne Regelwerk wird nichts entschieden. Bitte wenden Sie sich an die Geschäftsstelle.',
  },
});
