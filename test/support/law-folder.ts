import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { GOVERNANCE } from './law';

/** A copy of the law book that ships with rules and cases of a test beside its own; gives the folder. */
export function lawFolderWith(rules: readonly object[], cases: readonly object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-governance-'));
  cpSync(GOVERNANCE, folder, { recursive: true });
  writeFileSync(join(folder, 'rules/probe.yaml'), stringify({ chapter: 'Probe', rules }));
  writeFileSync(join(folder, 'cases/probe.yaml'), stringify(cases));
  return folder;
}

const REPORTS = {
  id: 'R-ZZZ-01',
  effect: 'approve',
  chain: 'A2',
  when: { 'purpose.code': { eq: 'BERICHT_GREMIEN' } },
  because: 'Ein Bericht an die Gremien ist öffentlich.',
  source: 'Probe',
  mark: 'D',
};
const REPORTED = {
  case: 'Ein Bericht an die Gremien geht durch die Kette der Veröffentlichung',
  facts: { purpose: 'BERICHT_GREMIEN' },
  expect: { outcome: 'APPROVAL', by: ['R-ZZZ-01'], chain: ['A2'] },
};

/** Publishing is an act of its own that nobody can start yet: here a report to the council goes through its chain. */
export const lawWithReports = (): string => lawFolderWith([REPORTS], [REPORTED]);
