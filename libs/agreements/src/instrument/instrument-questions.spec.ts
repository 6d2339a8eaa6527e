import type { Problem } from '#lib/kernel';
import { INSTRUMENTS } from '../agreement/agreement.states';
import { annexText, answered, INSTRUMENT_QUESTIONS } from './instrument-questions';

const all = (instrument: (typeof INSTRUMENTS)[number]) =>
  Object.fromEntries(INSTRUMENT_QUESTIONS[instrument].map(({ code }) => [code, 'steht im Vertrag']));
const faults = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (thrown) {
    return (thrown as Problem).errors!.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};

test('each instrument asks its own questions, the internal note none', () => {
  expect(
    Object.fromEntries(INSTRUMENTS.map((one) => [one, INSTRUMENT_QUESTIONS[one].map(({ code }) => code)])),
  ).toEqual({
    VERMERK: [],
    INTERNE_VEREINBARUNG: ['DIENSTANWEISUNG'],
    AVV: ['GEGENSTAND', 'DATENARTEN', 'UNTERAUFTRAG', 'TOM'],
    JCA: ['INFORMATION', 'ANLAUFSTELLE'],
    DUV: ['ZWECKVERPFLICHTUNG'],
  });
});

test.each(INSTRUMENTS)('%s: what is answered in full goes through, and every missing answer is named', (instrument) => {
  expect(answered(instrument, all(instrument)).map(({ code }) => code)).toEqual(
    INSTRUMENT_QUESTIONS[instrument].map(({ code }) => code),
  );
  expect(faults(() => answered(instrument))).toEqual(
    INSTRUMENT_QUESTIONS[instrument].map(({ code }) => `/answers/${code} answer_missing`),
  );
});

test('what the instrument does not ask for is refused', () => {
  expect(faults(() => answered('VERMERK', { TOM: 'Anlage 3' }))).toEqual(['/answers/TOM not_asked']);
  expect(faults(() => answered('DUV', { ...all('DUV'), toString: 'x' }))).toEqual(['/answers/toString not_asked']);
});

test('the annex reads like a form that was filled in', () => {
  expect(
    annexText('V-2026-000001', 'DUV', answered('DUV', { ZWECKVERPFLICHTUNG: ' Geschäftsführung, E-Akte 12 ' })),
  ).toBe(
    'Anlage zu Nummer V-2026-000001\nDatenüberlassungsvertrag\n\n1. Wer hat die Verpflichtung auf den Zweck unterschrieben, und wo liegt sie?\nGeschäftsführung, E-Akte 12\n',
  );
});
