import { faultText, readCases, type Ruleset, RulesetFault, runCase, saidToday, type Source } from '#lib/policy';

export interface LintReport {
  hash: string;
  rules: number;
  cells: number;
  cases: number;
  /** contested sentences: mark U, to be read by people */
  contested: string[];
  /** cases that do not hold, and rules no case speaks of */
  faults: string[];
}

/**
 * Runs every case of a law book that loads; `ruleset` says what it means, whatever a program can carry out. A rule that no case expects
 * is a fault: nobody said what it is for.
 */
export function lint(ruleset: Ruleset, sources: readonly Source[]): LintReport {
  const faults = saidToday(sources).map(faultText);
  let cases: ReturnType<typeof readCases> = [];
  try {
    cases = readCases(sources, ruleset);
  } catch (error) {
    if (!(error instanceof RulesetFault)) throw error;
    faults.push(...error.faults.map(faultText));
  }
  for (const one of cases)
    for (const wrong of runCase(ruleset, one))
      faults.push(faultText({ file: one.file, id: `„${one.name}“`, text: wrong }));
  if (cases.length === 0 && faults.length === 0) faults.push('cases: es gibt keine Fälle');
  const expected = new Set(cases.flatMap(({ expect }) => [...expect.by, ...(expect.notes ?? [])]));
  if (cases.length > 0)
    for (const { id, file } of ruleset.rules)
      if (!expected.has(id)) faults.push(faultText({ file, id, text: 'kein Fall nennt diese Regel' }));
  if (!ruleset.saysDeliveries)
    faults.push(
      faultText({ file: 'obligations.yaml', id: 'limits', text: 'es fehlt, wie oft geliefert wird (`deliveries`)' }),
    );
  return {
    hash: ruleset.hash,
    rules: ruleset.rules.length,
    cells: ruleset.cells.length,
    cases: cases.length,
    contested: ruleset.rules.filter(({ mark }) => mark === 'U').map(({ id, note }) => `${id}: ${note ?? ''}`),
    faults,
  };
}
