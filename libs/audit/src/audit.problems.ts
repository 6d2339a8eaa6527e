import { defineProblems } from '#lib/kernel';

export const auditProblems = defineProblems('audit', {
  audit_entry_not_found: {
    status: 404,
    title: 'Eintrag nicht gefunden',
    remedy: 'Prüfen Sie die Kennung. Ein neuer Vorgang erscheint nach wenigen Sekunden im Protokoll.',
  },
  audit_path_not_found: {
    status: 404,
    title: 'Diesen Teil des Protokolls gibt es nicht',
    remedy: 'Lesen Sie zuerst den Prüfpunkt; er nennt, wie viele Einträge das Protokoll hat.',
  },
  audit_outside_mandate: {
    status: 403,
    title: 'Der Prüfauftrag umfasst nicht die ganze Stadt',
    remedy:
      'Nutzen Sie die Ansicht der Einträge und die Nachweise dazu. Das ganze Protokoll prüft, wer einen Auftrag für die ganze Stadt hat.',
  },
  audit_log_not_found: {
    status: 404,
    title: 'Protokoll nicht gefunden',
    remedy: 'Wählen Sie ein Jahr, für das ein Protokoll besteht.',
  },
  audit_range_invalid: {
    status: 422,
    title: 'Der Bereich liegt nicht im Protokoll',
    remedy: 'Geben Sie zwei Größen an, die erste nicht größer als die zweite und beide nicht größer als das Protokoll.',
  },
});
