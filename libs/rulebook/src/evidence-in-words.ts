import type { Ruleset } from '#lib/policy';
import { stepName } from './chain-in-words';
import { inWords } from './clauses';
import type { ReadableEvidence } from './readable.view';

const REGISTERED = { AUDIT_MANDATE: 'steht im Register der Prüfaufträge' } as const;

/** Kinds of evidence with who looks at them and what they can carry. */
export const evidenceInWords = (ruleset: Ruleset): ReadableEvidence[] =>
  ruleset.vocabulary.evidence.map(({ code, name, desk, carries = {}, register, shownByProvider, namesItsEnd }) => ({
    code,
    name,
    looked: desk ? `Schritt „${stepName(ruleset, desk)}“` : register ? REGISTERED[register] : 'niemand: zählt nicht',
    carries: Object.entries(carries).map(([path, values]) =>
      inWords(ruleset, { [path]: typeof values[0] === 'boolean' ? { eq: values[0] } : { in: values } }),
    ),
    more: [
      ...(shownByProvider ? ['auch die gebende Stelle kann ihn für ein Datenprodukt vorlegen'] : []),
      ...(namesItsEnd ? ['muss sein Ende nennen'] : []),
    ],
  }));
