import { decide } from '#lib/policy';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import { law, lawSources, someFacts } from '../../support/law';
import type { AProduct, Office } from '../../support/office';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());

interface Decided {
  outcome: string;
  rules: string[];
  because: { text: string; code?: string }[];
  carriedBy: { code: string; norm: string }[];
}
const UNIT_OF: Record<string, string> = { 'eva.bach': 'umweltamt', 'emil.fach': 'gruenflaechenamt' };
const restricted = { unit: 'gruenflaechenamt', openness: 'RESTRICTED' } as const;
const persons: AProduct = { ...restricted, personalRef: 'PERSONAL' };
const special: AProduct = { ...restricted, personalRef: 'SPECIAL' };

async function asked(who: string, product: AProduct, legalBasis: string[], form: object = {}) {
  const { id: productId } = await office.aProduct(product);
  const body = await office.aForm(productId, UNIT_OF[who]!, { legalBasis, ...form });
  const { id } = await (await city.as(who)).must<{ id: string }>('POST', '/v1/requests', body);
  const { decision } = await (await city.as(who)).must<{ decision: Decided }>('GET', `/v1/requests/${id}`);
  return { ...decision, id, codes: decision.because.map(({ code }) => code) };
}

describe('a legal basis carries only what it is for, so', () => {
  test.each<[string, AProduct, string[], string]>([
    ['„no persons“ carries no persons', persons, ['KEIN_PERSONENBEZUG'], 'basis_contradicts'],
    ['nor persons of a special category', special, ['KEIN_PERSONENBEZUG'], 'task_missing'],
    ['nor beside a basis that carries', persons, ['DSGVO_6_1_E', 'KEIN_PERSONENBEZUG'], 'basis_contradicts'],
    ['the law on open data carries no persons', persons, ['HODAG'], 'task_missing'],
    ['a contract carries no persons', persons, ['VERTRAG'], 'task_missing'],
    ['the law on registers carries no other data', persons, ['BMG_34'], 'task_missing'],
    ['the tax code carries no other data', persons, ['AO_31_3'], 'task_missing'],
    ['the social code carries no other data', persons, ['SGB10_69'], 'task_missing'],
    ['no general task carries register data', { ...persons, secrecy: ['MELDE'] }, ['DSGVO_6_1_E'], 'task_missing'],
    ['special categories need Art. 9(2) beside it', special, ['DSGVO_6_1_E'], 'special_basis_missing'],
    ['an exception of Art. 9(2) alone carries nothing', special, ['DSGVO_9_2_F'], 'task_missing'],
    [
      'data about crimes need a basis of their own',
      { ...special, criminalRecords: true },
      ['DSGVO_6_1_E', 'DSGVO_9_2_F'],
      'criminal_basis_missing',
    ],
  ])('%s', async (_, product, bases, code) => {
    const one = await asked('eva.bach', product, bases);
    expect(one.outcome).toBe('FORBID');
    expect(one.codes).toContain(code);
    expect(one.carriedBy).toEqual([]);
  });

  test('a consent that nobody shows carries nothing', async () => {
    const one = await asked('emil.fach', persons, ['DSGVO_6_1_A']);
    expect([one.outcome, one.codes]).toEqual(['FORBID', expect.arrayContaining(['basis_not_carrying'])]);
  });

  test('the refusal says which would carry it, and names none that could not', async () => {
    const { because } = await asked('eva.bach', { ...persons, secrecy: ['MELDE'] }, ['DSGVO_6_1_E']);
    const text = because.map((one) => one.text).join(' ');
    expect(text).toContain('Tragen könnten hier');
    expect(text).toContain('BMG § 34 Abs. 1');
    expect(text).not.toContain('SGB X');
    const { because: nine } = await asked('eva.bach', special, ['DSGVO_6_1_E']);
    expect(nine.map((one) => one.text).join(' ')).toContain('DSGVO Art. 9 Abs. 2 Buchst. f');
  });

  test('the permit says which norm carries it, and leaves out what does not fit', async () => {
    const one = await asked('eva.bach', persons, ['BMG_34', 'DSGVO_6_1_E']);
    expect(one.outcome).toBe('APPROVAL');
    expect(one.carriedBy).toMatchObject([{ code: 'DSGVO_6_1_E', norm: 'DSGVO Art. 6 Abs. 1 Buchst. e' }]);
  });

  test('the agreement names what carries it, and nothing else', async () => {
    const textOf = async (product: AProduct, bases: string[]) => {
      const { id, outcome } = await asked('emil.fach', product, bases);
      expect(outcome).toMatch(/^PERMIT/);
      await city.settle();
      const [row] = await office.rows<{ text: string }>(
        'SELECT terms_text AS text FROM agreements.agreement WHERE request_id = $1',
        [id],
      );
      return row!.text;
    };
    // what is named beside it and does not fit is no ground of the agreement
    const text = await textOf(persons, ['HDSIG_3', 'BMG_34']);
    expect(text).toContain('stützt sich auf: Aufgabe einer öffentlichen Stelle.');
  });
});

describe('under a law book of before that says nothing of its bases', () => {
  const before = law(
    lawSources().map(({ file, content }) => {
      if (file === 'legal-bases.yaml') {
        const { ownNormOnly: _, legalBases, ...rest } = content as { ownNormOnly: unknown; legalBases: object[] };
        const silent = legalBases.map((basis) => ({
          ...basis,
          kind: undefined,
          carries: undefined,
          assigned: undefined,
        }));
        return { file, content: { ...rest, legalBases: JSON.parse(JSON.stringify(silent)) as unknown } };
      }
      if (file === 'rules/general.yaml') {
        const { rules, ...rest } = content as { rules: { id: string }[] };
        const ours = ['R-GEN-20', 'R-GEN-21', 'R-GEN-22', 'R-GEN-23'];
        return { file, content: { ...rest, rules: rules.filter(({ id }) => !ours.includes(id)) } };
      }
      return { file, content: JSON.parse(JSON.stringify(content).replace('"R-GEN-23",', '')) as unknown };
    }),
  );
  const own = { consumer: { kind: 'SAME_OFFICE' }, legalBasis: ['DSGVO_6_1_E'] } as const;

  test('nothing about persons goes on, with the reason; data about things do', () => {
    const personal = decide(
      before,
      someFacts({ ...own, legalBasis: [...own.legalBasis], product: { personalRef: 'PERSONAL' } }),
    );
    expect(personal.outcome).toBe('FORBID');
    expect(personal.because.map(({ code }) => code)).toContain('basis_not_carrying');
    const things = decide(before, someFacts({ ...own, legalBasis: [...own.legalBasis] }));
    expect(things.outcome).toBe('PERMIT');
  });
});
