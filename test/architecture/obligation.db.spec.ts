// An obligation costs its entry in `obligations.yaml` and the file of its enforcer; then a rule may ask for it. Made up
// here and carried through the law book, a decision, the text of the agreement and the plan of the gate.
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENFORCERS, type ObligationEnforcer, SUPPORTED } from '#lib/exchange';
import { compile, readFolder } from '#lib/rulebook';
import { decide } from '#lib/policy';
import { FORMS } from '../../libs/exchange/src/forms';
import { type DeliveryInput, planDelivery } from '../../libs/exchange/src/plan-delivery';
import { supportedWith } from '../../libs/exchange/src/supported';
import { GOVERNANCE, lawSources, someFacts } from '../support/law';
import { Office } from '../support/office';

// 1. the entry
const ENTRY =
  '  - { id: O-ROUND, name: Zahlen nur gerundet, meaning: Alle Zahlen werden auf die genannte Stufe gerundet., enforcement: ENFORCED, enforcer: exchange.rounding, params: [{ name: to, type: number, merge: max, unit: Meter }], source: Probe }\n';

// 2. the enforcer
const round: ObligationEnforcer = {
  obligation: 'O-ROUND',
  enforcer: 'exchange.rounding',
  apply(plan, { params: { to } }) {
    if (typeof to !== 'number') return 'Die Stufe ist nicht bestimmt.';
    for (const column of plan.columns) if (column.name === 'hoehe') column.mask = { kind: 'round', to };
    return null;
  },
};
const enforcers = [...ENFORCERS, round];

// the rule that asks for it, and its case
const RULES = `chapter: Probe
rules:
  - { id: R-ZZZ-01, effect: oblige, when: { product.rows: { eq: 12 } }, obligations: [{ O-ROUND: 5 }], because: Kleine Tabellen werden gerundet., source: Probe, mark: D }
`;
const CASES = `- case: Eine kleine Tabelle wird nur gerundet geliefert
  facts: { product: { rows: 12 } }
  expect: { outcome: PERMIT_OBL, by: [R-ZZZ-01], obligations: [O-ROUND(5)] }
`;

const folder = join(mkdtempSync(join(tmpdir(), 'datenraum-obligation-')), 'governance');
beforeAll(() => {
  cpSync(GOVERNANCE, folder, { recursive: true });
  appendFileSync(join(folder, 'obligations.yaml'), ENTRY);
  writeFileSync(join(folder, 'rules/probe.yaml'), RULES);
  writeFileSync(join(folder, 'cases/probe.yaml'), CASES);
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

test('without an enforcer the law loads and every decision refuses what rests on it, at once and with its reason', async () => {
  const texts = await readFolder(folder);
  const small = someFacts({ product: { rows: 12 } });
  const refused = decide(compile(texts, SUPPORTED), small);
  expect(refused).toMatchObject({ outcome: 'FORBID', rules: ['R-ZZZ-01'], obligations: [] });
  expect(refused.because.map(({ code, text }) => [code, text])).toContainEqual([
    'not_enforceable_yet',
    expect.stringContaining('„Zahlen nur gerundet“'),
  ]);
  expect(decide(compile(texts, supportedWith(enforcers)), small).outcome).toBe('PERMIT_OBL');
});

describe('with its enforcer', () => {
  let office: Office;
  let requestId: string;
  beforeAll(async () => {
    // installing it proves the law book with all its cases
    office = await Office.open({ law: folder, can: supportedWith(enforcers) });
    const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' });
    const form = await office.aForm(productId, 'umweltamt');
    requestId = (await office.requests.submit(await office.as('eva.bach'), form)).id;
    await office.settle();
  });
  afterAll(() => office?.close());

  test('it stands in the decision, in words', async () => {
    const { decision } = await office.views.view(await office.as('eva.bach'), requestId);
    expect(decision.outcome).toBe('PERMIT_OBL');
    expect(decision.rules).toContain('R-ZZZ-01');
    expect(decision.obligations).toContainEqual({
      id: 'O-ROUND',
      params: { to: 5 },
      enforcement: 'ENFORCED',
      name: 'Zahlen nur gerundet',
      parameters: '5 Meter',
      label: 'technisch durchgesetzt',
    });
  });

  test('it stands in the text of the agreement', async () => {
    const [row] = await office.rows<{ terms_text: string }>(
      'SELECT terms_text FROM agreements.agreement WHERE request_id = $1',
      [requestId],
    );
    expect(row!.terms_text).toContain(
      'Zahlen nur gerundet (5 Meter): Alle Zahlen werden auf die genannte Stufe gerundet.',
    );
  });

  test('the gate delivers what its enforcer makes of the plan, and nothing without it', async () => {
    const [row] = await office.rows<{ id: string }>('SELECT id FROM agreements.agreement WHERE request_id = $1', [
      requestId,
    ]);
    const agreement = await office.system((tx) => office.agreementReads.forDelivery(tx, row!.id));
    const order: DeliveryInput = {
      objectKey: 'x',
      fields: ['art', 'hoehe'].map((name) => ({ name, class: 'NONE' })),
      terms: agreement!.terms,
      obligationsNow: [],
      contract: { status: 'VALID', kinds: [] },
      format: 'csv',
      spreadsheetSafe: false,
    };
    expect(planDelivery(order, enforcers)).toMatchObject({
      plan: { columns: [{ name: 'art' }, { name: 'hoehe', mask: { kind: 'round', to: 5 } }] },
    });
    expect(planDelivery(order)).toEqual({ because: ['Die Auflage O-ROUND kann hier noch nicht umgesetzt werden.'] });
  });
});

describe('the enforcers', () => {
  const listed = lawSources().find(({ file }) => file === 'obligations.yaml')!.content as {
    obligations: { id: string; enforcer: string; enforcement: string }[];
  };

  test('every file of one stands in the list', () => {
    const files = readdirSync('libs/exchange/src/enforcers').filter((name) => name.endsWith('.enforcer.ts'));
    const names = ENFORCERS.map(({ obligation }) => `${obligation.slice(2).toLowerCase()}.enforcer.ts`);
    expect(names.sort()).toEqual(files.sort());
  });

  test('each is the one that `obligations.yaml` names', () => {
    for (const { obligation, enforcer } of ENFORCERS)
      expect(listed.obligations).toContainEqual(expect.objectContaining({ id: obligation, enforcer }));
  });

  test('what nobody built is no promise of the recipient, and no decision rests on it', async () => {
    const { unbuilt } = compile(await readFolder(GOVERNANCE), SUPPORTED);
    expect(unbuilt.filter(({ enforcement }) => enforcement === 'PROMISED')).toEqual([]);
    expect(unbuilt.map(({ id }) => id).filter((id) => ENFORCERS.some(({ obligation }) => obligation === id))).toEqual(
      [],
    );
  });

  test('every file of a form stands in the list', () => {
    const files = readdirSync('libs/exchange/src/forms').filter((name) => name.endsWith('.form.ts'));
    const names = FORMS.map(({ form }) => `${form.toLowerCase().replaceAll('_', '-')}.form.ts`);
    expect(names.sort()).toEqual(files.sort());
  });
});
