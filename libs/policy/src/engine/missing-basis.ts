import { type Carried, wouldCarry } from '../facts/carrying-bases';
import type { EvaluatedFacts, KnownCodes } from '../facts/derived-facts';
import type { Reason } from './decision';

/** Refusals for want of a basis, and which of the three is wanting. */
const WANTING: Readonly<Partial<Record<string, keyof Carried>>> = {
  legal_basis_missing: 'carriedBy',
  basis_not_carrying: 'carriedBy',
  task_missing: 'carriedBy',
  special_basis_missing: 'specialBy',
  criminal_basis_missing: 'criminalBy',
};
/** More than this many are no help to anybody. */
const MOST_NAMED = 8;

/** Whether one of the reasons is that a basis is wanting. */
export const wantsBasis = (because: readonly Reason[]): boolean =>
  because.some(({ code }) => code !== undefined && WANTING[code] !== undefined);

/** More combinations than this for one conclusion: begin anew rather than grow without bound. */
const MOST_KEPT = 100;

/**
 * The reasons of a refusal, those for want of a basis with the bases that would carry this transfer. `kept` holds what was
 * written for the same conclusion: it is drawn for one recipient, kind of data, provider and emergency, so purpose, secrecy and
 * themes are all that a basis looks at besides.
 */
export function withBasesThatWould(
  because: readonly Reason[],
  kept: Map<string, Reason[]>,
  evaluated: EvaluatedFacts,
  law: { codes: KnownCodes; basisName(code: string): string },
): Reason[] {
  const { product, purpose } = evaluated;
  // secrecies and themes are of closed lists: what a free code of a purpose says behind them takes no other's place
  const key = `${product.secrecy.join()} ${product.themes.join()} ${purpose.code}`;
  let reasons = kept.get(key);
  if (!reasons) {
    reasons = write(because, evaluated, law);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, reasons);
  }
  return reasons;
}

function write(
  because: readonly Reason[],
  evaluated: EvaluatedFacts,
  { codes, basisName }: { codes: KnownCodes; basisName(code: string): string },
): Reason[] {
  if (!codes.carrying) return Object.freeze([...because]) as Reason[];
  const would = wouldCarry(evaluated, evaluated.calc, codes.carrying);
  return Object.freeze(
    because.map((reason) => {
      const wanting = reason.code && WANTING[reason.code];
      if (!wanting) return reason;
      const names = would[wanting].slice(0, MOST_NAMED).map(basisName);
      const way =
        names.length > 0
          ? `Tragen könnten hier, wenn sie zutreffen: ${names.join('; ')}.`
          : 'Für diese Daten und diesen Empfänger kennt das Regelwerk keine.';
      return Object.freeze({ ...reason, text: `${reason.text} ${way}` });
    }),
  ) as Reason[];
}
