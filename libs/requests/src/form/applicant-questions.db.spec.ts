import { type AProduct, codeOf, Office } from '../../../../test/support/office';
import { RequestDecisions } from '../decision/request-decisions.service';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

type More = Parameters<Office['aForm']>[2] & object;
const submit = async (key: string, unit: string, spec: AProduct, more: More = {}) => {
  const { id } = await office.aProduct(spec);
  return office.requests.submit(await office.as(key), await office.aForm(id, unit, { fields: ['art'], ...more }));
};

const statistics: AProduct = {
  unit: 'statistikstelle',
  personalRef: 'AGGREGATED',
  secrecy: ['STATISTIK'],
  releasedCube: true,
};
const counted: More = { form: 'TABLE_AGG' };
const residents: AProduct = {
  unit: 'buergeramt',
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  secrecy: ['MELDE'],
  purposes: ['PFLICHTAUFGABE'],
};
const own: More = {
  purposeCode: 'PFLICHTAUFGABE',
  legalBasis: ['BMG_37_1'],
  changeGround: 'RECHTSVORSCHRIFT',
  retentionDays: 60,
};
const staff: AProduct = {
  unit: 'jugendamt',
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  secrecy: ['SOZIAL', 'BESCHAEFTIGTE'],
  purposes: ['PFLICHTAUFGABE'],
};
const network: AProduct = { unit: 'energieversorger', openness: 'RESTRICTED', secrecy: ['ENTFLECHTUNG'] };

test.each<[rule: string, said: string, key: string, unit: string, AProduct, More, no: More]>([
  [
    'R-STA-09',
    'administration of a single case',
    'eva.bach',
    'umweltamt',
    statistics,
    { ...counted, declarations: { singleCase: true } },
    counted,
  ],
  [
    'R-STA-07',
    'people are to be found again',
    'eva.bach',
    'umweltamt',
    statistics,
    { ...counted, declarations: { reidentification: true } },
    counted,
  ],
  [
    'R-STA-07',
    'people are to be found again, without the statistics',
    'eva.bach',
    'umweltamt',
    { unit: 'jugendamt', personalRef: 'AGGREGATED' },
    { ...counted, declarations: { reidentification: true } },
    counted,
  ],
  [
    'R-OPN-06',
    'one company alone gets the data',
    'britta.watt',
    'energieversorger',
    { unit: 'umweltamt', openness: 'RESTRICTED' },
    { declarations: { exclusive: true } },
    {},
  ],
  [
    'R-MEL-03',
    'a group of people who are not named',
    'eva.bach',
    'umweltamt',
    residents,
    { ...own, declarations: { groupOfPersons: true } },
    { ...own, declarations: { groupOfPersons: false } },
  ],
  [
    'R-SOZ-10',
    'somebody takes personnel decisions',
    'eva.bach',
    'umweltamt',
    staff,
    { ...own, declarations: { personnelDecisions: true } },
    { ...own, declarations: { personnelDecisions: false } },
  ],
  [
    'R-ENT-01',
    'the sales arm of a supplier gets them',
    'nils.halle',
    'gebaeudedienste',
    network,
    { declarations: { salesArm: true } },
    { declarations: { salesArm: false } },
  ],
])('%s speaks when the applicant says so: %s', async (rule, _, key, unit, spec, yes, no) => {
  const refused = (await submit(key, unit, spec, yes)).decision;
  expect(refused).toMatchObject({ outcome: 'FORBID', rules: expect.arrayContaining([rule]) });
  const open = (await submit(key, unit, spec, no)).decision;
  expect(open.outcome === 'FORBID' && open.rules.includes(rule)).toBe(false);
});

test.each<[rule: string, AProduct, More]>([
  [
    'R-SOZ-05',
    {
      unit: 'jugendamt',
      openness: 'RESTRICTED',
      personalRef: 'PERSONAL',
      secrecy: ['SOZIAL'],
      purposes: ['PFLICHTAUFGABE'],
      entrusted: true,
    },
    own,
  ],
  ['R-STA-06', { ...statistics, singleCaseCells: true }, counted],
])('%s speaks when the card of the product says so', async (rule, spec, more) => {
  expect((await submit('eva.bach', 'umweltamt', spec, more)).decision).toMatchObject({
    outcome: 'FORBID',
    rules: expect.arrayContaining([rule]),
  });
});

test('a part that can not be separated lifts the whole product to its class (R-GEN-17)', async () => {
  const { decision } = await submit(
    'eva.bach',
    'umweltamt',
    { unit: 'jugendamt', strictestPart: 'PERSONAL' },
    { legalBasis: [] },
  );
  expect(decision).toMatchObject({ outcome: 'FORBID', rules: ['R-GEN-03'] });
  expect((await submit('eva.bach', 'umweltamt', { unit: 'jugendamt' }, { legalBasis: [] })).decision.outcome).toBe(
    'PERMIT_OBL',
  );
});

test('what must be said is asked before a request goes on record, and what is not said counts as yes in a pre-check', async () => {
  const { id } = await office.aProduct(statistics);
  const { declarations: _, ...form } = await office.aForm(id, 'umweltamt', { ...counted, fields: ['art'] });
  const eva = await office.as('eva.bach');
  await expect(office.requests.submit(eva, form)).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [
      { pointer: '/declarations/usesAi' },
      { pointer: '/declarations/reidentification' },
      {
        pointer: '/declarations/singleCase',
        code: 'missing',
        detail: expect.stringContaining('einzelne Verwaltungsfälle'),
      },
    ],
  });
  const { rules, unanswered } = await office.requests.check(eva, form);
  expect(rules).toEqual(expect.arrayContaining(['R-STA-07', 'R-STA-09']));
  expect(unanswered.map(({ pointer }) => pointer)).toEqual([
    '/declarations/usesAi',
    '/declarations/reidentification',
    '/declarations/singleCase',
  ]);
});

test('who wanted the data alone is shown the way: others may have them too', async () => {
  const { id } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const eva = await office.as('eva.bach');
  const form = await office.aForm(id, 'umweltamt', { declarations: { exclusive: true } });
  const { outcome, alternatives } = await office.requests.check(eva, form);
  expect([outcome, alternatives?.[0]?.changes]).toEqual(['FORBID', [{ kind: 'NOT', what: 'exclusive' }]]);
  expect((await office.requests.applied(eva, form, alternatives[0]!.changes)).declarations?.exclusive).toBe(false);
});

test('an office of the city is not asked whether it sells energy, a company is', async () => {
  const { id } = await office.aProduct(network);
  expect(await codeOf(office.requests.submit(await office.as('eva.bach'), await office.aForm(id, 'umweltamt')))).toBe(
    'none',
  );
  expect(
    await codeOf(office.requests.submit(await office.as('nils.halle'), await office.aForm(id, 'gebaeudedienste'))),
  ).toBe('validation_failed');
});

describe('evidence with an end', () => {
  const cases: AProduct = {
    unit: 'jobcenter',
    openness: 'RESTRICTED',
    personalRef: 'PERSONAL',
    secrecy: ['SOZIAL'],
    purposes: ['PLANUNG_SOZIAL'],
  };
  /** A permit of the Land until this day, and the use it is for. */
  const permit = async (validUntil: string, more: More = {}): Promise<More> => ({
    purposeCode: 'STADTFORSCHUNG',
    legalBasis: ['SGB10_75'],
    evidenceFiles: [
      ...(await office.evidence('merle.mittel', 'statistikamt', ['GENEHMIGUNG_LANDESBEHOERDE'], { validUntil })),
      ...(await office.evidence('merle.mittel', 'statistikamt', ['DATENSCHUTZKONZEPT', 'FORSCHUNGSKONZEPT'])),
    ],
    retentionDays: 30,
    until: office.day(40),
    ...more,
  });
  const ask = (more: More) => submit('merle.mittel', 'statistikamt', cases, more);

  test('caps the use: until its last day, and not a day longer', async () => {
    await expect(ask(await permit(office.day(39)))).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/until', code: 'beyond_evidence' }],
    });
    expect((await ask(await permit(office.day(70)))).state).toBe('IN_REVIEW');
  });

  test('caps the keeping: nothing is kept when the permit has ended, and what would pass is said', async () => {
    await expect(ask(await permit(office.day(60)))).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [
        {
          pointer: '/retentionDays',
          code: 'beyond_evidence',
          detail: expect.stringMatching(
            /So ginge es: Löschen nach höchstens 20 Tagen oder Nutzung bis \d\d\.\d\d\.\d{4}\.$/,
          ),
        },
      ],
    });
    expect((await ask(await permit(office.day(60), { retentionDays: 20 }))).state).toBe('IN_REVIEW');
    expect((await ask(await permit(office.day(60), { until: office.day(30) }))).state).toBe('IN_REVIEW');
  });

  test('a permit of the Land has to say when it ends', async () => {
    await expect(office.evidence('merle.mittel', 'statistikamt', ['GENEHMIGUNG_LANDESBEHOERDE'])).rejects.toMatchObject(
      {
        errors: [{ pointer: '/validUntil', code: 'evidence_end_missing' }],
      },
    );
  });

  test('has expired at the delivery: the permit of yesterday opens nothing', async () => {
    const { id } = await ask(await permit(office.day(70)));
    const at = async (validUntil: string) => {
      await office.rows('ALTER TABLE requests.evidence DISABLE TRIGGER guard_evidence');
      await office.rows(
        `UPDATE requests.evidence e SET valid_until = $2 FROM requests.request_evidence a
          WHERE a.evidence_id = e.id AND a.request_id = $1 AND e.kind = 'GENEHMIGUNG_LANDESBEHOERDE'`,
        [id, validUntil],
      );
      await office.rows('ALTER TABLE requests.evidence ENABLE TRIGGER guard_evidence');
      return office.system((tx) => office.app.get(RequestDecisions).redecide(tx, id, 'DELIVERY'));
    };
    expect((await at(office.day(70))).outcome).toBe('APPROVAL');
    // it still holds today, but not for as long as the use and the keeping were agreed
    const shorter = await at(office.day(0));
    expect(shorter).toMatchObject({ outcome: 'FORBID', rules: expect.arrayContaining(['R-EVI-01']) });
    expect(shorter.rules).not.toContain('R-SOZ-01');
    expect(await at(office.day(-1))).toMatchObject({
      outcome: 'FORBID',
      allowed: false,
      rules: expect.arrayContaining(['R-SOZ-01', 'R-SOZ-02']),
    });
  });
});
