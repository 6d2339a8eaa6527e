import { law, lawSources } from '../../../../test/support/law';
import { readCases, runCase } from '..';

const sources = lawSources();
const ruleset = law(sources);
const cases = readCases(sources, ruleset);

test.each(cases.map((one) => [`${one.file.slice(6, -5)}: ${one.name}`, one] as const))('%s', (_, one) => {
  expect(runCase(ruleset, one)).toEqual([]);
});
