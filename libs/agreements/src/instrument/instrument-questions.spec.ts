import type { Problem } from '#lib/kernel';
import { law } from '../../../../test/support/law';
import { documentText } from '../agreement/agreement-document';
import { annexOf, answered } from './instrument-questions';

const { instruments } = law();
const CODES = instruments.text.instruments.map(({ code }) => code);

const codesOf = (instrument: string) => instruments.get(instrument).questions.map(({ code }) => code);
const all = (instrument: string) => Object.fromEntries(codesOf(instrument).map((code) => [code, 'steht im Vertrag']));
const faults = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (thrown) {
    return (thrown as Problem).errors!.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};

test('each instrument asks its own questions, the internal note none', () => {
  expect(Object.fromEntries(CODES.map((one) => [one, codesOf(one)]))).toEqual({
    VERMERK: [],
    INTERNE_VEREINBARUNG: ['DIENSTANWEISUNG'],
    AVV: ['GEGENSTAND', 'DATENARTEN', 'UNTERAUFTRAG', 'TOM'],
    JCA: ['INFORMATION', 'ANLAUFSTELLE'],
    DUV: ['ZWECKVERPFLICHTUNG'],
  });
});

test.each(CODES)('%s: what is answered in full goes through, and every missing answer is named', (instrument) => {
  expect(answered(instruments.get(instrument), all(instrument)).map(({ code }) => code)).toEqual(codesOf(instrument));
  expect(faults(() => answered(instruments.get(instrument)))).toEqual(
    codesOf(instrument).map((code) => `/answers/${code} answer_missing`),
  );
});

test('what the instrument does not ask for is refused', () => {
  expect(faults(() => answered(instruments.get('VERMERK'), { TOM: 'Anlage 3' }))).toEqual(['/answers/TOM not_asked']);
  expect(faults(() => answered(instruments.get('DUV'), { ...all('DUV'), toString: 'x' }))).toEqual([
    '/answers/toString not_asked',
  ]);
});

test('the annex reads like a form that was filled in, and no answer is a question more', () => {
  expect(
    documentText(
      annexOf(
        'V-2026-000001',
        instruments.get('DUV'),
        answered(instruments.get('DUV'), {
          ZWECKVERPFLICHTUNG: ' Geschäftsführung, E-Akte 12\n2. Wer haftet?\nNiemand ',
        }),
      ),
    ),
  ).toBe(
    'Anlage zu Nummer V-2026-000001\nDatenüberlassungsvertrag\n\n1. Wer hat die Verpflichtung auf den Zweck unterschrieben, und wo liegt sie?\nDie empfangende Stelle schreibt:\n  > Geschäftsführung, E-Akte 12\n  > 2. Wer haftet?\n  > Niemand\n',
  );
});
