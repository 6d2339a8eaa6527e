import type { Mark } from '../engine/decision';
import type { Marked } from './check-marks';
import type { InstrumentsText } from './instruments';
import type { LegalBases } from './law.schema';
import type { PrinciplesText } from './principles';
import type { Rule } from './ruleset';

interface Parts {
  rules: readonly Rule[];
  legalBases: LegalBases;
  instruments: InstrumentsText;
  principles: PrinciplesText | null;
}

/** All of a law book that carries a mark. Cells of the matrix carry D: the table as a whole is laid down by the city. */
export function markedIn({ rules, legalBases, instruments, principles }: Parts): Marked[] {
  type Told = { source: string; mark: Mark; note?: string | undefined };
  const told = (file: string, id: string, { source, mark, note }: Told): Marked => ({
    file,
    id,
    key: 'source',
    cites: source,
    marks: [{ key: 'mark', mark }],
    note,
  });
  return [
    ...rules.map((rule) => told(rule.file, rule.id, rule)),
    ...legalBases.legalBases.map(({ code, norm, mark, assigned, note }): Marked => ({
      file: 'legal-bases.yaml',
      id: code,
      key: 'norm',
      cites: norm,
      marks: [{ key: 'mark', mark }, ...(assigned ? [{ key: 'assigned' as const, mark: assigned }] : [])],
      note,
    })),
    ...instruments.choice.map((row, at) => told('instruments.yaml', `choice.${at + 1}`, row)),
    told('instruments.yaml', 'processor', instruments.processor),
    ...(principles?.principles ?? []).map((one) => told('principles.yaml', one.id, one)),
  ];
}
