import { defineStates, type StoredStateOf } from '#lib/kernel';

/** The ladder of a product. STEWARD edits and submits, OWNER releases, offers and withdraws (SOD-2). */
export const productStates = defineStates({
  DRAFT: { label: 'Entwurf', to: { submit: 'IN_REVIEW' } },
  IN_REVIEW: { label: 'In Prüfung', to: { sendBack: 'DRAFT', release: 'VISIBLE' } },
  /** metadata are found, data are locked */
  VISIBLE: { label: 'Intern sichtbar', to: { offer: 'REQUESTABLE', revise: 'DRAFT', withdraw: 'WITHDRAWN' } },
  REQUESTABLE: { label: 'Anfragbar', to: { revise: 'DRAFT', withdraw: 'WITHDRAWN' } },
  WITHDRAWN: { label: 'Zurückgezogen', to: { revise: 'DRAFT' } },
});
export type ProductState = StoredStateOf<typeof productStates>;
export type ProductStep = ReturnType<typeof productStates.stepsFrom>[number];
