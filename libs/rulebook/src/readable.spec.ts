import { join } from 'node:path';
import { BUILT, compileMeaning, parseTexts, readable, readFolder } from '.';

test('the whole law book reads without code: no path, no operator, no code word of the vocabulary', async () => {
  const texts = await readFolder(join(__dirname, '../../../config/governance'));
  const law = readable(compileMeaning(texts, BUILT.enforcers), parseTexts(texts));
  const rules = law.chapters.flatMap(({ rules: list }) => list);
  expect(rules.length).toBeGreaterThan(80);
  const code = rules.flatMap(({ id, when, variants }) =>
    [when, ...variants.map((one) => one.when)].filter((text) => /calc\.|product\.|consumer\.|\b(?:eq|gte|lte|undefined|null)\b|[A-Z]{2,}_[A-Z]+|\[object|[{}]/.test(text)).map((text) => `${id}: ${text}`));
  expect(code).toEqual([]);
  // every rule says its sentence, its source and its mark, and a case speaks of it; a contested one says why
  expect(rules.filter((one) => one.sentences.length === 0 || !one.source || !one.markName || one.cases.length === 0)).toEqual([]);
  expect(rules.filter(({ mark, note }) => mark === 'U' && !note)).toEqual([]);
  expect(law.matrix.rows.every(({ cells }) => cells.length === law.matrix.columns.length && cells.every((text) => text.length > 3 && !/undefined/.test(text)))).toBe(true);
});
