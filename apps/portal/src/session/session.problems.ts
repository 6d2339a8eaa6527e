import { defineProblems } from '#lib/kernel';

export const portalProblems = defineProblems('portal', {
  form_not_ours: {
    status: 403,
    title: 'Formular nicht angenommen',
    remedy:
      'Bitte öffnen Sie die Seite neu und senden Sie das Formular noch einmal ab. Ihre Sitzung kann abgelaufen sein.',
  },
  upload_missing: {
    status: 422,
    title: 'Keine Datei ausgewählt',
    remedy: 'Bitte wählen Sie eine Datei aus und laden Sie sie noch einmal hoch.',
  },
});
