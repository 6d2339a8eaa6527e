import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Replays } from '#lib/requests';
import { Rulebook, RulesetDrafts } from '#lib/rulebook';
import { Office } from '../../../../test/support/office';
import { ImpactService } from '..';

const MATRIX = readFileSync(join(__dirname, '../../../../config/governance/matrix.yaml'), 'utf8');

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office?.close());

/** A draft whose standard obligations ask for more. */
async function stricterDraft(): Promise<string> {
  const quirin = await office.as('quirin.stern');
  const files = [{ file: 'matrix.yaml', text: MATRIX.replace('O: [O-PURPOSE,', 'O: [O-ENCRYPT, O-PURPOSE,') }];
  return (
    await office.uow.run(quirin.acting, (tx) =>
      office.app.get(RulesetDrafts).draft(tx, quirin, { title: 'Verschlüsselt', reason: 'Sicherer', files }),
    )
  ).id;
}
/** A draft that asks people where the law in force asks nobody. */
async function askingDraft(): Promise<string> {
  const quirin = await office.as('quirin.stern');
  const cells = /(id: INTERNAL-NONE\n.*\n.*\n.*OTHER_OFFICE: )PERMIT\+O/;
  const files = [{ file: 'matrix.yaml', text: MATRIX.replace(cells, '$1A1+O') }];
  return (
    await office.uow.run(quirin.acting, (tx) =>
      office.app.get(RulesetDrafts).draft(tx, quirin, { title: 'Mit Freigabe', reason: 'Vorsicht', files }),
    )
  ).id;
}
const impact = (versionId: string) => office.system((tx) => office.app.get(ImpactService).run(tx, versionId));
const replay = (id: string) =>
  office.system((tx) => office.app.get(Replays).replay(tx, { acting: tx.by, personId: null }, id));

async function aRequest(openness: 'OPEN' | 'INTERNAL', title: string): Promise<string> {
  const eva = await office.as('eva.bach');
  const { id } = await office.aProduct({ unit: 'gruenflaechenamt', openness, title });
  return (await office.requests.submit(eva, await office.aForm(id, 'umweltamt'))).id;
}

test('a draft tells which past decisions and running agreements would differ, which way, and whom it concerns', async () => {
  await aRequest('OPEN', 'Offene Bäume');
  const internal = await aRequest('INTERNAL', 'Interne Bäume');
  await office.settle();
  const before = await office.rows('SELECT count(*)::int AS n FROM kernel.audit_event');
  const draft = await stricterDraft();
  const report = await impact(draft);
  expect(report.decisions).toMatchObject({ changed: 1, stricter: 1, looser: 0, other: 0 });
  expect(report.decisions.tried).toBeGreaterThanOrEqual(2);
  expect(report.agreements).toMatchObject({ tried: 2, changed: 1, stricter: 1 });
  expect(report.affected[0]).toMatchObject({
    kind: 'AGREEMENT',
    requestId: internal,
    direction: 'STRICTER',
    aspects: ['OBLIGATIONS'],
    productTitle: 'Interne Bäume',
    consumerUnit: 'Umweltamt',
  });
  expect(report.units.map(({ name }) => name).sort()).toEqual(['Grünflächenamt', 'Umweltamt']);
  expect(report.products).toMatchObject([{ title: 'Interne Bäume', changes: 2 }]);
  // looking changes nothing: only the draft itself left an event
  const after = await office.rows('SELECT count(*)::int AS n FROM kernel.audit_event');
  expect((after[0] as { n: number }).n - (before[0] as { n: number }).n).toBe(1);
});

test('an agreement that would come to rest is told apart, on the facts of now and not of the day it was made', async () => {
  const resting = await aRequest('INTERNAL', 'Ruhende Bäume');
  const opened = await aRequest('INTERNAL', 'Geöffnete Bäume');
  await office.settle();
  await office.rows('ALTER TABLE catalogue.product DISABLE TRIGGER USER');
  await office.rows(`UPDATE catalogue.product SET openness = 'OPEN' WHERE title = 'Geöffnete Bäume'`);
  await office.rows('ALTER TABLE catalogue.product ENABLE TRIGGER USER');
  // as a release of the same version would leave it
  await office.rows(
    `UPDATE catalogue.released_classification SET stated = stated || '{"openness": "OPEN"}'
      WHERE product_id = (SELECT id FROM catalogue.product WHERE title = 'Geöffnete Bäume')`,
  );
  const report = await impact(await askingDraft());
  const agreements = report.affected.filter(({ kind }) => kind === 'AGREEMENT');
  expect(agreements.find(({ requestId }) => requestId === resting)).toMatchObject({
    rests: true,
    direction: 'STRICTER',
    before: { outcome: 'PERMIT_OBL' },
    after: { outcome: 'APPROVAL' },
  });
  expect(agreements.filter(({ requestId }) => requestId === opened)).toEqual([]);
  expect(report.agreements.rests).toBe(agreements.length);
  expect(report.affected.find(({ kind, requestId }) => kind === 'DECISION' && requestId === opened)).toMatchObject({
    rests: false,
  });
});

test('ten thousand different decisions are tried in seconds', async () => {
  const [{ id }] = (await office.rows<{ id: string }>(
    'SELECT id FROM requests.decision ORDER BY decided_at DESC LIMIT 1',
  )) as [{ id: string }];
  const versionId = (await office.rows<{ id: string }>(`SELECT id FROM law.version WHERE state = 'DRAFT'`))[0]!.id;
  const [{ tried }] = (await office.rows<{ tried: number }>(
    'SELECT count(*)::int AS tried FROM requests.decision',
  )) as [{ tried: number }];
  await office.rows(
    `INSERT INTO requests.decision (id, request_id, request_revision, form_number, phase, cause, outcome, rules, obligations, chain, because, ruleset_hash, facts,
        facts_canonical, facts_sha256, consumer_unit_id, provider_unit_id, decided_at)
     SELECT gen_random_uuid(), d.request_id, d.request_revision, d.form_number, d.phase, d.cause, d.outcome, d.rules, d.obligations, d.chain, d.because, d.ruleset_hash, f.facts,
            f.facts::text, encode(sha256(convert_to(f.facts::text, 'UTF8')), 'hex'), d.consumer_unit_id, d.provider_unit_id, d.decided_at
       FROM requests.decision d, generate_series(1, 10000) n, LATERAL (SELECT jsonb_set(d.facts, '{product,rows}', to_jsonb(n)) AS facts) f WHERE d.id = $1`,
    [id],
  );
  const report = await impact(versionId);
  expect(report.decisions.tried).toBe(10_000 + tried);
  expect(report.decisions.changed).toBeGreaterThanOrEqual(10_000);
  expect(report.affected.length).toBe(500);
  process.stderr.write(`impact of ${report.decisions.tried} decisions: ${report.milliseconds} ms\n`);
});

test('a stored decision run again gives the same bytes, also when the program has learnt more since', async () => {
  const requestId = await aRequest('INTERNAL', 'Noch mehr Bäume');
  const rows = await office.rows<{ id: string }>('SELECT id FROM requests.decision WHERE request_id = $1', [requestId]);
  const result = await replay(rows[0]!.id);
  expect(result).toMatchObject({ same: true, differs: [], version: 1, requestId });
  expect(result.replayedSha256).toBe(result.storedSha256);
  expect((await office.events({ decisionId: rows[0]!.id })).map(({ type }) => type)).toContain('decision.replayed.v1');
  const { hash } = await office.system((tx) => office.app.get(Rulebook).inForce(tx));
  await office.rows(`ALTER TABLE rulebook.capability DISABLE TRIGGER USER`);
  await office.rows(`UPDATE rulebook.capability SET steps = '{}'`);
  // the law of then could carry out no chain
  const then = await office.system((tx) => office.app.get(Rulebook).lawOfThen(tx, hash, new Date()));
  expect(then.ruleset).not.toBe(
    (await office.system((tx) => office.app.get(Rulebook).versionByHash(tx, hash))).ruleset,
  );
  expect(then.ruleset.hash).toBe(hash);
});

test('a decision that was tampered with is an incident', async () => {
  const requestId = await aRequest('INTERNAL', 'Gefälschte Bäume');
  const [{ id }] = (await office.rows<{ id: string }>('SELECT id FROM requests.decision WHERE request_id = $1', [
    requestId,
  ])) as [{ id: string }];
  await office.rows('ALTER TABLE requests.decision DISABLE TRIGGER USER');
  await office.rows(
    `UPDATE requests.decision SET obligations = '[]', facts = jsonb_set(facts, '{product,rows}', '7') WHERE id = $1`,
    [id],
  );
  expect(await replay(id)).toMatchObject({ same: false, differs: ['facts', 'obligations'] });
  await office.rows(`UPDATE requests.decision SET ruleset_hash = repeat('0', 64) WHERE id = $1`, [id]);
  expect(await replay(id)).toMatchObject({
    same: false,
    version: null,
    differs: ['facts', 'ruleset'],
    replayedSha256: null,
  });
  const failed = (await office.events({ decisionId: id })).filter(({ type }) => type === 'decision.replay-failed.v1');
  expect(failed).toHaveLength(2);
  await expect(replay('00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({ code: 'decision_not_found' });
});
