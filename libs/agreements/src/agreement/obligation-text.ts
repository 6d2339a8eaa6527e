import type { ObligationWords } from '#lib/policy';

/** Enforcers of `obligations.yaml` that are this stage's: the recipient promises in the agreement, whose text says it. */
export const AGREEMENT_ENFORCERS: readonly string[] = ['agreements.terms'];

/** `Löschen nach Frist (90 Tage): Die Daten müssen nach der Frist gelöscht werden.` */
export const obligationText = ({ name, meaning, parameters }: ObligationWords): string =>
  `${name}${parameters && ` (${parameters})`}${meaning && `: ${meaning}`}`;
