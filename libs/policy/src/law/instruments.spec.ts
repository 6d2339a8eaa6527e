import { law, lawSources } from '../../../../test/support/law';
import { CONTRACT_KIND } from '../facts/lists';
import { INSTRUMENTS_OF_BEFORE } from './law-of-before';
import { RulesetFault } from './ruleset';
import type { Situation } from './instruments';

const { instruments } = law();
type Change = { [K in keyof Situation]?: Partial<Situation[K]> };
const offices: Situation = {
  provider: { legalForm: 'AMT' },
  consumer: { legalForm: 'AMT', kind: 'OTHER_OFFICE' },
  product: { openness: 'INTERNAL' },
  calc: { jointControl: false },
  contract: { asked: false, registered: null },
};
const company = { legalForm: 'GESELLSCHAFT', kind: 'GESELLSCHAFT' } as const;
const chosen = ({ provider, consumer, product, calc, contract }: Change): string =>
  instruments.for({
    provider: { ...offices.provider, ...provider },
    consumer: { ...offices.consumer, ...consumer },
    product: { ...offices.product, ...product },
    calc: { ...offices.calc, ...calc },
    contract: { ...offices.contract, ...contract },
  }).code;

test.each<[string, Change, string]>([
  ['between offices a note suffices', {}, 'VERMERK'],
  [
    'the Statistikstelle is part of the city',
    { consumer: { legalForm: 'STATISTIKSTELLE', kind: 'STATISTIKSTELLE' } },
    'VERMERK',
  ],
  [
    'with an Eigenbetrieb the city makes an internal agreement',
    { consumer: { legalForm: 'EIGENBETRIEB', kind: 'EIGENBETRIEB' } },
    'INTERNE_VEREINBARUNG',
  ],
  [
    'also with one in competition, which rules see as a company',
    { consumer: { legalForm: 'EIGENBETRIEB', kind: 'GESELLSCHAFT' }, contract: { asked: true } },
    'INTERNE_VEREINBARUNG',
  ],
  [
    'open data need no agreement with an Eigenbetrieb',
    { consumer: { legalForm: 'EIGENBETRIEB', kind: 'EIGENBETRIEB' }, product: { openness: 'OPEN' } },
    'VERMERK',
  ],
  ['a company gets a data contract', { consumer: company, contract: { asked: true } }, 'DUV'],
  [
    'a company whose register says AVV still needs a data contract for what it does for itself (a kind settles its own subject)',
    { consumer: company, contract: { asked: true, registered: 'AVV' } },
    'DUV',
  ],
  ['open data of a company need no contract', { provider: company, product: { openness: 'OPEN' } }, 'VERMERK'],
  [
    'whoever works on instructions has a processing contract',
    { consumer: { ...company, kind: 'PROCESSOR' }, contract: { asked: true, registered: 'DUV' } },
    'AVV',
  ],
  ['who decides together agrees on joint control, whoever they are', { calc: { jointControl: true } }, 'JCA'],
  [
    'another city is another legal person',
    { consumer: { legalForm: 'ANDERE_KOMMUNE', kind: 'OTHER_PUBLIC' }, contract: { asked: true } },
    'DUV',
  ],
])('%s', (_name, change, instrument) => {
  expect(chosen(change)).toBe(instrument);
});

test('every instrument says what must be settled, and every kind of contract has the one that needs it', () => {
  const all = instruments.text.instruments;
  for (const { settles } of all) expect(settles.length).toBeGreaterThan(1);
  for (const kind of CONTRACT_KIND) expect(all.find(({ code }) => code === kind)!.contract).toBe(kind);
  expect(all.find(({ code }) => code === 'VERMERK')!.contract).toBeUndefined();
});

const without = lawSources().filter(({ file }) => file !== 'instruments.yaml');

test('a book without the file means what the program held, and is called what it was called', () => {
  expect(law(without).instruments.text).toBe(INSTRUMENTS_OF_BEFORE);
  // neither roles nor instruments were part of the name then
  const other = without.map(({ file, content }) =>
    file === 'roles.yaml'
      ? { file, content: { ...(content as object), machineClients: { permissions: [] } } }
      : { file, content },
  );
  expect(law(other).hash).toBe(law(without).hash);
  expect(law(without).hash).not.toBe(law().hash);
});

interface Text {
  choice: Record<string, unknown>[];
  instruments: Record<string, unknown>[];
}
test.each<[string, (text: Text) => unknown, RegExp]>([
  [
    'a row that leads nowhere',
    ({ choice }) => (choice[0]!.instrument = 'HANDSCHLAG'),
    /Zeile 1: `HANDSCHLAG` gibt es nicht/,
  ],
  [
    'an unknown question of a row',
    ({ choice }) => (choice[0]!.when = { wetter: { eq: 1 } }),
    /Zeile 1: die Angabe `wetter` gibt es nicht/,
  ],
  ['a last row that need not fit', ({ choice }) => choice.pop(), /die letzte Zeile von `choice` gilt immer/],
  ['a row in between that always fits', ({ choice }) => delete choice[2]!.when, /Zeile 3: es fehlt `when`/],
  [
    'an instrument twice',
    ({ instruments }) => instruments.push(instruments.find(({ code }) => code === 'VERMERK')!),
    /VERMERK: steht doppelt da/,
  ],
  [
    'a contract nobody signs',
    ({ instruments }) => delete instruments.find(({ code }) => code === 'AVV')!.with,
    /AVV: `contract` und `with` stehen zusammen da/,
  ],
  [
    'an instrument nobody gets',
    (law) => (law.choice = law.choice.filter((row) => row.instrument !== 'JCA')),
    /JCA: keine Zeile von `choice` führt dorthin/,
  ],
])('%s is told', (_, change, told) => {
  const sources = structuredClone(lawSources());
  change(sources.find(({ file }) => file === 'instruments.yaml')!.content as Text);
  const faults = (() => {
    try {
      return law(sources) && '';
    } catch (fault) {
      return (fault as RulesetFault).message;
    }
  })();
  expect(faults).toMatch(told);
});

test('a licence on open data asked nothing in a book of before either, and still has the hash of then', () => {
  const sources = structuredClone(without);
  const { obligations } = sources.find(({ file }) => file === 'obligations.yaml')!.content as {
    obligations: { id: string; asksNothingOn?: string[] }[];
  };
  delete obligations.find(({ id }) => id === 'O-LICENCE')!.asksNothingOn;
  expect(law(sources).obligation('O-LICENCE')!.asksNothingOn).toEqual(['OPEN']);
  expect(law(sources).hash).not.toBe(law(without).hash);
});
