import { canonicalJson } from '#lib/kernel';
import { codeOf, Office } from '../../../../test/support/office';
import { random, someInputs } from '../../../../test/bench/policy/inputs';
import { law, lawSources } from '../../../../test/support/law';
import { assumptionsOf } from '../../../../test/support/proof';
import type { Facts } from '#lib/policy';
import type { PartialRequestForm } from '../form/request-form';
import { Explanations } from './explanations.service';
import { RequestDecisions } from './request-decisions.service';
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

describe('what proofs take for granted of facts', () => {
  const ruleset = law();
  const assumptions = assumptionsOf(ruleset, lawSources());
  const assembled: Facts[] = [];

  // whoever asks, for whom, with whose help, for which purpose, in which form, of a product of whichever office
  beforeAll(async () => {
    await office.rows(
      `INSERT INTO organisation.unit (id, key, name, kind, parent_id, competition, valid_from)
       SELECT uuidv7(), 'deponie', 'Entsorgungsbetrieb, Deponie im Wettbewerb', 'ABTEILUNG', id, true, valid_from FROM organisation.unit WHERE key = 'entsorgungsbetrieb'`,
    );
    const units = (await office.rows<{ id: string }>('SELECT id FROM organisation.unit ORDER BY key')).map(
      ({ id }) => id,
    );
    const next = random(11);
    const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
    const some = <T>(list: readonly T[]): T[] => list.filter(() => next() < 0.2);
    const products: { id: string; versionId: string; unitId: string }[] = [];
    for (const [unit, personalRef] of [
      ['gruenflaechenamt', 'NONE'],
      ['tiefbau-vermessungsamt', 'PERSONAL'],
      ['entsorgungsbetrieb', 'AGGREGATED'],
    ] as const) {
      const fields = [
        { name: 'name', class: 'DIRECT_ID' },
        { name: 'anzahl', class: 'NONE' },
      ];
      const made = await office.aProduct({ unit, personalRef, openness: 'RESTRICTED', fields });
      products.push({ ...made, unitId: await office.unit(unit) });
    }
    await office.system(async (tx) => {
      for (let count = 0; count < 400; count++) {
        const { id, versionId, unitId } = one(products);
        const form: PartialRequestForm = {
          productId: id,
          consumerUnitId: one(units),
          ...(next() < 0.3 && { onBehalfOfUnitId: one(units) }),
          ...(next() < 0.3 && { processorUnitId: one(units) }),
          ...(next() < 0.3 && { onwardUnitIds: [one(units)] }),
          ...(next() < 0.9 && { purposeCode: one(ruleset.purposes).code }),
          ...(next() < 0.9 && { form: one(['ROWLEVEL', 'DOCUMENT', 'TABLE_AGG', 'GEO_AGG', 'API_LIVE'] as const) }),
          ...(next() < 0.5 && { fields: [one(['name', 'anzahl'])] }),
          ...(next() < 0.5 && { retentionDays: 30 }),
          legalBasis: some(ruleset.legalBases.map(({ code }) => code)),
        };
        const emergency =
          next() < 0.1 ? { danger: 'LEBEN' as const, confirmed: next() < 0.5, inTime: next() < 0.5 } : undefined;
        assembled.push(
          (await office.app.get(RequestDecisions).preview(tx, form, versionId, unitId, emergency)).decision.facts,
        );
      }
    });
  }, 120_000);

  test('facts of all kinds were put together', () => {
    const kinds = new Set(assembled.map(({ consumer }) => consumer.kind));
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining([
        'EIGENBETRIEB',
        'GESELLSCHAFT',
        'OTHER_OFFICE',
        'PRIVATE',
        'PROCESSOR',
        'SAME_OFFICE',
        'STATISTIKSTELLE',
      ]),
    );
    for (const test of [
      ({ recipient }: Facts) => recipient?.processor === true,
      ({ recipient }: Facts) => recipient?.processor === false,
      ({ consumer }: Facts) => consumer.competition,
      ({ emergency }: Facts) => emergency !== undefined,
    ])
      expect(assembled.filter(test).length).toBeGreaterThan(10);
  });

  test.each(assumptions.map((one) => [one.name, one] as const))(
    'holds of all that the program puts together: %s',
    (_, one) => {
      expect(
        assembled.filter((facts) => !one.holds(facts)).map(({ consumer, recipient }) => ({ consumer, recipient })),
      ).toEqual([]);
    },
  );

  test('whom data are for is never the audit or the public, and nobody works for another without being a processor', () => {
    for (const { consumer, recipient } of assembled) {
      expect([consumer.kind, consumer.worksFor, recipient!.kind]).not.toContain('AUDIT');
      expect([consumer.kind, consumer.worksFor, recipient!.kind]).not.toContain('PUBLIC');
      expect(consumer.worksFor === undefined).toBe(consumer.kind !== 'PROCESSOR');
    }
  });

  test('an assumption of the law says something: facts made up by chance break it', () => {
    const chance = someInputs(4_000, 5, ruleset).map((facts): Facts => ({
      ...facts,
      ...(facts.recipient && { recipient: { ...facts.recipient, kind: facts.consumer.kind } }),
    }));
    const { assume } = lawSources().find(({ file }) => file === 'principles.yaml')!.content as { assume: unknown[] };
    const idle = assumptions.slice(0, assume.length).filter((one) => chance.every((facts) => one.holds(facts)));
    expect(idle.map(({ name }) => name)).toEqual([]);
  });
});
