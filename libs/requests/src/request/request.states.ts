import { defineStates, type StoredStateOf } from '#lib/kernel';

/** Where a request can stand. A draft is nothing on record: a form that was not submitted lives with the applicant. */
export const requestStates = defineStates({
  SUBMITTED: { label: 'Eingereicht', to: { permit: 'PERMITTED', review: 'IN_REVIEW', refuse: 'REFUSED' } },
  PERMITTED: { label: 'Freigegeben ohne Prüfung', to: {} },
  IN_REVIEW: {
    label: 'In Prüfung',
    to: {
      // decided anew, and further steps are asked for
      redecide: 'IN_REVIEW',
      ask: 'QUESTION',
      permit: 'PERMITTED',
      approve: 'APPROVED',
      refuse: 'REFUSED',
      withdraw: 'WITHDRAWN',
      expire: 'EXPIRED',
    },
  },
  QUESTION: {
    label: 'Rückfrage offen',
    // refused: a party ended and nobody stands in its place
    to: { answer: 'IN_REVIEW', refuse: 'REFUSED', withdraw: 'WITHDRAWN', expire: 'EXPIRED' },
  },
  APPROVED: { label: 'Freigegeben', to: {} },
  REFUSED: { label: 'Abgelehnt', to: {} },
  WITHDRAWN: { label: 'Zurückgezogen', to: {} },
  EXPIRED: { label: 'Ausgelaufen', to: {} },
});
export type RequestState = StoredStateOf<typeof requestStates>;
