import { defineProblems } from '#lib/kernel';

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
  agreement_not_allowed: {
    status: 409,
    title: 'Nach dem heutigen Regelwerk kann diese Vereinbarung nicht in Kraft treten',
    remedy: 'Die Gründe sind genannt. Bitte stellen Sie einen neuen Antrag, wenn sie behoben sind.',
  },
});
