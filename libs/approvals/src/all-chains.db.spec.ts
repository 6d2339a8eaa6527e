// One file: every chain the role concept names, walked by the people it names; read beside approvals.yaml.
import { EVERYTHING } from '#lib/policy';
import { Delegations } from '#lib/organisation';
import { lawWithReports } from '../../../test/support/law-folder';
import { codeOf, Office } from '../../../test/support/office';
import { Committee } from './committee.service';
import { NoticeReads } from './notices.reads';
import { Deadlines } from './deadlines.service';

let office: Office;
beforeAll(async () => {
  // what its chains and tables ask for, whether or not the gate can carry it out today
  office = await Office.open({ law: lawWithReports(), can: EVERYTHING });
}, 120_000);
afterAll(() => office.close());
beforeEach(async () => {
  await office.rows('DELETE FROM organisation.absence');
  await office.rows(
    `UPDATE organisation.delegation SET revoked_at = now(), revoked_by = delegated_by WHERE revoked_at IS NULL`,
  );
  await office.endContracts();
});

const submitted = async (by: string, form: Parameters<Office['requests']['submit']>[1]): Promise<string> => {
  const { id, decision } = await office.requests.submit(await office.as(by), form);
  // a chain that is not there is told by its reasons
  expect(decision.outcome === 'APPROVAL' ? [] : decision.because.map(({ rule, text }) => `${rule}: ${text}`)).toEqual(
    [],
  );
  await office.settle();
  return id;
};
/** The Grünflächenamt reports its own figures as a map. */
async function anA2(more: object = {}): Promise<string> {
  const product = await office.aProduct({
    unit: 'gruenflaechenamt',
    personalRef: 'AGGREGATED',
    purposes: ['BERICHT_GREMIEN'],
  });
  const form = await office.aForm(product.id, 'gruenflaechenamt', {
    purposeCode: 'BERICHT_GREMIEN',
    form: 'GEO_AGG',
    ...more,
  });
  return submitted('emil.fach', form);
}
/** The Umweltamt asks the Hochbauamt for restricted figures as a table: chain A3 with the Statistikstelle. */
async function anA3(): Promise<string> {
  const product = await office.aProduct({ unit: 'hochbauamt', openness: 'RESTRICTED', personalRef: 'AGGREGATED' });
  return submitted(
    'eva.bach',
    await office.aForm(product.id, 'umweltamt', { form: 'TABLE_AGG', legalBasis: ['DSGVO_6_1_E'] }),
  );
}
/** A company asks an office for pseudonymised data for research: chain A5. */
async function anA5(unit = 'hochbauamt'): Promise<string> {
  const product = await office.aProduct({ unit, openness: 'RESTRICTED', personalRef: 'PSEUDONYMISED' });
  const form = await office.aForm(product.id, 'gebaeudedienste', {
    purposeCode: 'STADTFORSCHUNG',
    legalBasis: ['HDSIG_22_2', 'DSGVO_6_1_E'],
    evidenceFiles: await office.evidence('nils.halle', 'gebaeudedienste', ['ZWECKVERPFLICHTUNG', 'FORSCHUNGSKONZEPT']),
  });
  return submitted('nils.halle', form);
}
/** The Umweltamt asks for data of a special category: chain A6. */
async function anA6(more: object = {}): Promise<string> {
  const product = await office.aProduct({ unit: 'gruenflaechenamt', openness: 'RESTRICTED', personalRef: 'SPECIAL' });
  const evidenceFiles = await office.evidence('eva.bach', 'umweltamt', ['RECHTSNORM', 'DSFA']);
  const form = { legalBasis: ['DSGVO_6_1_E', 'DSGVO_9_2_G'], evidenceFiles, ...more };
  return submitted('eva.bach', await office.aForm(product.id, 'umweltamt', form));
}
/** The Umweltamt asks for live access to the register of residents: chain A7. */
async function anA7(): Promise<string> {
  const product = await office.aProduct({
    unit: 'gruenflaechenamt',
    openness: 'RESTRICTED',
    personalRef: 'PERSONAL',
    secrecy: ['MELDE'],
  });
  const evidenceFiles = await office.evidence('eva.bach', 'umweltamt', ['RECHTSNORM']);
  const form = { legalBasis: ['DSGVO_6_1_E', 'BMG_37_1'], evidenceFiles, form: 'API_LIVE' as const };
  return submitted('eva.bach', await office.aForm(product.id, 'umweltamt', form));
}

const states = async (requestId: string) =>
  Object.fromEntries(
    (
      await office.rows<{ step: string; state: string }>(
        'SELECT step, state FROM approvals.task WHERE request_id = $1',
        [requestId],
      )
    ).map(({ step, state }) => [step, state]),
  );
const act = async <T>(
  requestId: string,
  step: string,
  work: (taskId: string, revision: number) => Promise<T>,
): Promise<T> => work((await office.task(requestId, step)).id, await office.revision(requestId));
/** Confirms these kinds as they stand on the page, each opened first. */
const evidence = (key: string, requestId: string, kinds: string[], opens = true) =>
  act(requestId, 'EVIDENCE', async (id, revision) => {
    const actor = await office.as(key);
    const asked = (await office.inbox.task(actor, id)).evidence!.filter(({ kind }) => kinds.includes(kind));
    for (const { document } of opens ? asked : [])
      if (document) await office.approvals.openEvidence(actor, id, document.id);
    return office.approvals.confirmEvidence(actor, id, {
      revision,
      evidence: asked.map(({ kind, document }) => ({
        kind,
        reference: `Akte ${kind}`,
        ...(document && { evidenceId: document.id }),
      })),
    });
  });
const admit = (key: string, requestId: string, reference = 'Verfügung OB 3/2026') =>
  act(requestId, 'LEITUNG_VERWALTUNG', async (id, revision) =>
    office.approvals.admit(await office.as(key), id, { revision, reference }),
  );
const veto = (key: string, requestId: string) =>
  act(requestId, 'STAT', async (id, revision) =>
    office.approvals.veto(await office.as(key), id, { revision, text: 'Einzelne Fälle wären erkennbar.' }),
  );
const contract = async (requestId: string, consumer = 'gebaeudedienste', provider = 'hochbauamt') => {
  await office.contract(consumer, provider);
  return act(requestId, 'LEGAL', async (id, revision) =>
    office.approvals.confirmContract(await office.as('theo.satz'), id, { revision }),
  );
};
const delegated = async (from: string, to: string, more: object = {}) => {
  const me = await office.as(from);
  const appointmentId = me.appointments.find(({ role, deputyOf }) => role === 'OWNER' && deputyOf === null)!.id;
  const input = {
    appointmentId,
    delegatePersonId: await office.person(to),
    reference: 'Verfügung 7/2026',
    validTo: new Date(Date.now() + 86_400_000).toISOString(),
    ...more,
  };
  return (await office.uow.run(me.acting, (tx) => office.app.get(Delegations).delegate(tx, me, input))).delegationId;
};
const overdue = (taskId: string, by = '1 hour') =>
  office.rows(`UPDATE approvals.task SET due_at = now() - $2::interval WHERE id = $1`, [taskId, by]);

async function a5UpToVote(unit = 'hochbauamt', [steward, owner] = ['karla.mauer', 'ida.stein']): Promise<string> {
  const id = await anA5(unit);
  await office.approve('olga.dach', id, 'REQ_HEAD');
  await office.approve(steward, id, 'STEWARD');
  await office.advise('uma.schild', id, 'DSB', 'CONDITIONAL');
  await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
  await contract(id, 'gebaeudedienste', unit);
  await office.confirmEvidence('theo.satz', id);
  await office.approve(owner, id, 'OWNER');
  return id;
}
async function a6UpToEvidence(make = anA6): Promise<string> {
  const id = await make();
  await office.approve('falk.quelle', id, 'REQ_HEAD');
  await office.approve('clara.linde', id, 'STEWARD');
  await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
  await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
  // between two offices of the city no contract stands: the Rechtsamt checks the legal basis
  await office.approve('theo.satz', id, 'LEGAL');
  return id;
}

describe('each chain runs end to end', () => {
  test('A2: a publication is checked for statistical secrecy and security, decided, coordinated and released', async () => {
    const id = await anA2();
    expect(await states(id)).toEqual({
      STEWARD: 'OPEN',
      STAT: 'WAITING',
      ISB: 'WAITING',
      OWNER: 'WAITING',
      OPENDATA: 'WAITING',
      GS: 'WAITING',
    });
    await office.approve('clara.linde', id, 'STEWARD');
    expect(await states(id)).toMatchObject({ STAT: 'OPEN', ISB: 'OPEN', OWNER: 'WAITING' });
    await office.approve('yara.zahl', id, 'STAT');
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    await office.approve('anna.ahorn', id, 'OWNER');
    expect((await office.inbox.inbox(await office.as('oskar.offen'))).map(({ requestId }) => requestId)).toContain(id);
    await office.approve('oskar.offen', id, 'OPENDATA');
    expect(await office.approve('quirin.stern', id, 'GS')).toMatchObject({ requestState: 'APPROVED' });
  });

  test('A3: data protection and the Statistikstelle stand side by side before the owner', async () => {
    const id = await anA3();
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    expect(await states(id)).toMatchObject({ DSB: 'OPEN', STAT: 'OPEN', OWNER: 'WAITING' });
    await office.approve('yara.zahl', id, 'STAT');
    expect(await states(id)).toMatchObject({ DSB: 'OPEN', OWNER: 'WAITING' });
    await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
    await office.approve('ida.stein', id, 'OWNER');
    expect(await office.approve('quirin.stern', id, 'GS')).toMatchObject({ requestState: 'APPROVED' });
  });

  test('A5: two offices of the Steuerungskreis carry it before the release', async () => {
    const id = await a5UpToVote();
    expect(await states(id)).toMatchObject({ SK: 'OPEN', GS: 'WAITING' });
    expect(await office.vote('tilda.trend', id)).toMatchObject({ taskState: 'OPEN' });
    expect(await office.vote('ines.impuls', id)).toMatchObject({ taskState: 'APPROVED' });
    expect(await office.approve('quirin.stern', id, 'GS')).toMatchObject({ requestState: 'APPROVED' });
  });

  test('A6: after opinions and the Rechtsamt comes the evidence, then the owner in person', async () => {
    const id = await a6UpToEvidence();
    expect(await states(id)).toMatchObject({ EVIDENCE: 'OPEN', OWNER_IN_PERSON: 'WAITING' });
    expect(await states(id)).not.toHaveProperty('OWNER');
    await evidence('theo.satz', id, ['RECHTSNORM', 'DSFA']);
    await office.approve('anna.ahorn', id, 'OWNER_IN_PERSON');
    expect(await office.approve('quirin.stern', id, 'GS')).toMatchObject({ requestState: 'APPROVED' });
  });

  test('A6: the Rechtsamt waits for the opinions, because rank orders also what may run side by side', async () => {
    const id = await anA6();
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    await office.approve('clara.linde', id, 'STEWARD');
    await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
    expect(await states(id)).toMatchObject({ DSB: 'ADVISED', ISB: 'OPEN', LEGAL: 'WAITING' });
  });

  test('A7: the head of the administration admits in person and in writing', async () => {
    const id = await a6UpToEvidence(anA7);
    await evidence('theo.satz', id, ['RECHTSNORM']);
    await office.approve('anna.ahorn', id, 'OWNER_IN_PERSON');
    expect(await codeOf(office.approve('leonore.leit', id, 'LEITUNG_VERWALTUNG'))).toBe('admission_missing');
    expect(await codeOf(admit('leonore.leit', id, '  '))).toBe('validation_failed');
    expect(await codeOf(admit('bert.buehne', id))).toBe('not_entitled');
    await office.absent('leonore.leit');
    expect(await admit('bert.buehne', id)).toMatchObject({ taskState: 'APPROVED' });
    const [step] = await office.rows(
      'SELECT admission_reference FROM approvals.task WHERE request_id = $1 AND step = $2',
      [id, 'LEITUNG_VERWALTUNG'],
    );
    expect(step).toEqual({ admission_reference: 'Verfügung OB 3/2026' });
    expect(await office.approve('quirin.stern', id, 'GS')).toMatchObject({ requestState: 'APPROVED' });
  });
});

describe('the veto of the Statistikstelle', () => {
  test('refuses the request, whatever the others say', async () => {
    const id = await anA3();
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
    expect(await veto('yara.zahl', id)).toMatchObject({ taskState: 'REFUSED', requestState: 'REFUSED' });
    expect(await states(id)).toMatchObject({ OWNER: 'CLOSED', GS: 'CLOSED' });
    expect((await office.views.view(await office.as('eva.bach'), id)).refusal).toMatchObject({
      reasonCode: 'STATISTISCHE_GEHEIMHALTUNG',
    });
    expect(await codeOf(office.approve('ida.stein', id, 'OWNER'))).toBe('task_not_open');
  });

  test('is for statistical secrecy alone, and of the Statistikstelle alone', async () => {
    const id = await anA3();
    const refuse = (key: string, step: string, reasonCode: 'STATISTISCHE_GEHEIMHALTUNG' | 'QUALITAET') =>
      act(id, step, async (task, revision) =>
        office.approvals.refuse(await office.as(key), task, { revision, reasonCode, text: 'Nein, so nicht.' }),
      );
    expect(await codeOf(refuse('falk.quelle', 'REQ_HEAD', 'STATISTISCHE_GEHEIMHALTUNG'))).toBe('veto_elsewhere');
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    expect(await codeOf(refuse('yara.zahl', 'STAT', 'QUALITAET'))).toBe('veto_only');
    expect(await codeOf(veto('uma.schild', id))).toBe('not_entitled');
    const view = await office.inbox.task(await office.as('yara.zahl'), (await office.task(id, 'STAT')).id);
    expect(view.may).toMatchObject({ approve: true, veto: true, refuse: false });
  });
});

describe('the evidence', () => {
  test('is confirmed document by document, each opened by whoever confirms it, before the owner decides', async () => {
    const id = await a6UpToEvidence();
    expect(await codeOf(office.approve('theo.satz', id, 'EVIDENCE'))).toBe('evidence_missing');
    const theo = await office.as('theo.satz');
    const { id: taskId } = await office.task(id, 'EVIDENCE');
    // named, but not opened
    await expect(evidence('theo.satz', id, ['DSFA', 'RECHTSNORM'], false)).rejects.toMatchObject({
      code: 'evidence_missing',
      errors: [{ code: 'not_opened' }, { code: 'not_opened' }],
    });
    expect(await codeOf(evidence('theo.satz', id, ['DSFA']))).toBe('evidence_missing');
    // the kind alone, as before there were files
    const revision = await office.revision(id);
    const kinds = ['DSFA', 'RECHTSNORM'].map((kind) => ({ kind, reference: `Akte ${kind}` }));
    expect(await codeOf(office.approvals.confirmEvidence(theo, taskId, { revision, evidence: kinds }))).toBe(
      'evidence_missing',
    );
    const view = await office.inbox.task(theo, taskId);
    expect(view.may).toMatchObject({ confirmEvidence: true, approve: false });
    expect(view.evidence).toMatchObject([
      { kind: 'DSFA', name: 'Datenschutz-Folgenabschätzung', reference: 'Muster-Akte DSFA' },
      { kind: 'RECHTSNORM', name: 'Rechtsnorm, die die Übermittlung erlaubt', reference: 'Muster-Akte RECHTSNORM' },
    ]);
    await evidence('theo.satz', id, ['RECHTSNORM', 'DSFA']);
    const [given] = (await office.events({ taskId })).filter(({ type }) => type === 'approval.given.v1');
    expect(given!.facts).toMatchObject({ evidence: ['DSFA', 'RECHTSNORM'] });
    expect(JSON.stringify(given!.facts)).not.toContain('Akte');
  });

  test('is opened by nobody who has no task on the request, and each opening is on record', async () => {
    const id = await a6UpToEvidence();
    const { id: taskId } = await office.task(id, 'EVIDENCE');
    const { evidence: asked } = await office.inbox.task(await office.as('theo.satz'), taskId);
    const evidenceId = asked![0]!.document!.id;
    for (const key of ['uma.schild', 'lars.pfad', 'xenia.konto', 'karla.mauer'])
      expect(await codeOf(office.approvals.openEvidence(await office.as(key), taskId, evidenceId))).toMatch(
        /^(?:evidence|task|request)_not_found$/,
      );
    const before = (await office.events({ evidenceId })).filter(({ type }) => type === 'evidence.opened.v1').length;
    await office.approvals.openEvidence(await office.as('theo.satz'), taskId, evidenceId);
    const opened = (await office.events({ evidenceId })).filter(({ type }) => type === 'evidence.opened.v1');
    expect([opened.length - before, opened.at(-1)!.facts]).toMatchObject([1, { requestId: id }]);
  });

  test('is never there by the word alone: the database wants what was seen', async () => {
    const id = await a6UpToEvidence();
    const { id: taskId } = await office.task(id, 'EVIDENCE');
    const theo = await office.person('theo.satz');
    const approved = office.system((tx) =>
      tx.sql(
        `UPDATE approvals.task SET state = 'APPROVED', revision = revision + 1, decided_at = now(), decided_by_person_id = $2, appointment_id = (SELECT id FROM organisation.appointment WHERE person_id = $2) WHERE id = $1`,
        [taskId, theo],
      ),
    );
    await expect(approved).rejects.toMatchObject({ driverError: { constraint: 'task_evidence_confirmed' } });
  });
});

describe('votes', () => {
  test('two against put the majority out of reach: the request is refused', async () => {
    const id = await a5UpToVote();
    expect(await office.vote('tilda.trend', id, 'AGAINST')).toMatchObject({
      taskState: 'OPEN',
      requestState: 'IN_REVIEW',
    });
    expect(await office.vote('selma.sensor', id, 'AGAINST')).toMatchObject({
      taskState: 'REFUSED',
      requestState: 'REFUSED',
    });
    expect((await office.views.view(await office.as('nils.halle'), id)).refusal).toMatchObject({
      reasonCode: 'STEUERUNGSKREIS',
    });
    expect(await codeOf(office.vote('ines.impuls', id))).toBe('task_already_decided');
  });

  test('an office has one vote: neither its member twice nor its deputy after it', async () => {
    const id = await a5UpToVote();
    await office.vote('tilda.trend', id);
    expect(await codeOf(office.vote('tilda.trend', id))).toBe('vote_given');
    await office.absent('tilda.trend');
    expect(await codeOf(office.vote('ansgar.achse', id, 'AGAINST'))).toBe('vote_given');
    expect((await office.inbox.inbox(await office.as('ansgar.achse'))).map(({ requestId }) => requestId)).not.toContain(
      id,
    );
    expect((await office.inbox.inbox(await office.as('ines.impuls'))).map(({ requestId }) => requestId)).toContain(id);
  });

  test('a deputy votes only while the member is absent or late', async () => {
    const id = await a5UpToVote();
    expect(await codeOf(office.vote('bodo.bahn', id))).toBe('not_entitled');
    await overdue((await office.task(id, 'SK')).id);
    expect(await office.vote('bodo.bahn', id)).toMatchObject({ taskState: 'OPEN' });
    const [voted] = (await office.events({ requestId: id })).filter(({ type }) => type === 'approval.voted.v1');
    expect(voted!.facts).toMatchObject({ vote: 'FOR', as: 'DEPUTY', officeUnitId: await office.unit('iod') });
  });

  test('the own office has no vote, also when the Statistikstelle inside it is the party', async () => {
    const id = await a5UpToVote('statistikamt', ['rike.zelle', 'otto.tafel']);
    expect(await codeOf(office.vote('tilda.trend', id))).toBe('vote_own_office');
    expect((await office.inbox.inbox(await office.as('tilda.trend'))).map(({ requestId }) => requestId)).not.toContain(
      id,
    );
    const view = await office.inbox.task(await office.as('ines.impuls'), (await office.task(id, 'SK')).id);
    expect(view.voting).toMatchObject({ needed: 2, entitled: 2, reachable: true, votes: [] });
    // of the two that are left, one against is enough
    expect(await office.vote('ines.impuls', id, 'AGAINST')).toMatchObject({
      taskState: 'REFUSED',
      requestState: 'REFUSED',
    });
    const [{ same }] = (await office.rows(
      `SELECT organisation.office_of(s.id) = a.id AS same FROM organisation.unit s, organisation.unit a WHERE s.key = 'statistikstelle' AND a.key = 'statistikamt'`,
    )) as [{ same: boolean }];
    expect(same).toBe(true);
  });

  test('one person has no second role: who votes does not release, and who decided before does not vote', async () => {
    const appoint = async (person: string, role: string, unit: string) =>
      office.rows(
        `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin) VALUES (gen_random_uuid(), $1, $2, $3, 'CITY', now(), 'IN_FORCE', 'SETUP')`,
        [await office.person(person), role, await office.unit(unit)],
      );
    await appoint('selma.sensor', 'GS_DG', 'smart-city');
    await appoint('ines.impuls', 'LEGAL', 'iod');
    const id = await anA5();
    await office.approve('olga.dach', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    await office.contract('gebaeudedienste', 'hochbauamt');
    await act(id, 'LEGAL', async (task, revision) =>
      office.approvals.confirmContract(await office.as('ines.impuls'), task, { revision }),
    );
    await office.confirmEvidence('theo.satz', id);
    await office.approve('ida.stein', id, 'OWNER');
    expect(await codeOf(office.vote('ines.impuls', id))).toBe('four_eyes');
    await office.vote('selma.sensor', id);
    await office.vote('tilda.trend', id);
    expect(await codeOf(office.approve('selma.sensor', id, 'GS'))).toBe('four_eyes');
    expect((await office.inbox.inbox(await office.as('selma.sensor'))).map(({ requestId }) => requestId)).not.toContain(
      id,
    );
    await office.rows(
      `UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE state = 'IN_FORCE' AND ((role = 'GS_DG' AND person_id = $1) OR (role = 'LEGAL' AND person_id = $2))`,
      [await office.person('selma.sensor'), await office.person('ines.impuls')],
    );
  });

  test('a committee neither approves nor refuses by one person', async () => {
    const id = await a5UpToVote();
    expect(await codeOf(office.approve('tilda.trend', id, 'SK'))).toBe('vote_needed');
    const refuse = act(id, 'SK', async (task, revision) =>
      office.approvals.refuse(await office.as('tilda.trend'), task, {
        revision,
        reasonCode: 'SONSTIGES',
        text: 'Nein, danke.',
      }),
    );
    expect(await codeOf(refuse)).toBe('vote_needed');
    const mute = act(id, 'SK', async (task, revision) =>
      office.app.get(Committee).vote(await office.as('tilda.trend'), task, { revision, vote: 'AGAINST' }),
    );
    expect(await codeOf(mute)).toBe('validation_failed');
  });

  test('two votes at once both count, and complete the majority once', async () => {
    const id = await a5UpToVote();
    const codes = await Promise.all([codeOf(office.vote('tilda.trend', id)), codeOf(office.vote('ines.impuls', id))]);
    expect(codes).toEqual(['none', 'none']);
    expect(await states(id)).toMatchObject({ SK: 'APPROVED', GS: 'OPEN' });
    const types = (await office.events({ requestId: id, step: 'SK' })).map(({ type }) => type);
    expect(types.filter((type) => type === 'approval.voted.v1')).toHaveLength(2);
    expect(types.filter((type) => type === 'approval.given.v1')).toHaveLength(1);
  });

  test('of member and deputy of one office at the same time one votes', async () => {
    const id = await a5UpToVote();
    await overdue((await office.task(id, 'SK')).id);
    const codes = await Promise.all(
      ['tilda.trend', 'ansgar.achse', 'tilda.trend'].map((key) => codeOf(office.vote(key, id))),
    );
    expect(codes.sort()).toEqual(['none', 'vote_given', 'vote_given']);
    expect(await office.rows('SELECT FROM approvals.vote WHERE request_id = $1', [id])).toHaveLength(1);
  });

  test('the database keeps votes for ever, one per office, none of a party, and no majority without them', async () => {
    const id = await a5UpToVote();
    await office.vote('tilda.trend', id);
    const vote = async (person: string, officeKey: string, taskId?: string) => {
      const [tilda, unit] = [await office.person(person), await office.unit(officeKey)];
      const task = taskId ?? (await office.task(id, 'SK')).id;
      return office.system((tx) =>
        tx.sql(
          `INSERT INTO approvals.vote (task_id, request_id, round, office_unit_id, consumer_unit_id, provider_unit_id, requester_person_id, role, person_id, appointment_id, vote, voted_at)
           SELECT t.id, t.request_id, t.round, $3, t.consumer_unit_id, t.provider_unit_id, t.requester_person_id, t.role, $2,
                  (SELECT id FROM organisation.appointment WHERE person_id = $2 AND role = 'SK_MITGLIED'), 'FOR', now()
             FROM approvals.task t WHERE t.id = $1`,
          [task, tilda, unit],
        ),
      );
    };
    await expect(vote('ansgar.achse', 'statistikamt')).rejects.toMatchObject({
      driverError: { constraint: 'vote_one_per_office' },
    });
    await expect(vote('tilda.trend', 'iod')).rejects.toMatchObject({ driverError: { constraint: 'vote_member' } });
    const other = await a5UpToVote('statistikamt', ['rike.zelle', 'otto.tafel']);
    await expect(vote('tilda.trend', 'statistikamt', (await office.task(other, 'SK')).id)).rejects.toMatchObject({
      driverError: { constraint: 'vote_own_office' },
    });
    await expect(
      office.rows(`UPDATE approvals.vote SET vote = 'AGAINST', text = 'x' WHERE request_id = $1`, [id]),
    ).rejects.toMatchObject({ constraint: 'vote_stands' });
    await expect(office.rows('DELETE FROM approvals.vote WHERE request_id = $1', [id])).rejects.toMatchObject({
      constraint: 'vote_stands',
    });
    await expect(office.system((tx) => tx.sql('DELETE FROM approvals.vote'))).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
    const forced = office.system(async (tx) =>
      tx.sql(
        `UPDATE approvals.task SET state = 'APPROVED', revision = revision + 1, decided_at = now(), decided_by_person_id = $2, appointment_id = gen_random_uuid() WHERE id = $1`,
        [(await office.task(id, 'SK')).id, await office.person('tilda.trend')],
      ),
    );
    await expect(forced).rejects.toMatchObject({ driverError: { constraint: 'task_quorum' } });
  });
});

describe('delegation', () => {
  test('a delegate decides for the owner, beside the owner, and the record says by which writing', async () => {
    const id = await anA3();
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    await office.approve('yara.zahl', id, 'STAT');
    await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
    const delegationId = await delegated('ida.stein', 'lars.pfad');
    expect(
      (await office.inbox.inbox(await office.as('lars.pfad'))).map(({ requestId, as }) => [requestId, as]),
    ).toContainEqual([id, 'DELEGATE']);
    await office.approve('lars.pfad', id, 'OWNER');
    const [task] = await office.rows(
      'SELECT delegation_id, acted_for_person_id FROM approvals.task WHERE request_id = $1 AND step = $2',
      [id, 'OWNER'],
    );
    expect(task).toEqual({ delegation_id: delegationId, acted_for_person_id: await office.person('ida.stein') });
    const [given] = (await office.events({ requestId: id, step: 'OWNER' })).filter(
      ({ type }) => type === 'approval.given.v1',
    );
    expect(given!.facts).toMatchObject({ as: 'DELEGATE' });
  });

  test('in person is without a delegate and with a deputy', async () => {
    const id = await a6UpToEvidence();
    await evidence('theo.satz', id, ['RECHTSNORM', 'DSFA']);
    await delegated('anna.ahorn', 'lars.pfad');
    expect(await codeOf(office.approve('lars.pfad', id, 'OWNER_IN_PERSON'))).toBe('not_entitled');
    await office.absent('anna.ahorn');
    expect(await office.approve('benno.buche', id, 'OWNER_IN_PERSON')).toMatchObject({ taskState: 'APPROVED' });
  });

  test('the requester does not decide as delegate, nor does a delegate of the requester', async () => {
    const product = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
    await delegated('lars.pfad', 'zoe.plan');
    const id = await submitted('zoe.plan', await office.aForm(product.id, 'stadtplanungsamt'));
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    await office.approve('mia.bruecke', id, 'STEWARD');
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    expect(await codeOf(office.approve('zoe.plan', id, 'OWNER'))).toBe('self_approval');
  });

  /** An A3 that waits for the owner alone. */
  const upToOwner = async () => {
    const id = await anA3();
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    await office.approve('yara.zahl', id, 'STAT');
    await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
    return id;
  };
  /** Whatever else the act does happens after the step was decided and before the commit. */
  const during = async (statement: string, work: () => Promise<void>) => {
    await office.rows(
      `CREATE FUNCTION approvals.meanwhile() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${statement}; RETURN NULL; END $$`,
    );
    await office.rows(
      `CREATE TRIGGER meanwhile AFTER UPDATE ON approvals.task FOR EACH ROW WHEN (NEW.state = 'APPROVED') EXECUTE FUNCTION approvals.meanwhile()`,
    );
    await work().finally(() =>
      office.rows('DROP TRIGGER meanwhile ON approvals.task; DROP FUNCTION approvals.meanwhile()'),
    );
  };

  test('a delegation that runs out between decision and commit decides nothing', async () => {
    const id = await upToOwner();
    await delegated('ida.stein', 'lars.pfad', { validTo: new Date(Date.now() + 3_000).toISOString() });
    await during('PERFORM pg_sleep(3.2)', async () => {
      expect(await codeOf(office.approve('lars.pfad', id, 'OWNER'))).toBe('right_ended');
    });
    expect(await office.task(id, 'OWNER')).toMatchObject({ state: 'OPEN', decided_by_person_id: null });
    expect((await office.events({ requestId: id, step: 'OWNER' })).map(({ type }) => type)).not.toContain(
      'approval.given.v1',
    );
  });

  test.each([
    [
      'a delegation revoked',
      `UPDATE organisation.delegation SET revoked_at = clock_timestamp(), revoked_by = delegated_by WHERE revoked_at IS NULL`,
    ],
    [
      'an appointment ended',
      `UPDATE organisation.appointment SET state = 'ENDED', valid_to = clock_timestamp() WHERE id = NEW.appointment_id`,
    ],
  ])('%s between decision and commit decides nothing', async (_, statement) => {
    const id = await upToOwner();
    await delegated('ida.stein', 'lars.pfad');
    await during(statement, async () => {
      expect(await codeOf(office.approve('lars.pfad', id, 'OWNER'))).toBe('right_ended');
    });
    expect(await office.task(id, 'OWNER')).toMatchObject({ state: 'OPEN', decided_by_person_id: null });
  });

  test('a delegation that runs out while its holder waits for another decider decides nothing', async () => {
    const id = await upToOwner();
    await delegated('ida.stein', 'lars.pfad', { validTo: new Date(Date.now() + 1_500).toISOString() });
    const lars = await office.as('lars.pfad');
    const { id: taskId } = await office.task(id, 'OWNER');
    const revision = await office.revision(id);
    let approved!: Promise<string>;
    await office.system(async (tx) => {
      await tx.sql('SELECT FROM requests.access_request WHERE id = $1 FOR UPDATE', [id]);
      approved = codeOf(office.approvals.approve(lars, taskId, { revision }));
      await tx.sql('SELECT pg_sleep(2)');
    });
    expect(await approved).toBe('not_entitled');
  });
});

describe('what the Steuerungskreis takes notice of', () => {
  test('K2: an approval against a negative opinion, with its reasons, and nobody else reads it', async () => {
    const id = await anA3();
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    await office.approve('yara.zahl', id, 'STAT');
    await office.advise('uma.schild', id, 'DSB', 'NEGATIVE');
    expect(await codeOf(office.approve('ida.stein', id, 'OWNER'))).toBe('reasons_required');
    const reads = office.app.get(NoticeReads);
    expect((await reads.notices(await office.as('tilda.trend'))).map(({ requestId }) => requestId)).not.toContain(id);
    await office.approve('ida.stein', id, 'OWNER', {
      reasons: 'Die Tabelle ist im Statistischen Jahrbuch schon veröffentlicht.',
    });
    for (const key of ['tilda.trend', 'bodo.bahn', 'quirin.stern']) {
      expect(await reads.notices(await office.as(key))).toContainEqual(
        expect.objectContaining({
          kind: 'OPINION_OVERRIDDEN',
          requestId: id,
          advisers: ['Datenschutzbeauftragte/r'],
          reasons: 'Die Tabelle ist im Statistischen Jahrbuch schon veröffentlicht.',
        }),
      );
    }
    expect(await codeOf(Promise.resolve().then(async () => reads.notices(await office.as('ida.stein'))))).toBe(
      'notices_not_yours',
    );
  });

  test('a task nobody decided long after its deadline, and only until somebody does', async () => {
    const id = await anA3();
    const { id: taskId } = await office.task(id, 'REQ_HEAD');
    await overdue(taskId, '10 days');
    await office.app.get(Deadlines).run();
    const escalated = async () =>
      (await office.app.get(NoticeReads).notices(await office.as('ines.impuls')))
        .filter((one) => one.kind === 'ESCALATED')
        .map((one) => one.taskId);
    expect(await escalated()).toContain(taskId);
    await office.approve('falk.quelle', id, 'REQ_HEAD');
    expect(await escalated()).not.toContain(taskId);
  });
});
