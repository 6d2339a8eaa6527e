import { EVERYTHING } from '#lib/policy';
import { join } from 'node:path';
import { compile, type Item, lawDocument, parseTexts, readable, readFolder } from './';

const lawOf = async (name: string) => {
  const texts = await readFolder(join(__dirname, '../../../config', name));
  return readable(compile(texts, EVERYTHING), parseTexts(texts));
};
const said = (items: readonly Item[]): string[] =>
  items.flatMap(({ text, items: inner = [] }) => [text, ...said(inner)]);

/** Every sentence of the document, contents included. */
function sentences({ title, contents, blocks }: ReturnType<typeof lawDocument>): string[] {
  return [
    title,
    ...contents.flatMap(({ text, entries }) => [text, ...entries.map((one) => one.text)]),
    ...blocks.flatMap((block) => {
      if (block.kind === 'list') return said(block.items);
      if (block.kind === 'table') return [block.caption, ...block.columns, ...block.rows.flat()];
      return block.kind === 'alert' ? [block.title, block.text] : [block.text];
    }),
  ];
}

test.each(['governance', 'governance-baseline'])(
  'the whole law book in %s reads without code: no path, no operator, no word of the vocabulary',
  async (name) => {
    const law = await lawOf(name);
    const codes = [
      ...law.vocabulary.purposes,
      ...law.vocabulary.legalBases,
      ...law.vocabulary.evidence,
      ...law.vocabulary.changeGrounds,
      ...law.vocabulary.themes,
      ...law.vocabulary.obligations,
      ...law.vocabulary.classes.flatMap(({ terms }) => terms),
    ]
      .map(({ code }) => code)
      .filter(
        (code) =>
          code.includes('_') ||
          code.includes('-') ||
          /^(?:OPEN|INTERNAL|RESTRICTED|AGGREGATED|PERSONAL|SPECIAL|PERMIT|FORBID|APPROVAL|RESEARCH|PUBLIC|PROCESSOR|PRIVATE)$/.test(
            code,
          ),
      );
    expect(codes.length).toBeGreaterThan(100);
    const word = (code: string): RegExp => new RegExp(`(?<![\\w-])${code}(?![\\w-])`);
    const patterns = [
      /\b(?:calc|product|consumer|purpose|contract)\.[a-z]/,
      /\b(?:eq|gte|lte|undefined|null|true|false)\b/,
      /\$[a-z]/,
      /\[object|[{}]/,
      /\bM:/,
      /\bO-[A-Z]/,
      /[A-Z]{2,}_[A-Z]+/,
      ...codes.map(word),
    ];
    const found = sentences(lawDocument(law, { line: 'Fassung 1' })).flatMap((text) =>
      patterns.filter((one) => one.test(text)).map((one) => `${String(one)} in: ${text.slice(0, 90)}`),
    );
    expect(found).toEqual([]);
  },
);

test.each(['governance', 'governance-baseline'])(
  'in %s no rule and no way of approval is named by its number alone',
  async (name) => {
    const law = await lawOf(name);
    const { blocks, ...rest } = lawDocument(law, { line: 'Fassung 1' });
    // the heading of a rule is its number; its sentence stands right under it
    const headed = blocks.filter(
      (block, at) =>
        block.kind === 'heading' &&
        /^Regel R-/.test(block.text) &&
        blocks.slice(at + 1).some((next) => next.kind === 'text'),
    );
    expect(headed).toHaveLength(law.chapters.flatMap(({ rules }) => rules).length);
    const rules = sentences({ ...rest, blocks: blocks.filter((block) => !headed.includes(block)) }).filter((text) =>
      /R-[A-Z]{3}-\d\d/.test(text),
    );
    expect(rules.filter((text) => text.replace(/R-[A-Z]{3}-\d\d/g, '').replace(/[^\wäöüß]/g, '').length < 15)).toEqual(
      [],
    );
    const ways = sentences({ ...rest, blocks }).filter((text) => /\bA\d\b/.test(text));
    expect(ways.length).toBeGreaterThan(8);
    expect(
      ways.filter((text) =>
        [...text.matchAll(/\bA\d\b/g)].some(({ index }) => !/^A\d(?: „|: )/.test(text.slice(index))),
      ),
    ).toEqual([]);
  },
);

test('every rule says its sentence, its source and its mark, a case speaks of it, and a contested one says why', async () => {
  const law = await lawOf('governance');
  const rules = law.chapters.flatMap(({ rules: list }) => list);
  expect(rules.length).toBeGreaterThan(80);
  expect(
    rules.filter(
      (one) => one.sentences.length === 0 || !one.source || !one.markName || one.cases.length + one.matrixCases === 0,
    ),
  ).toEqual([]);
  expect(rules.filter(({ mark }) => mark === 'U').length).toBeGreaterThan(4);
  expect(rules.filter(({ mark, note }) => mark === 'U' && !note)).toEqual([]);
  const { blocks } = lawDocument(law, { line: 'Fassung 1' });
  expect(blocks.filter(({ kind }) => kind === 'alert')).toHaveLength(rules.filter(({ note }) => note).length);
});

test('a refusal with a permitted exception tells the exception as one', async () => {
  const law = await lawOf('governance');
  const tax = law.chapters.flatMap(({ rules }) => rules).find(({ id }) => id === 'R-STE-01')!;
  expect(tax.common.applies.length).toBeGreaterThan(2);
  expect(tax.common.unless).toHaveLength(5);
});

test('every field of the matrix, every deadline and every way of keeping an obligation stands in the document', async () => {
  const law = await lawOf('governance');
  const text = sentences(lawDocument(law, { line: 'Fassung 1' }));
  expect(
    law.matrix.rows.every(
      ({ cells }) => cells.length === law.matrix.columns.length && cells.every((cell) => text.includes(cell)),
    ),
  ).toBe(true);
  for (const label of ['technisch durchgesetzt', 'geprüft', 'organisatorisch zugesagt'])
    expect(law.obligations.some(({ enforcement }) => enforcement === label) && text.includes(label)).toBe(true);
  for (const { stages } of law.chains)
    for (const step of stages.flat())
      expect(
        text.some(
          (one) =>
            one.startsWith(`${step.name}: ${step.kind}`) && one.includes(`Frist ${step.workingDays} Arbeitstage`),
        ),
      ).toBe(true);
});

test('every role with its rights and conflicts, and every instrument with what it needs, stands in the document', async () => {
  const law = await lawOf('governance');
  const text = sentences(lawDocument(law, { line: 'Fassung 1' }));
  expect(law.roles.length).toBeGreaterThan(20);
  for (const { name, task, duties, permissions, incompatible, answersForProductsOf } of law.roles)
    expect(
      [name, task, ...duties, ...permissions, ...incompatible, ...answersForProductsOf].filter(
        (one) => !text.includes(one),
      ),
    ).toEqual([]);
  for (const { name, settles, contract } of law.instruments.instruments) {
    expect([name, ...settles].filter((one) => !text.includes(one))).toEqual([]);
    if (contract) expect(text.some((one) => one.includes(contract))).toBe(true);
  }
  for (const { sentence, applies } of law.instruments.choice.slice(0, -1))
    expect([text.some((one) => one.includes(sentence)), applies.length > 0]).toEqual([true, true]);
  expect(law.programmes.every((one) => text.includes(one))).toBe(true);
});
