import { stateAt } from './agreement.states';
import { rowsInWords, termsText, type TextParts } from './terms-text';

const parts: TextParts = {
  number: 'V-2026-000001',
  instrument: 'VERMERK',
  consent: 'STANDING_OFFER',
  providerName: 'Grünflächenamt',
  consumerName: 'Umweltamt',
  productTitle: 'Baumkataster',
  versionNumber: 3,
  fields: [
    { name: 'art', meaning: 'Baumart', mask: null },
    { name: 'gutachter', meaning: null, mask: { kind: 'redact', with: '***' } },
  ],
  rows: {
    all: [
      { column: 'bezirk', op: 'in', value: ['Mitte', 'Nord'] },
      {
        any: [
          { column: 'hoehe', op: 'gte', value: 2.5 },
          { column: 'alt', op: 'eq', value: true },
        ],
      },
    ],
  },
  project: 'Stadtklima',
  caseNumber: null,
  purposeName: 'Klima und Umwelt',
  purposeText: 'Bäume für die Klimakarte auswerten',
  recipients: [],
  processorName: null,
  retentionDays: 90,
  obligations: ['Quelle nennen'],
  notes: [],
  because: ['Verwaltungsinterne Daten ohne Personenbezug.'],
  contracts: [],
  rulesetHash: 'ab12',
  from: '2026-01-01',
  until: '2026-03-31',
};

test('the text says in plain German who gets what, masked how, until when', () => {
  const text = termsText(parts);
  for (const sentence of [
    'Es gibt: Grünflächenamt',
    '- art (Baumart)',
    '- gutachter: wird durch „***“ ersetzt',
    'Vom 01.01.2026 bis einschließlich 31.03.2026.',
    'spätestens 90 Tage nach der Lieferung',
  ]) {
    expect(text).toContain(sentence);
  }
});

test('the same terms give the same text, so that its digest is proof', () => {
  expect(termsText(parts)).toBe(termsText(structuredClone(parts)));
});

test('a filter reads as a sentence', () => {
  expect(rowsInWords(parts.rows!)).toBe('bezirk ist eines von „Mitte“, „Nord“ und (hoehe ab 2,5 oder alt ist ja)');
});

test('an agreement ends at its instant: the millisecond before it still counts, the instant itself does not', () => {
  const until = new Date('2026-03-31T22:00:00.000Z');
  expect(stateAt('ACTIVE', until, new Date('2026-03-31T21:59:59.999Z'))).toBe('ACTIVE');
  expect(stateAt('ACTIVE', until, until)).toBe('EXPIRED');
  expect(stateAt('OFFERED', until, new Date('2026-03-31T22:00:00.001Z'))).toBe('EXPIRED');
  expect(stateAt('REVOKED', until, until)).toBe('REVOKED');
});
