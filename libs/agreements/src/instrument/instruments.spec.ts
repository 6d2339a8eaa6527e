import { INSTRUMENTS } from '../agreement/agreement.states';
import { INSTRUMENT_NEEDS, instrumentFor, needsOf, type Parties } from './instruments';

const offices: Parties = {
  provider: 'AMT',
  consumer: 'AMT',
  consumerAs: 'OTHER_OFFICE',
  openness: 'INTERNAL',
  jointControl: false,
  contractAsked: false,
  registered: null,
};

test.each<[string, Partial<Parties>, string]>([
  ['between offices a note suffices', {}, 'VERMERK'],
  [
    'the Statistikstelle is part of the city',
    { consumer: 'STATISTIKSTELLE', consumerAs: 'STATISTIKSTELLE' },
    'VERMERK',
  ],
  [
    'with an Eigenbetrieb the city makes an internal agreement',
    { consumer: 'EIGENBETRIEB', consumerAs: 'EIGENBETRIEB' },
    'INTERNE_VEREINBARUNG',
  ],
  [
    'open data need no agreement with an Eigenbetrieb',
    { consumer: 'EIGENBETRIEB', consumerAs: 'EIGENBETRIEB', openness: 'OPEN' },
    'VERMERK',
  ],
  [
    'a company gets a data contract',
    { consumer: 'GESELLSCHAFT', consumerAs: 'GESELLSCHAFT', contractAsked: true },
    'DUV',
  ],
  [
    'a company whose register says AVV works under it',
    { consumer: 'GESELLSCHAFT', consumerAs: 'GESELLSCHAFT', contractAsked: true, registered: 'AVV' },
    'AVV',
  ],
  ['open data of a company need no contract', { provider: 'GESELLSCHAFT', openness: 'OPEN' }, 'VERMERK'],
  [
    'whoever works on instructions has a processing contract',
    { consumer: 'GESELLSCHAFT', consumerAs: 'PROCESSOR', contractAsked: true, registered: 'DUV' },
    'AVV',
  ],
  ['who decides together agrees on joint control, whoever they are', { jointControl: true }, 'JCA'],
  [
    'another city is another legal person',
    { consumer: 'ANDERE_KOMMUNE', consumerAs: 'OTHER_PUBLIC', contractAsked: true },
    'DUV',
  ],
])('%s', (_name, change, instrument) => {
  expect(instrumentFor({ ...offices, ...change })).toBe(instrument);
});

test('every instrument says what must be settled, and every contract needs one of its own kind', () => {
  for (const instrument of INSTRUMENTS) {
    const { contract, settles } = INSTRUMENT_NEEDS[instrument];
    expect(settles.length).toBeGreaterThan(1);
    expect(contract).toBe(instrument === 'VERMERK' ? null : instrument);
  }
});

test('a processor of the receiving side always needs a processing contract with it', () => {
  const units = { providerUnitId: 'a', consumerUnitId: 'b', processorUnitId: 'c' };
  expect(needsOf('VERMERK', units)).toEqual([{ kind: 'AVV', partyA: 'b', partyB: 'c' }]);
  expect(needsOf('VERMERK', { ...units, processorUnitId: null })).toEqual([]);
});
