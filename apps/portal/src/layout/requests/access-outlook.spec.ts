import type { Product, ProductVersion } from '#lib/catalogue';
import { askingUnit, outlookOf, plainestForm } from './access-outlook';

const product = {
  id: 'p',
  allowedPurposes: ['KLIMA_UMWELT', 'FORSCHUNG'],
  card: { offers: ['TABLE_AGG', 'ROWLEVEL', 'API_LIVE'] },
  personalRef: 'NONE',
  maxRetentionDays: 30,
} as unknown as Product;
const version = {
  fields: [
    { name: 'baum', class: 'NONE' },
    { name: 'gutachter', class: 'DIRECT_ID' },
  ],
} as unknown as ProductVersion;
const ruleset = {
  neededClasses: () => ['NONE' as const],
  suggestedLegalBases: () => ['DSGVO_6_1_E', 'KEIN_PERSONENBEZUG'],
  deliversAs: (form: string) => form === 'ROWLEVEL',
  meansDuty: () => false,
  meansAi: () => false,
};

test('the catalogue asks the plainest question: first purpose, needed fields, first form on offer that can be delivered, no longer kept than allowed', () => {
  expect(plainestForm(product, version, ruleset, 'unit', new Date('2026-05-31T22:30:00Z'))).toMatchObject({
    purposeCode: 'KLIMA_UMWELT',
    fields: ['baum'],
    form: 'ROWLEVEL',
    legalBasis: ['KEIN_PERSONENBEZUG'],
    retentionDays: 30,
    from: '2026-06-01',
  });
});

test('a purpose that is a use by artificial intelligence is asked for as one', () => {
  const asked = (uses: boolean) =>
    plainestForm(product, version, { ...ruleset, meansAi: () => uses }, 'unit', new Date()).declarations?.usesAi;
  expect([asked(true), asked(false)]).toEqual([true, false]);
});

test('with reference to persons nobody is shown the answer for data without', () => {
  expect(
    plainestForm({ ...product, personalRef: 'PERSONAL' }, version, ruleset, 'unit', new Date()).legalBasis,
  ).toEqual(['DSGVO_6_1_E']);
});

test.each([
  ['PERMIT', 'AUTOMATIC', 'automatisch'],
  ['PERMIT_OBL', 'AUTOMATIC', 'mit Auflagen'],
  ['APPROVAL', 'APPROVAL', 'mit Genehmigung'],
  ['FORBID', 'IMPOSSIBLE', 'nicht möglich'],
] as const)('%s reads as %s, with the deciding reason', (outcome, kind, word) => {
  const outlook = outlookOf({ outcome, because: [{ rule: 'R', text: 'Weil es so ist.', source: 's', mark: 'V' }] });
  expect(outlook.kind).toBe(kind);
  expect(outlook.text).toContain(word);
  expect(outlook.reason).toBe('Weil es so ist.');
});

test('somebody asks for the unit where they may make requests', () => {
  const appointment = (role: string, unitId: string) => ({ role, unitId }) as never;
  expect(
    askingUnit({ units: ['a', 'b'], appointments: [appointment('OWNER', 'a'), appointment('REQUESTER', 'b')] }),
  ).toBe('b');
  expect(askingUnit({ units: ['a'], appointments: [] })).toBe('a');
  expect(askingUnit({ units: [], appointments: [] })).toBeNull();
});
