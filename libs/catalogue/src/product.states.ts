/** The ladder of a product. STEWARD edits and submits, OWNER releases, offers and withdraws (SOD-2). */
export const PRODUCT_STATES = {
  DRAFT: { submit: 'IN_REVIEW' },
  IN_REVIEW: { sendBack: 'DRAFT', release: 'VISIBLE' },
  /** metadata are found, data are locked */
  VISIBLE: { offer: 'REQUESTABLE', revise: 'DRAFT', withdraw: 'WITHDRAWN' },
  REQUESTABLE: { revise: 'DRAFT', withdraw: 'WITHDRAWN' },
  WITHDRAWN: { revise: 'DRAFT' },
} as const;
export type ProductState = keyof typeof PRODUCT_STATES;
export type ProductStep = 'submit' | 'sendBack' | 'release' | 'offer' | 'revise' | 'withdraw';

export const PRODUCT_STATE_NAMES: Record<ProductState, string> = {
  DRAFT: 'Entwurf',
  IN_REVIEW: 'In Prüfung',
  VISIBLE: 'Intern sichtbar',
  REQUESTABLE: 'Anfragbar',
  WITHDRAWN: 'Zurückgezogen',
};
