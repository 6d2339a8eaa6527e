import type { CarryingLaw } from '../facts/carrying-bases';
import { CARRY_CODES } from '../facts/carrying-bases';
import type { Codes } from '../facts/lists';
import type { LegalBases } from './law.schema';

/** Kinds that are for nobody's data: a transfer that rests on one of these alone rests on nothing. */
const CARRIES_NOTHING: readonly (string | undefined)[] = ['CHANGE', 'NONE', undefined];

/** What the law book says its bases can carry. */
export function carryingLaw({ legalBases, ownNormOnly = [] }: LegalBases): CarryingLaw {
  return { bases: new Map(legalBases.map((basis) => [basis.code, basis])), ownNormOnly: new Set(ownNormOnly) };
}

/** Every code a basis names exists, and what carries nothing says of nothing that it does. */
export function checkCarries(
  { legalBases }: LegalBases,
  codes: Codes,
  report: (id: string, text: string) => void,
): void {
  for (const { code, kind, carries = [] } of legalBases) {
    if (carries.length > 0 && CARRIES_NOTHING.includes(kind))
      report(code, 'trägt nach ihrer Art nichts und sagt doch, was sie trägt (`carries`)');
    for (const one of carries)
      for (const list of CARRY_CODES)
        for (const named of one[list] ?? [])
          if (!codes[list].has(named)) report(code, `den Wert \`${named}\` gibt es nicht in der Liste \`${list}\``);
  }
}
