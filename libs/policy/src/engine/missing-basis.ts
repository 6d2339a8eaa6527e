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

/** The reasons of a refusal, those for want of a basis with the bases that would carry this transfer. */
export function withBasesThatWould(
  because: readonly Reason[],
  evaluated: EvaluatedFacts,
  { codes, basisName }: { codes: KnownCodes; basisName(code: string): string },
): Reason[] {
  if (!codes.carrying) return [...because];
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
