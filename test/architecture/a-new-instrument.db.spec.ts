// An instrument costs its entry in instruments.yaml and the row that leads to it; here one is made up.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { GOVERNANCE } from '../support/law';
import { Office } from '../support/office';

const governance = mkdtempSync(join(tmpdir(), 'datenraum-governance-'));
let office: Office;
let agreement: string;

beforeAll(async () => {
  cpSync(GOVERNANCE, governance, { recursive: true });
  const file = join(governance, 'instruments.yaml');
  const text = parse(readFileSync(file, 'utf8')) as { choice: object[]; instruments: object[] };
  text.instruments.push({
    code: 'LEIHSCHEIN',
    name: 'Leihschein unter Ämtern',
    settles: ['Rückgabe'],
    questions: [{ code: 'AKTE', question: 'In welcher Akte liegt der Leihschein?', hint: 'Ein Aktenzeichen genügt.' }],
  });
  const because = 'Ein Amt leiht einem anderen die Daten nur.';
  const when = { 'provider.legalForm': { eq: 'AMT' }, 'consumer.legalForm': { eq: 'AMT' } };
  text.choice.unshift({ instrument: 'LEIHSCHEIN', when, because, source: 'Probe', mark: 'D' });
  writeFileSync(file, stringify(text));
  office = await Office.open({ law: governance });
});
afterAll(async () => {
  await office?.close();
  rmSync(governance, { recursive: true, force: true });
});

test('it is chosen by its row, and the text says its name and what it settles', async () => {
  const { id: product } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const eva = await office.as('eva.bach');
  const { id: request } = await office.requests.submit(eva, await office.aForm(product, 'umweltamt'));
  await office.settle();
  const line = await office.agreementReads.ofRequest(eva, request);
  expect(line).toMatchObject({ instrument: 'LEIHSCHEIN', instrumentName: 'Leihschein unter Ämtern' });
  agreement = line!.id;
  const { termsText, asks, contracts } = await office.agreementReads.view(eva, agreement);
  expect(termsText).toMatch(/^Leihschein unter Ämtern\n/);
  expect(termsText).toContain('Geregelt sein muss: Rückgabe.');
  expect([asks.map(({ code }) => code), contracts]).toEqual([['AKTE'], []]);
});

test('what it asks is answered with the confirmation and stands in the annex', async () => {
  const eva = await office.as('eva.bach');
  await expect(office.agreements.confirm(eva, agreement, { revision: 1 })).rejects.toMatchObject({
    errors: [expect.objectContaining({ pointer: '/answers/AKTE' })],
  });
  await office.agreements.confirm(eva, agreement, { revision: 1, answers: { AKTE: 'Az. 12' } });
  const { state, annex } = await office.agreementReads.view(eva, agreement);
  expect([state, annex!.text.includes('Leihschein unter Ämtern'), annex!.text.includes('Az. 12')]).toEqual([
    'ACTIVE',
    true,
    true,
  ]);
});
