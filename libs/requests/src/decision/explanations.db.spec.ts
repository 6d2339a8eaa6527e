import { canonicalJson } from '#lib/kernel';
import { codeOf, Office } from '../../../../test/support/office';
import { Explanations } from './explanations.service';
import { Replays } from '../feedback/replay.service';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

const explained = async (key: string, id: string) => office.app.get(Explanations).of(await office.as(key), id);
async function inReview(): Promise<string> {
  const { id } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
  return (await office.requests.submit(await office.as('zoe.plan'), await office.aForm(id, 'stadtplanungsamt'))).id;
}

test('each reads as deep as the own work needs: clerk, owner, auditor', async () => {
  const id = await inReview();
  const clerk = await explained('zoe.plan', id);
  expect(clerk).toMatchObject({
    depth: 'CLERK',
    outcome: 'APPROVAL',
    because: [expect.stringMatching(/\.$/)],
    toDo: [expect.stringContaining('Warten')],
  });
  for (const part of ['rules', 'obligations', 'facts', 'considered', 'snapshot', 'rulesetHash', 'replay'])
    expect(clerk).not.toHaveProperty(part);

  const owner = await explained('lars.pfad', id);
  expect(owner).toMatchObject({
    depth: 'OWNER',
    because: clerk.because,
    rules: expect.arrayContaining([expect.objectContaining({ id: expect.any(String), source: expect.any(String) })]),
  });
  expect(owner.obligations!.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['technisch durchgesetzt', 'organisatorisch zugesagt']),
  );
  expect(owner.facts).toContainEqual({ name: 'Wie offen das Datenprodukt ist', value: 'eingeschränkt' });
  for (const part of ['considered', 'snapshot', 'replay']) expect(owner).not.toHaveProperty(part);

  const auditor = await explained('dora.schutz', id).catch(() => null);
  const dsb = auditor ?? (await explained(await anAuditor(), id));
  expect(dsb).toMatchObject({
    depth: 'AUDITOR',
    replay: { same: true, differs: [] },
    factsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const video = dsb.considered!.find(({ id: rule }) => rule === 'R-VID-01')!;
  expect(video).toMatchObject({ matched: false, effectName: 'verbietet' });
  expect(video.unmet.join()).toMatch(/Video und Sensoren|Rohdaten/);
  const [stored] = await office.rows<{ facts: object }>('SELECT facts FROM requests.decision WHERE id = $1', [
    dsb.decisionId,
  ]);
  expect(canonicalJson(dsb.snapshot as never)).toBe(canonicalJson(stored!.facts as never));
});

/** Somebody with the right to audit. */
async function anAuditor(): Promise<string> {
  const [row] = await office.rows<{ key: string }>(
    `SELECT p.key FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id WHERE a.role = 'DSB' AND a.state = 'IN_FORCE' LIMIT 1`,
  );
  return row!.key;
}

test('others find no request, and so no explanation', async () => {
  expect(await codeOf(explained('eva.bach', await inReview()))).toBe('request_not_found');
});

describe('a product the reader does not find', () => {
  const hide = async (id: string): Promise<void> => {
    await office.rows('ALTER TABLE catalogue.product DISABLE TRIGGER guard_product');
    await office.rows(`UPDATE catalogue.product SET discover_scope = 'OWN', scope_released = 'OWN' WHERE id = $1`, [
      id,
    ]);
    await office.rows('ALTER TABLE catalogue.product ENABLE TRIGGER guard_product');
  };
  /** Data about persons that exist summarised as well; whoever decides sees the summary, as an owner does. */
  async function summarised(): Promise<{ fine: string; coarse: string }> {
    const coarse = await office.aProduct({
      unit: 'gruenflaechenamt',
      title: 'Bäume je Ortsbezirk',
      personalRef: 'AGGREGATED',
    });
    const fine = await office.aProduct({
      unit: 'gruenflaechenamt',
      personalRef: 'PSEUDONYMISED',
      aggregate: coarse.id,
    });
    return { fine: fine.id, coarse: coarse.id };
  }
  const TELLING = /R-GEN-05|zusammengefasstes (?:Datenp|P)rodukt|Ortsbezirk/;

  test('is told by no sentence, no rule and no fact: not in the pre-check, the answer, the request or its explanation', async () => {
    const { fine, coarse } = await summarised();
    const eva = await office.as('eva.bach');
    const form = await office.aForm(fine, 'umweltamt', { legalBasis: ['DSGVO_6_1_E'] });
    const receipt = await office.requests.submit(eva, form);
    expect(JSON.stringify(receipt)).toMatch(TELLING);
    await hide(coarse);
    const checked = await office.requests.check(eva, form);
    const [stored] = await office.rows<{ rules: string[] }>('SELECT rules FROM requests.decision WHERE id = $1', [
      receipt.decision.id,
    ]);
    expect(stored!.rules).toContain('R-GEN-05');
    for (const seen of [checked, await office.views.view(eva, receipt.id), await explained('eva.bach', receipt.id)]) {
      expect(JSON.stringify(seen)).not.toMatch(TELLING);
      expect(JSON.stringify(seen)).not.toContain(coarse);
    }
    expect((await explained('eva.bach', receipt.id)).because.join()).toContain('schriftliche Begründung');
  });

  test('is named to its owner, who finds it', async () => {
    const { fine, coarse } = await summarised();
    const { id } = await office.requests.submit(
      await office.as('eva.bach'),
      await office.aForm(fine, 'umweltamt', { legalBasis: ['DSGVO_6_1_E'] }),
    );
    await hide(coarse);
    const owner = await explained('anna.ahorn', id);
    expect(owner.depth).toBe('OWNER');
    expect(owner.rules!.map(({ id: rule }) => rule)).toContain('R-GEN-05');
  });
});

describe('a replay', () => {
  const replays = () => office.app.get(Replays);

  test('is kept with who asked, and looking alone leaves nothing', async () => {
    const id = await inReview();
    const { decisionId } = await explained('zoe.plan', id);
    const person = await office.person('lars.pfad');
    await office.system((tx) => replays().look(tx, decisionId));
    expect(await office.rows('SELECT FROM requests.replay WHERE decision_id = $1', [decisionId])).toEqual([]);
    expect(
      await office.system((tx) => replays().replay(tx, { acting: tx.by, personId: person }, decisionId)),
    ).toMatchObject({ same: true });
    expect(
      await office.rows('SELECT same, person_id FROM requests.replay WHERE decision_id = $1', [decisionId]),
    ).toEqual([{ same: true, person_id: person }]);
    await expect(office.rows('UPDATE requests.replay SET same = false')).rejects.toThrow('never changes');
  });

  test.each([
    ['the outcome', `outcome = 'PERMIT', chain = NULL`, ['outcome']],
    ['an obligation', `obligations = '[]'`, ['obligations']],
    ['a sentence', `because = jsonb_set(because, '{0,text}', '"anders"')`, ['because']],
    ['a fact', `facts = jsonb_set(facts, '{form}', '"TABLE_AGG"')`, ['facts']],
    ['the law it names', `ruleset_hash = repeat('0', 64)`, ['ruleset']],
  ])('finds that somebody changed %s, and makes it an incident', async (_, change, differs) => {
    const { decisionId } = await explained('zoe.plan', await inReview());
    await office.rows('ALTER TABLE requests.decision DISABLE TRIGGER USER');
    await office.rows(`UPDATE requests.decision SET ${change} WHERE id = $1`, [decisionId]);
    await office.rows('ALTER TABLE requests.decision ENABLE TRIGGER USER');
    const result = await office.system((tx) => replays().replay(tx, { acting: tx.by, personId: null }, decisionId));
    expect(result.same).toBe(false);
    expect(result.differs).toEqual(expect.arrayContaining(differs));
    expect((await office.events({ decisionId })).map(({ type }) => type)).toContain('decision.replay-failed.v1');
    const incidents = await office.system((tx) => replays().incidents(tx));
    expect(incidents[0]).toMatchObject({ decisionId, differs: result.differs });
  });
});
