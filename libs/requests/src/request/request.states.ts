/** Where a request can stand. A draft is nothing on record: a form that was not submitted lives with the applicant. */
export const REQUEST_STATES = [
  'SUBMITTED',
  'PERMITTED',
  'IN_REVIEW',
  'QUESTION',
  'APPROVED',
  'REFUSED',
  'WITHDRAWN',
  'EXPIRED',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * Every move a request can make. The database holds the same table and refuses every other move (see the migration);
 * a test compares the two. IN_REVIEW to IN_REVIEW is a decision taken anew that asks for further steps.
 */
export const REQUEST_MOVES: readonly (readonly [from: RequestState, to: RequestState])[] = [
  ['SUBMITTED', 'PERMITTED'],
  ['SUBMITTED', 'IN_REVIEW'],
  ['SUBMITTED', 'REFUSED'],
  ['IN_REVIEW', 'IN_REVIEW'],
  ['IN_REVIEW', 'QUESTION'],
  ['IN_REVIEW', 'PERMITTED'],
  ['IN_REVIEW', 'APPROVED'],
  ['IN_REVIEW', 'REFUSED'],
  ['IN_REVIEW', 'WITHDRAWN'],
  ['IN_REVIEW', 'EXPIRED'],
  ['QUESTION', 'IN_REVIEW'],
  ['QUESTION', 'WITHDRAWN'],
  // a party ended and nobody stands in its place
  ['QUESTION', 'REFUSED'],
  ['QUESTION', 'EXPIRED'],
];

export const canMove = (from: RequestState, to: RequestState): boolean =>
  REQUEST_MOVES.some(([a, b]) => a === from && b === to);

/** No move leads out of it. */
export const isFinal = (state: RequestState): boolean => !REQUEST_MOVES.some(([from]) => from === state);

export const REQUEST_STATE_LABEL: Record<RequestState, string> = {
  SUBMITTED: 'Eingereicht',
  PERMITTED: 'Freigegeben ohne Prüfung',
  IN_REVIEW: 'In Prüfung',
  QUESTION: 'Rückfrage offen',
  APPROVED: 'Freigegeben',
  REFUSED: 'Abgelehnt',
  WITHDRAWN: 'Zurückgezogen',
  EXPIRED: 'Ausgelaufen',
};
