import { readCases, runCase } from '#lib/policy';
import { parse } from 'yaml';
import { law, lawSources, someFacts } from '../../../../test/support/law';
import { decide, type Facts } from '../../../policy/src';
import { proposeRule } from './rule-proposal';

const ruleset = law();
const facts = someFacts({
  product: { openness: 'RESTRICTED', providerUnit: 'tiefbau-vermessungsamt', themes: ['VERKEHR'] },
  fields: [{ name: 'name_der_person', class: 'NONE', needed: true }],
});

/** The law book with the proposal in it, and the proposal's case tried on it. */
function tried(given: Facts, decided: 'APPROVED' | 'REFUSED'): { faults: string[]; text: string } {
  const proposal = proposeRule(ruleset, decide(ruleset, given), decided, '2026-000123');
  const sources = [
    ...lawSources(),
    ...[proposal.rules, proposal.cases].map(({ file, text }) => ({ file, content: parse(text) as unknown })),
  ];
  const changed = law(sources);
  const own = readCases(sources, changed).filter(({ file }) => file === proposal.cases.file);
  expect(own).toHaveLength(1);
  return { faults: own.flatMap((one) => runCase(changed, one)), text: proposal.rules.text + proposal.cases.text };
}

test.each(['APPROVED', 'REFUSED'] as const)(
  'the draft of a case that was %s loads as it stands and its case holds',
  (decided) => {
    expect(decide(ruleset, facts).outcome).toBe('APPROVAL');
    expect(tried(facts, decided).faults).toEqual([]);
  },
);

test('a case without any classified secret or theme gives a draft as well', () => {
  expect(tried(someFacts({ product: { openness: 'RESTRICTED' } }), 'REFUSED').faults).toEqual([]);
});

test('what a person must still write is marked, and no office and no field is named', () => {
  const { text } = tried(facts, 'APPROVED');
  expect(text.match(/Bitte ausfüllen/g)).toHaveLength(2);
  expect(text).toContain('eine Ausnahme: M:RESTRICTED-NONE:OTHER_OFFICE');
  expect(text).not.toMatch(/name_der_person|tiefbau|umweltamt|gruenflaechenamt/);
});
