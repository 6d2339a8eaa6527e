import type { TextParts } from '../../libs/agreements/src/agreement/terms-text';

/** An agreement with something in every part. */
export const parts: TextParts = {
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
  clauses: [
    { under: 'Zweck', line: 'Vorhaben: Stadtklima' },
    { under: 'Zweck', line: 'Zweck: Klima und Umwelt' },
    { under: 'Zweck', line: 'Bäume für die Klimakarte auswerten' },
  ],
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
