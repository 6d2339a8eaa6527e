// One file: the law book over HTTP from draft to recall, with the wrong people at every step.
import { readFileSync } from 'node:fs';
import type { Signed } from '../journeys/city';
import { aRunningCity, type RunningCity } from '../support/city.fixture';

interface Moved {
  id: string;
  state: string;
  revision: number;
}
interface Version {
  id: string;
  version: number;
  state: string;
  inForceUntil: string | null;
}
interface Proposal {
  id: string;
  state: string;
  versionId: string | null;
}

let city: RunningCity;
const people: Record<string, Signed> = {};
const NAMES = [
  'quirin.stern',
  'rosa.mond',
  'tilda.trend',
  'ansgar.achse',
  'ines.impuls',
  'selma.sensor',
  'uma.schild',
  'nils.halle',
  'theo.satz',
  'olga.dach',
  'ida.stein',
  'eva.bach',
  'karla.mauer',
];
beforeAll(async () => {
  city = await aRunningCity();
  for (const name of NAMES) people[name] = await city.as(name);
}, 90_000);
afterAll(() => city?.close());

const as = (name: string): Signed => people[name]!;
const status = async (name: string, path: string, body: unknown = {}): Promise<string> => {
  const answer = await as(name).post<{ code?: string }>(path, body);
  return [answer.status, answer.body.code].filter(Boolean).join(' ');
};
const GENERAL = readFileSync('config/governance/rules/general.yaml', 'utf8');
const text = (sentence: string) => [
  { file: 'rules/general.yaml', text: GENERAL.replace('Der Antrag braucht einen beschriebenen Zweck', sentence) },
];
const draft = (sentence: string): Promise<Moved> =>
  as('quirin.stern').must('POST', '/v1/rulebook/versions', {
    title: 'Klarerer Satz',
    reason: 'Leichter zu lesen.',
    files: text(sentence),
  });
const at = (id: string, step: string): string => `/v1/rulebook/versions/${id}/${step}`;
const later = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
async function adopted(sentence: string, from: string): Promise<string> {
  const { id } = await draft(sentence);
  await as('quirin.stern').must('POST', at(id, 'consultation'), {});
  await as('quirin.stern').must('POST', at(id, 'ballot'), {});
  for (const name of ['tilda.trend', 'ines.impuls']) await as(name).must('POST', at(id, 'votes'), { vote: 'YES' });
  await as('ines.impuls').must('POST', at(id, 'adoption'), { decisionNumber: '0200/2026', inForceFrom: from });
  return id;
}
const versions = (): Promise<Version[]> => as('eva.bach').must('GET', '/v1/rulebook/versions');

describe('a draft over HTTP', () => {
  it('goes through every step by the people whose step it is, and by nobody else', async () => {
    const body = { title: 'T', reason: 'R', files: text('Ein Antrag nennt seinen Zweck') };
    for (const name of ['eva.bach', 'ida.stein', 'tilda.trend', 'uma.schild'])
      expect([name, await status(name, '/v1/rulebook/versions', body)]).toEqual([name, '403 not_permitted']);
    const { id } = await draft('Jeder Antrag nennt seinen Zweck');
    expect(await status('rosa.mond', at(id, 'consultation'))).toBe('409 ruleset_step_impossible');
    expect(await status('uma.schild', at(id, 'comments'), { text: 'Zu früh.' })).toBe('409 ruleset_step_impossible');
    await as('quirin.stern').must('POST', at(id, 'consultation'), {});

    expect(await status('eva.bach', at(id, 'comments'), { text: 'Ich auch.' })).toBe('403 not_permitted');
    await as('uma.schild').must('POST', at(id, 'comments'), {
      text: 'Aus Sicht des Datenschutzes gut.',
      ruleId: 'R-GEN-02',
    });
    expect(await status('tilda.trend', at(id, 'votes'), { vote: 'YES' })).toBe('409 ruleset_step_impossible');
    expect(await status('tilda.trend', at(id, 'ballot'))).toBe('403 not_permitted');
    await as('quirin.stern').must('POST', at(id, 'ballot'), {});

    for (const name of ['quirin.stern', 'uma.schild', 'ida.stein'])
      expect([name, await status(name, at(id, 'votes'), { vote: 'YES' })]).toEqual([name, '403 not_permitted']);
    expect(await status('ansgar.achse', at(id, 'votes'), { vote: 'YES' })).toBe('403 ruleset_vote_not_entitled');
    await as('tilda.trend').must('POST', at(id, 'votes'), { vote: 'YES' });
    expect(await status('tilda.trend', at(id, 'votes'), { vote: 'NO' })).toBe('409 ruleset_vote_cast');
    expect(await status('tilda.trend', at(id, 'adoption'), { decisionNumber: '1' })).toBe('409 ruleset_no_majority');
    await as('ines.impuls').must('POST', at(id, 'votes'), { vote: 'YES' });
    expect(await status('quirin.stern', at(id, 'adoption'), { decisionNumber: '1' })).toBe('403 not_permitted');
    expect(await status('ines.impuls', at(id, 'adoption'), { decisionNumber: '1', inForceFrom: later(-60) })).toBe(
      '422 ruleset_date_impossible',
    );
    await as('ines.impuls').must('POST', at(id, 'adoption'), {
      decisionNumber: '0100/2026',
      inForceFrom: later(3 * 86_400),
    });
    expect((await versions()).find((one) => one.id === id)!.state).toBe('ADOPTED');
  });

  it('answers plainly to what is no draft, no text and no id', async () => {
    expect(await status('quirin.stern', '/v1/rulebook/versions', {})).toBe('422 validation_failed');
    for (const text of [
      ': kaputt',
      '['.repeat(20_000),
      `a: &a [x]\nb: &b [${'*a,'.repeat(99)}]\nc: [${'*b,'.repeat(99)}]`,
    ])
      expect(
        await status('quirin.stern', '/v1/rulebook/versions', {
          title: 'T',
          reason: 'R',
          files: [{ file: 'rules/general.yaml', text }],
        }),
      ).toBe('422 ruleset_broken');
    expect(
      await status('quirin.stern', '/v1/rulebook/versions', {
        title: 'T',
        reason: 'R',
        files: [{ file: '../../etc/passwd', text: 'x' }],
      }),
    ).toBe('422 validation_failed');
    for (const id of ['0190a000-0000-7000-8000-000000000001', 'x'])
      expect((await as('quirin.stern').post(at(id, 'consultation'), {})).status).toBeGreaterThanOrEqual(404);
  });
});

describe('taking back what is adopted and not yet in force', () => {
  it('needs as many offices as the adoption, and the law before it goes on', async () => {
    const id = await adopted('Wer beantragt, nennt den Zweck', later(2 * 86_400));
    const before = (await versions()).find(({ state }) => state === 'IN_FORCE')!;
    expect(before.inForceUntil).not.toBeNull();
    for (const name of ['quirin.stern', 'uma.schild', 'ida.stein', 'eva.bach']) {
      expect([name, await status(name, at(id, 'recall'), { reason: 'Doch nicht.', decisionNumber: '7' })]).toEqual([
        name,
        '403 not_permitted',
      ]);
    }
    expect(await status('selma.sensor', at(id, 'recall'), { reason: '' })).toBe('422 validation_failed');
    expect(await status('ansgar.achse', at(id, 'recall'), { reason: 'Als Vertretung.', decisionNumber: '7' })).toBe(
      '403 ruleset_vote_not_entitled',
    );
    expect(
      await as('selma.sensor').must('POST', at(id, 'recall'), {
        reason: 'Der Satz ist unklar.',
        decisionNumber: '0201/2026',
      }),
    ).toMatchObject({ state: 'ADOPTED', votes: 1, needed: 2 });
    expect(
      await status('selma.sensor', at(id, 'recall'), { reason: 'Noch einmal.', decisionNumber: '0201/2026' }),
    ).toBe('409 ruleset_vote_cast');
    expect(
      await as('tilda.trend').must('POST', at(id, 'recall'), { reason: 'Ebenso.', decisionNumber: '0201/2026' }),
    ).toMatchObject({ state: 'RECALLED', votes: 2 });
    expect(await status('ines.impuls', at(id, 'recall'), { reason: 'Zu spät.', decisionNumber: '0201/2026' })).toBe(
      '409 ruleset_step_impossible',
    );
    const after = await versions();
    expect(after.find((one) => one.id === id)!.state).toBe('RECALLED');
    // until the version adopted in the test before, as if this one had never been there
    const next = after.find(({ state }) => state === 'ADOPTED');
    expect(after.find((one) => one.id === before.id)!).toMatchObject({
      state: 'IN_FORCE',
      inForceUntil: next ? expect.any(String) : null,
    });
    expect(
      await city.rows(
        `SELECT facts->>'restored' AS restored FROM kernel.audit_event WHERE type = 'rulebook.recalled.v1'`,
      ),
    ).toEqual([{ restored: String(before.version) }]);
  });

  it('is not possible for what is in force, nor in the last minute, nor by the database', async () => {
    const inForce = (await versions()).find(({ state }) => state === 'IN_FORCE')!;
    expect(await status('tilda.trend', at(inForce.id, 'recall'), { reason: 'Weg damit.', decisionNumber: '8' })).toBe(
      '409 ruleset_step_impossible',
    );
    const id = await adopted('Wer etwas beantragt, nennt den Zweck', later(1 * 86_400));
    await expect(
      city.rows(
        `UPDATE law.version SET state = 'RECALLED', recalled_from = in_force_from, recalled_at = now(), recall_number = '9', in_force_from = NULL, in_force_until = NULL WHERE id = $1`,
        [id],
      ),
    ).rejects.toThrow('two offices');
    await expect(city.rows(`UPDATE law.version SET in_force_until = NULL WHERE id = $1`, [inForce.id])).rejects.toThrow(
      'never prolonged',
    );
  });
});

describe('a decided case and a stored decision over HTTP', () => {
  async function refused(): Promise<{ id: string; decisionId: string }> {
    const form = await city.form('gebaeudedatenkataster', 'gebaeudedienste', {
      legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'],
    });
    const { id, decision } = await as('nils.halle').must<{ id: string; decision: { id: string } }>(
      'POST',
      '/v1/requests',
      form,
    );
    await city.settle();
    const { items } = await as('olga.dach').must<{ items: { id: string; requestId: string }[] }>('GET', '/v1/tasks');
    const task = items.find((one) => one.requestId === id)!;
    const { revision } = await as('olga.dach').must<{ revision: number }>('GET', `/v1/tasks/${task.id}`);
    await as('olga.dach').must('POST', `/v1/tasks/${task.id}/refusal`, {
      revision,
      reasonCode: 'SONSTIGES',
      text: 'Das brauchen wir nicht.',
    });
    await city.settle();
    return { id, decisionId: decision.id };
  }
  const proposal = { because: 'Solche Anfragen von Gesellschaften lehnen wir ab.', source: 'Beschluss 0300/2026' };

  it('becomes a proposal with the Geschäftsstelle, and a draft there in one step, with who proposed it', async () => {
    const { id } = await refused();
    for (const name of ['nils.halle', 'theo.satz', 'karla.mauer'])
      expect([name, (await as(name).post(`/v1/requests/${id}/rule-proposal`, proposal)).status]).toEqual([name, 403]);
    expect((await as('eva.bach').post(`/v1/requests/${id}/rule-proposal`, proposal)).status).toBe(403);
    expect(await status('ida.stein', `/v1/requests/${id}/rule-proposal`, { because: '' })).toBe(
      '422 validation_failed',
    );
    const handed = await as('ida.stein').must<Proposal>('POST', `/v1/requests/${id}/rule-proposal`, proposal);
    expect(handed).toMatchObject({ state: 'HANDED_OVER', versionId: null });
    expect(await status('ida.stein', `/v1/requests/${id}/rule-proposal`, proposal)).toBe('409 rule_already_proposed');
    expect(await status('ida.stein', `/v1/rule-proposals/${handed.id}/draft`)).toBe('403 not_permitted');
    expect(await as('nils.halle').must<Proposal[]>('GET', '/v1/rule-proposals')).toEqual([]);
    const [seen] = await as('quirin.stern').must<(Proposal & { proposedByName: string; because: string })[]>(
      'GET',
      '/v1/rule-proposals',
    );
    expect(seen).toMatchObject({
      id: handed.id,
      because: proposal.because,
      proposedByName: expect.stringContaining('Stein'),
    });
    const drafted = await as('quirin.stern').must<Proposal>('POST', `/v1/rule-proposals/${handed.id}/draft`, {});
    const version = await as('quirin.stern').must<{
      state: string;
      reason: string;
      changedFiles: string[];
      proposedByName: string;
    }>('GET', `/v1/rulebook/versions/${drafted.versionId}`);
    expect(version).toMatchObject({
      state: 'DRAFT',
      proposedByName: expect.stringContaining('Stern'),
      changedFiles: [expect.stringMatching(/^cases\/vorschlag-/), expect.stringMatching(/^rules\/vorschlag-/)],
    });
    expect(version.reason).toContain(proposal.source);
    expect(await status('quirin.stern', `/v1/rule-proposals/${handed.id}/refusal`, { answer: 'Doch nicht.' })).toBe(
      '409 rule_proposal_answered',
    );
    // the law book says itself which of its cases such a rule would contradict
    expect(await status('quirin.stern', at(drafted.versionId!, 'consultation'))).toBe('422 ruleset_cases_fail');
  });

  it('can be answered with a no, which stays', async () => {
    const { id } = await refused();
    const { id: proposalId } = await as('ida.stein').must<Proposal>('POST', `/v1/requests/${id}/rule-proposal`, {
      ...proposal,
      source: 'Beschluss 0301/2026',
    });
    await as('quirin.stern').must('POST', `/v1/rule-proposals/${proposalId}/refusal`, {
      answer: 'Das war ein Einzelfall.',
    });
    expect(await as('ida.stein').must<Proposal[]>('GET', '/v1/rule-proposals')).toContainEqual(
      expect.objectContaining({ id: proposalId, state: 'DECLINED', answer: 'Das war ein Einzelfall.' }),
    );
  });

  it('is explained to each side and to who audits, and replayed by who audits alone', async () => {
    const { id, decisionId } = await refused();
    const depth = async (name: string) =>
      (await as(name).must<{ depth: string }>('GET', `/v1/requests/${id}/explanation`)).depth;
    expect([await depth('nils.halle'), await depth('ida.stein'), await depth('uma.schild')]).toEqual([
      'CLERK',
      'OWNER',
      'AUDITOR',
    ]);
    expect((await as('eva.bach').get(`/v1/requests/${id}/explanation`)).status).toBe(404);
    for (const name of ['nils.halle', 'ida.stein', 'quirin.stern', 'tilda.trend'])
      expect([name, await status(name, `/v1/decisions/${decisionId}/replay`)]).toEqual([name, '403 not_permitted']);
    expect(await as('uma.schild').must('POST', `/v1/decisions/${decisionId}/replay`, {})).toMatchObject({
      same: true,
      differs: [],
    });
    expect(await status('uma.schild', '/v1/decisions/0190a000-0000-7000-8000-000000000001/replay')).toBe(
      '404 decision_not_found',
    );
    expect(await as('uma.schild').must('GET', '/v1/decisions/incidents')).toEqual([]);
    await city.rows('ALTER TABLE requests.decision DISABLE TRIGGER USER');
    await city.rows(`UPDATE requests.decision SET outcome = 'PERMIT_OBL', chain = NULL WHERE id = $1`, [decisionId]);
    await city.rows('ALTER TABLE requests.decision ENABLE TRIGGER USER');
    expect(await as('uma.schild').must('POST', `/v1/decisions/${decisionId}/replay`, {})).toMatchObject({
      same: false,
      differs: expect.arrayContaining(['outcome']),
    });
    expect(await as('uma.schild').must('GET', '/v1/decisions/incidents')).toMatchObject([{ decisionId }]);
    expect((await as('ida.stein').get('/v1/decisions/incidents')).status).toBe(403);
  });
});
