import { law, lawSources } from '../../../../test/support/law';
import type { Source } from '..';
import { plainFacts } from '../law/cases';
import { compareOverAll } from './compare';
import type { Matrix } from '../law/law.schema';
import type { Variant } from '../law/variants';
import { idleIn } from './idle';

interface RulesFile {
  rules: Record<string, unknown>[];
}
const sources = lawSources();
const ruleset = law(sources);
const plain = plainFacts(sources, ruleset);

/** The law book with one rule changed. Its principles may not hold any more: here they do not matter. */
function changed(
  file: string,
  id: string,
  change: (rule: Record<string, unknown>) => Record<string, unknown>,
): Source[] {
  return sources.map((source): Source => {
    if (source.file !== file) return source;
    const { rules, ...rest } = structuredClone(source.content) as RulesFile;
    return { file, content: { ...rest, rules: rules.map((rule) => (rule.id === id ? change(rule) : rule)) } };
  });
}
const WPG = 'rules/heat-building-geo.yaml';

test('the same law, in another order, is proved equal', () => {
  const turned = [...sources]
    .reverse()
    .map(({ file, content }): Source =>
      file.startsWith('rules/')
        ? { file, content: { ...(content as object), rules: [...(content as RulesFile).rules].reverse() } }
        : { file, content },
    );
  const { kinds, equal } = compareOverAll(ruleset, law(turned), plain);
  expect(kinds).toEqual([]);
  expect(equal?.checked).toBe(true);
});

/** The law book with a rule that says in other words what R-SOZ-05 says already. */
const repeating = law([
  ...sources,
  {
    file: 'rules/probe.yaml',
    content: {
      chapter: 'Probe',
      rules: [
        {
          id: 'R-ZZZ-01',
          effect: 'forbid',
          when: { not: { any: [{ 'calc.entrusted': { eq: false } }, { 'product.openness': { eq: 'OPEN' } }] } },
          because: 'Was anvertraut wurde und nicht offen ist, bleibt, wo es ist.',
          source: 'Probe',
          mark: 'D',
        },
      ],
    },
  },
]);

test('a rule that only repeats another changes nothing, and that is proved and not only seen', () => {
  const { kinds, equal } = compareOverAll(ruleset, repeating, plain);
  expect(kinds).toEqual([]);
  expect(equal!.proof.lemmas.length).toBeGreaterThan(0);
  expect(equal!.checked).toBe(true);
});

test('a condition that is loosened opens exactly what it let go, each kind with an example that is decided so', () => {
  // federal armed forces: from now on only where single records are asked for
  const after = law(
    changed(WPG, 'R-WPG-04', (rule) => ({
      ...rule,
      when: { ...(rule.when as object), form: { in: ['ROWLEVEL', 'DOCUMENT', 'API_LIVE'] } },
    })),
  );
  const { kinds, equal } = compareOverAll(ruleset, after, plain);
  expect(equal).toBeNull();
  expect(kinds.length).toBeGreaterThan(0);
  expect(kinds.some(({ was, is }) => was === 'FORBID' && is === 'PERMIT')).toBe(true);
  for (const { facts, confirmed, columns, comes } of kinds) {
    expect(confirmed).toBe(true);
    expect(columns.length).toBeGreaterThan(0);
    expect(facts.product.themes).toContain('BUNDESWEHR');
    expect(['TABLE_AGG', 'GEO_AGG']).toContain(facts.form);
    expect(comes).toBe(false);
  }
  // the other way round the same closes
  const pairs = (all: typeof kinds, turned: boolean) =>
    all.map(({ what, name, was, is }) => [what, name, ...(turned ? [is, was] : [was, is])].join(' ')).sort();
  expect(pairs(compareOverAll(after, ruleset, plain).kinds, true)).toEqual(pairs(kinds, false));
});

test('a step and an obligation that come or go, and another value of a parameter, are told by name', () => {
  const step = law(
    changed('rules/open-data.yaml', 'R-OPN-06', (rule) => ({
      ...rule,
      variants: [(rule.variants as object[])[0], { ...(rule.variants as object[])[1], requires: ['LEGAL', 'DSB'] }],
    })),
  );
  expect(
    compareOverAll(ruleset, step, plain).kinds.map(({ what, name, comes, confirmed }) => [
      what,
      name,
      comes,
      confirmed,
    ]),
  ).toContainEqual(['STEP', 'DSB', true, true]);
  const bound = law(
    changed('rules/secrecy.yaml', 'R-KRI-02', (rule) => ({
      ...rule,
      obligations: [{ 'O-INCIDENT': 72 }, 'O-ENCRYPT'],
    })),
  );
  const told = compareOverAll(ruleset, bound, plain).kinds;
  expect(told.every(({ confirmed }) => confirmed)).toBe(true);
  expect(told.map(({ what, name, comes }) => [what, name, comes])).toContainEqual(['OBLIGATION', 'O-ENCRYPT', true]);
  expect(told.filter(({ what }) => what === 'PARAMETER').some(({ name }) => name!.includes('72'))).toBe(true);
});

test('what does nothing is named, with a proof, and stays only where the law says why', () => {
  const { rules, never, proven } = idleIn(repeating);
  expect(proven).toBe(true);
  // every other one says why it stays, and nothing says so that does something
  const kept = repeating.rules.filter(({ keptBecause }) => keptBecause).map(({ id }) => id);
  expect(rules.filter((id) => !id.startsWith('M:'))).toEqual([...kept, 'R-ZZZ-01'].sort());
  const cells = rules.filter((id) => id.startsWith('M:'));
  const forbids = ({ id, kind }: Variant) => cells.includes(id) && kind !== 'FORBID';
  expect(repeating.engine.variants.filter(forbids)).toEqual([]);
  expect(cells.length > 0).toBe((repeating.content.matrix as Matrix).keptBecause !== undefined);
  expect(never).toEqual([]);
}, 300_000);
