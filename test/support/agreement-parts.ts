import type { AgreementParts } from '../../libs/agreements/src/agreement/agreement-clauses';

/** An agreement with something in every part. */
export const parts: AgreementParts = {
  number: 'V-2026-000001',
  instrument: { name: 'Vermerk über die Weitergabe', settles: ['Zweck und Rechtsgrundlage'] },
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
    { under: 'Zweck', about: 'Vorhaben', words: 'Stadtklima', own: true },
    { under: 'Zweck', about: 'Zweck', words: 'Klima und Umwelt', own: false },
    { under: 'Zweck', about: 'Zweck in einem Satz', words: 'Bäume für die Klimakarte auswerten', own: true },
  ],
  recipients: [],
  processorName: null,
  retentionDays: 90,
  deletion: null,
  obligations: ['Quelle nennen'],
  notes: [],
  ownersTerms: [{ about: 'KI-Nutzung', words: 'nicht erlaubt', own: false }],
  form: 'einzelne Datensätze',
  deliveries: { times: 4, days: 30 },
  legalBases: ['Aufgabenerfüllung'],
  because: ['Verwaltungsinterne Daten ohne Personenbezug.'],
  contracts: [],
  rulesetHash: 'ab12',
  from: '2026-01-01',
  until: '2026-03-31',
};
