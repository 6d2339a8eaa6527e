import { eventDefinitions } from '#lib/kernel';
// every stage the product has, so that all events are declared
import '../portal.module';
import '../../../api/src/api.module';
import '../../../gateway/src/gateway.module';
import { EVENT_SENTENCE } from './event-words';

const declared = [...eventDefinitions().keys()].filter((type) => !type.startsWith('test.'));

test('every event of the product has its sentence in the log view', () => {
  expect(declared.length).toBeGreaterThan(80);
  expect(declared.filter((type) => !EVENT_SENTENCE[type])).toEqual([]);
});

test('no sentence is left of an event that is gone, none stands twice, each is a sentence', () => {
  expect(Object.keys(EVENT_SENTENCE).filter((type) => !declared.includes(type))).toEqual([]);
  const sentences = Object.values(EVENT_SENTENCE);
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-ZÄÖÜ].{10,110}\.$/);
});
