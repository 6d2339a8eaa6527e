import { constraintsAsProblems, defineProblems } from '#lib/kernel';

/** What can go wrong at the auditor's desk. */
export const assuranceProblems = defineProblems('assurance', {
  reveal_switched_off: {
    status: 403,
    title: 'Die Offenlegung von Personen ist ausgeschaltet',
    remedy: 'Sie wird erst eingeschaltet, wenn die Dienstvereinbarung mit dem Personalrat gilt.',
  },
  reveal_not_found: {
    status: 404,
    title: 'Offenlegung nicht gefunden',
    remedy: 'Bitte öffnen Sie die Offenlegung aus der Liste.',
  },
  reveal_state: {
    status: 409,
    title: 'Darüber ist schon entschieden, oder die Frist ist vorbei',
    remedy: 'Bitte laden Sie die Liste neu. Dort steht der heutige Stand.',
  },
  reveal_two_persons: {
    status: 403,
    title: 'Eine Offenlegung braucht drei verschiedene Personen',
    remedy: 'Bitte lassen Sie eine andere berechtigte Person entscheiden.',
  },
  reveal_closed: {
    status: 403,
    title: 'Die Person ist nicht offengelegt',
    remedy: 'Nötig sind die Zustimmung des Datenschutzes und der Geschäftsstelle und ein Prüfauftrag, der gilt.',
  },
  reveal_nobody: {
    status: 404,
    title: 'Hinter diesem Eintrag steht keine Person',
    remedy: 'Der Eintrag kommt vom System oder von einem Fachverfahren, oder der Schlüssel des Jahres ist gelöscht.',
  },
});

/** The constraints and triggers of this stage that a person can run into, by the problem that says so. */
export const withProblems = constraintsAsProblems({
  reveal_two_persons: assuranceProblems.reveal_two_persons,
  reveal_fixed: assuranceProblems.reveal_state,
});
