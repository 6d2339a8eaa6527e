import type { Source } from '../../../libs/policy/src';

interface Rule {
  id: string;
  effect?: string;
  when?: Record<string, unknown>;
  variants?: unknown[];
  setsAside?: string[];
}
interface RulesFile {
  chapter: string;
  rules: Rule[];
}

/** Words that may stand for one another: a rule about one of them could as well be about another. */
const ALIKE = [
  ['SOZIAL', 'STEUER', 'MELDE', 'SCHULE', 'GESUNDHEIT', 'BESCHAEFTIGTE', 'BERUF_203'],
  ['KRITIS', 'GESCHAEFTSGEHEIMNIS', 'VERGABE', 'ENTFLECHTUNG'],
  ['OTHER_OFFICE', 'EIGENBETRIEB', 'GESELLSCHAFT', 'OTHER_PUBLIC', 'RESEARCH'],
  ['ROWLEVEL', 'DOCUMENT', 'API_LIVE', 'TABLE_AGG', 'GEO_AGG'],
  ['STADTPLANUNG', 'VERKEHRSPLANUNG', 'KLIMA_UMWELT', 'GEBAEUDEMANAGEMENT', 'PLANUNG_SCHULE'],
  ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'],
];

/**
 * A law book with so many rules: as many of the present ones, or all of them and further ones that refuse, made by copying a
 * rule that refuses with other words. No principle is broken by one more refusal, unless it compares two exchanges.
 */
export function manyRules(sources: readonly Source[], size: number, next: () => number): Source[] {
  const files = sources.filter(({ file }) => file.startsWith('rules/'));
  const others = sources.filter(({ file }) => !file.startsWith('rules/') && file !== 'principles.yaml');
  const rules = files.flatMap(({ content }) => (content as RulesFile).rules);
  // a rule that others name is not left out
  const kept = new Set(rules.slice(0, size).map(({ id }) => id));
  const smaller = files.flatMap((source): Source[] => {
    const { chapter, rules: all } = source.content as RulesFile;
    const some = all
      .filter(({ id }) => kept.has(id))
      .map(({ setsAside, ...rule }) => {
        const named = setsAside?.filter((id) => id === 'MATRIX' || kept.has(id));
        return { ...rule, ...(named?.length && { setsAside: named }) };
      });
    return some.length > 0 ? [{ file: source.file, content: { chapter, rules: some } }] : [];
  });
  // what a rule may ask beside a kind of evidence or of a provider is not free
  const bound = /evidence|provider/i;
  const refusing = rules.filter(
    ({ effect, variants, when }) => effect === 'forbid' && !variants && !bound.test(JSON.stringify(when)),
  );
  const more = Array.from({ length: Math.max(0, size - rules.length) }, (_, at): Rule => {
    const rule = refusing[Math.floor(next() * refusing.length)]!;
    return { ...rule, id: idOf(at), when: otherWords(rule.when, next) as Rule['when'] };
  });
  return [
    ...others,
    ...smaller,
    ...(more.length > 0 ? [{ file: 'rules/further.yaml', content: { chapter: 'Weitere Regeln', rules: more } }] : []),
  ];
}

/** R-XAA-01, R-XAA-02, … */
const idOf = (at: number): string => {
  const [group, number] = [Math.floor(at / 99), (at % 99) + 1];
  return `R-X${String.fromCharCode(65 + Math.floor(group / 26), 65 + (group % 26))}-${String(number).padStart(2, '0')}`;
};

/** A condition with some of its words replaced by others of their kind, and without the word more than once. */
function otherWords(written: unknown, next: () => number): unknown {
  if (typeof written === 'string') {
    const group = ALIKE.find((words) => words.includes(written));
    return group && next() < 0.7 ? group[Math.floor(next() * group.length)] : written;
  }
  if (Array.isArray(written)) {
    const items = written.map((one) => otherWords(one, next));
    return items.every((one) => typeof one === 'string') ? [...new Set(items)] : items;
  }
  if (typeof written === 'object' && written !== null)
    return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, otherWords(value, next)]));
  return written;
}
