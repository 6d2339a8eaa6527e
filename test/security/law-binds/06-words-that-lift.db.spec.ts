// A basis, a reason, a purpose and a tick are words of whoever asks: none of them lifts a refusal or a step by itself.
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import type { AProduct, Office } from '../../support/office';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());

interface Answer {
  id: string;
  state: string;
  decision: { outcome: string; rules: string[]; stages: { role: string }[][] | null };
  errors?: { pointer: string; code: string }[];
}
type Form = Parameters<Office['aForm']>[2] & object;

const PERSONS: AProduct = {
  unit: 'gruenflaechenamt',
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  purposes: ['KLIMA_UMWELT', 'STADTPLANUNG'],
  fields: [{ name: 'art' }, { name: 'bezirk' }, { name: 'anschrift', class: 'QUASI_ID' }],
};
const personal: Form = { fields: ['art', 'bezirk'], legalBasis: ['DSGVO_6_1_E'] };
/** Who asks in the own office, where nothing else stops personal data for the purpose they were collected for. */
const OWN = ['emil.fach', 'gruenflaechenamt'] as const;
const OTHER = ['eva.bach', 'umweltamt'] as const;

async function ask(
  [who, unit]: readonly [string, string],
  spec: AProduct | string,
  form: Form,
): Promise<{ status: number; body: Answer }> {
  const id = typeof spec === 'string' ? spec : (await office.aProduct(spec)).id;
  return (await city.as(who)).post<Answer>('/v1/requests', await office.aForm(id, unit, form));
}
const roles = ({ body }: { body: Answer }): string[] => (body.decision.stages ?? []).flat().map(({ role }) => role);
const document = async ([who, unit]: readonly [string, string], kind: string) => ({
  evidenceFiles: await office.evidence(who, unit, [kind]),
});

describe.each<[string, string, string, AProduct, Form]>([
  [
    'the law of metering points',
    'MSBG',
    'R-ENT-02',
    { unit: 'gruenflaechenamt', themes: ['SMART_METER'] },
    { legalBasis: ['MSBG'] },
  ],
  [
    'the law of the land register',
    'GBO_12',
    'R-EIG-01',
    { ...PERSONS, secrecy: ['EIGENTUEMER'] },
    { ...personal, legalBasis: ['DSGVO_6_1_E', 'GBO_12'] },
  ],
  // of its kind: the law of the cadastre, and of redevelopment
  [
    'the law of the cadastre',
    'HVGG',
    'R-EIG-01',
    { ...PERSONS, secrecy: ['EIGENTUEMER'] },
    { ...personal, legalBasis: ['DSGVO_6_1_E', 'HVGG'] },
  ],
  [
    'the law of redevelopment',
    'BAUGB_138',
    'R-SAN-01',
    { ...PERSONS, themes: ['SANIERUNG'] },
    { ...personal, purposeCode: 'STADTPLANUNG', legalBasis: ['BAUGB_138'] },
  ],
])('%s', (_, __, rule, spec, form) => {
  test('opens nothing by being named', async () => {
    const { body } = await ask(OTHER, spec, form);
    expect([body.state, body.decision.outcome]).toEqual(['REFUSED', 'FORBID']);
    expect(body.decision.rules).toContain(rule);
  });

  test('proved, it goes to the desk that looks', async () => {
    const answer = await ask(OTHER, spec, { ...form, ...(await document(OTHER, 'RECHTSNORM')) });
    expect(answer.body.state).toBe('IN_REVIEW');
    expect(roles(answer)).toContain('LEGAL');
    await city.settle();
    expect(await city.task(answer.body.id, 'EVIDENCE')).toMatchObject({ id: expect.any(String) });
  });
});

describe('a document that nobody opened', () => {
  const research = { ...personal, purposeCode: 'STADTFORSCHUNG' };
  const collected: AProduct = { ...PERSONS, personalRef: 'PSEUDONYMISED', purposes: ['KLIMA_UMWELT'] };

  test.each([
    ['the own office', OWN],
    ['another office', OTHER],
  ] as const)('makes no research of %s', async (_, who) => {
    const bare = await ask(who, collected, research);
    expect(bare.body.decision.outcome).toBe('FORBID');
    const shown = await ask(who, collected, { ...research, ...(await document(who, 'FORSCHUNGSKONZEPT')) });
    expect(shown.body.state).toBe('IN_REVIEW');
    expect(roles(shown)).toContain('LEGAL');
  });

  test('carries no basis of research either', async () => {
    const shown = await ask(OWN, PERSONS, {
      ...personal,
      legalBasis: ['HDSIG_24'],
      ...(await document(OWN, 'FORSCHUNGSKONZEPT')),
    });
    expect(shown.body.state).toBe('IN_REVIEW');
    expect(roles(shown)).toContain('LEGAL');
  });
});

describe('an exception from a ban of Art. 9 or 10', () => {
  const banned = (more: Partial<AProduct>): AProduct => ({ ...PERSONS, personalRef: 'SPECIAL', ...more });
  const lifted = (...legalBasis: string[]): Form => ({ ...personal, legalBasis: ['DSGVO_6_1_E', ...legalBasis] });

  test.each<[string, AProduct, Form, string]>([
    ['vital interests', banned({}), lifted('DSGVO_9_2_C'), 'R-GEN-21'],
    ['what everybody can see', banned({}), lifted('DSGVO_9_2_E'), 'R-GEN-21'],
    ['legal claims', banned({}), lifted('DSGVO_9_2_F'), 'R-GEN-21'],
    [
      'the law of work',
      banned({ secrecy: ['BESCHAEFTIGTE'], purposes: ['ORGANISATION_CONTROLLING'] }),
      { ...lifted('HDSIG_23', 'DSGVO_9_2_B'), purposeCode: 'ORGANISATION_CONTROLLING' },
      'R-GEN-21',
    ],
    ['crimes', banned({ criminalRecords: true }), lifted('DSGVO_9_2_F', 'DSGVO_10'), 'R-GEN-23'],
    ['the register of crimes', banned({ criminalRecords: true }), lifted('DSGVO_9_2_F', 'BZRG_41'), 'R-GEN-23'],
  ])('for %s is no word: without a document nothing, with one the desk looks', async (_, spec, form, rule) => {
    const { id } = await office.aProduct(spec);
    const { body } = await ask(OWN, id, form);
    expect([body.state, body.decision.rules]).toEqual(['REFUSED', expect.arrayContaining([rule])]);
    const proved = await ask(OWN, id, { ...form, ...(await document(OWN, 'RECHTSNORM')) });
    expect(proved.body.state).toBe('IN_REVIEW');
    expect(roles(proved)).toContain('LEGAL');
  });
});

describe('a reason for single rows', () => {
  test('of ten letters is read by the own head and the owner', async () => {
    const tables = await office.aProduct({
      unit: 'gruenflaechenamt',
      title: 'Zusammengefasst',
      personalRef: 'AGGREGATED',
    });
    const { id } = await office.aProduct({ ...PERSONS, aggregate: tables.id });
    const without = await ask(OWN, id, personal);
    expect(roles(without)).toEqual(expect.arrayContaining(['REQ_HEAD', 'STEWARD', 'DSB', 'OWNER']));
    const word = await ask(OWN, id, { ...personal, necessity: 'weil weil w' });
    expect(word.body.state).toBe('IN_REVIEW');
    expect(roles(word)).toEqual(['REQ_HEAD', 'OWNER']);
  });
});

describe('rows of data about persons', () => {
  const one = { column: 'anschrift', op: 'eq' as const, value: 'Musterweg 1' };

  test('chosen so that they name one are seen by people, whatever the operator', async () => {
    const all = { ...personal, fields: ['art', 'anschrift'] };
    expect((await ask(OWN, PERSONS, all)).body.state).toBe('PERMITTED');
    for (const rows of [
      one,
      { column: 'anschrift', op: 'in' as const, value: ['Musterweg 1'] },
      { column: 'anschrift', op: 'between' as const, value: ['Musterweg 1', 'Musterweg 1'] as [string, string] },
      // of a column that few rows fill
      { column: 'anschrift', op: 'not_null' as const },
    ]) {
      const { body } = await ask(OWN, PERSONS, { ...all, rows });
      expect([body.state, body.decision.rules]).toEqual(['IN_REVIEW', expect.arrayContaining(['R-GEN-25'])]);
    }
    // by what is free of persons nobody is found
    const free = await ask(OWN, PERSONS, {
      ...all,
      rows: { column: 'bezirk', op: 'eq', value: 'Nord' },
      fields: ['art', 'bezirk'],
    });
    expect(free.body.state).toBe('PERMITTED');
  });

  test('fewer of them are another request: what was approved for all is asked anew', async () => {
    const { id: productId } = await office.aProduct(PERSONS);
    const form = { ...personal, fields: ['art', 'anschrift'] };
    const { id } = (await ask(OTHER, productId, form)).body;
    await city.settle();
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    const { id: task } = await office.task(id, 'STEWARD');
    await office.approvals.askBack(await office.as('clara.linde'), task, {
      revision: await office.revision(id),
      text: 'Wofür genau?',
    });
    const eva = await city.as('eva.bach');
    const answer = {
      revision: await office.revision(id),
      text: 'Nur für ein Haus.',
      form: await office.aForm(productId, 'umweltamt', { ...form, rows: one }),
    };
    await eva.must('POST', `/v1/requests/${id}/answers`, answer);
    await city.settle();
    // the head decides again, and no approval of before counts
    expect(await office.task(id, 'REQ_HEAD')).toMatchObject({ state: 'OPEN' });
  });
});

describe('rows of data that the card calls free of persons', () => {
  const ROWS = { rows: { column: 'anschrift', op: 'eq' as const, value: 'Musterweg 1' } };
  const household = (more: Partial<AProduct>): AProduct => ({
    unit: 'gruenflaechenamt',
    personalRef: 'NONE',
    fields: [{ name: 'art' }, { name: 'anschrift', class: 'QUASI_ID' }],
    ...more,
  });
  const all: Form = { fields: ['art', 'anschrift'] };

  test.each<[string, AProduct, Form, readonly [string, string]]>([
    ['readings of meters', household({ themes: ['SMART_METER'] }), { ...all, legalBasis: ['MSBG'] }, OTHER],
    ['buildings', household({ openness: 'RESTRICTED', themes: ['GEBAEUDE', 'ENERGIE'] }), all, OTHER],
    ['the own office', household({}), all, OWN],
  ])('chosen so that they name one household are seen by people: %s', async (_, spec, form, who) => {
    const { id } = await office.aProduct(spec);
    const given = form.legalBasis ? await document(who, 'RECHTSNORM') : {};
    expect((await ask(who, id, { ...form, ...given })).body.decision.rules).not.toContain('R-GEN-25');
    const { body } = await ask(who, id, { ...form, ...given, ...ROWS });
    expect([body.state, body.decision.rules]).toEqual(['IN_REVIEW', expect.arrayContaining(['R-GEN-25'])]);
  });

  test.each<[string, AProduct, boolean]>([
    ['of a household begin anew', household({ openness: 'RESTRICTED' }), true],
    [
      'told apart by a pseudonym begin anew',
      household({
        openness: 'RESTRICTED',
        fields: [{ name: 'art' }, { name: 'anschrift', mask: { kind: 'pseudonym' } }],
      }),
      true,
    ],
    [
      'of things keep what was approved',
      household({ openness: 'RESTRICTED', fields: [{ name: 'art' }, { name: 'anschrift' }] }),
      false,
    ],
  ])('fewer rows %s', async (_, spec, beginsAnew) => {
    const { id } = await office.aProduct(spec);
    const { body } = await ask(OTHER, id, all);
    const fewer = await office.aForm(id, 'umweltamt', { ...all, rows: { column: 'art', op: 'eq', value: 'Linde' } });
    expect((await office.views.compared(await office.as('eva.bach'), body.id, fewer)).beginsAnew).toBe(beginsAnew);
  });
});

describe('linking data about persons', () => {
  test('is asked of everybody who asks for such data, and must be answered', async () => {
    const { id } = await office.aProduct(PERSONS);
    const { declarations, ...form } = await office.aForm(id, 'gruenflaechenamt', personal);
    const { linksPersonalProducts: _, ...open } = declarations!;
    const emil = await city.as('emil.fach');
    const { status, body } = await emil.post<Answer>('/v1/requests', { ...form, declarations: open });
    expect([status, body.errors?.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/declarations/linksPersonalProducts'],
    ]);
    const check = await emil.must<Answer['decision']>('POST', '/v1/requests/check', { ...form, declarations: open });
    expect(check.rules).toContain('R-GEN-13');
    expect((await ask(OWN, id, personal)).body.state).toBe('PERMITTED');
  });

  test('is asked of nobody where there are no persons', async () => {
    const { id } = await office.aProduct({ unit: 'gruenflaechenamt' });
    const { declarations, ...form } = await office.aForm(id, 'umweltamt');
    const { linksPersonalProducts: _, ...open } = declarations!;
    const { status } = await (await city.as('eva.bach')).post('/v1/requests', { ...form, declarations: open });
    expect(status).toBe(201);
  });
});
