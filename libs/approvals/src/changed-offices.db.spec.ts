import { codeOf, Office } from '../../../test/support/office';
import { Reorganisation } from '../../../test/support/reorganisation';

let office: Office;
let change: Reorganisation;
beforeAll(async () => {
  office = await Office.open();
  change = new Reorganisation(office);
}, 120_000);
afterAll(() => office.close());

/** A company asks an office for pseudonymised data for research (A5), and only the Steuerungskreis is left. */
async function upToVote(unit: string, steward: string, owner: string): Promise<string> {
  const product = await office.aProduct({ unit, openness: 'RESTRICTED', personalRef: 'PSEUDONYMISED' });
  const form = {
    purposeCode: 'STADTFORSCHUNG',
    legalBasis: ['HDSIG_22_2', 'DSGVO_6_1_E'],
    evidenceFiles: await office.evidence('nils.halle', 'gebaeudedienste', ['ZWECKVERPFLICHTUNG', 'FORSCHUNGSKONZEPT']),
  };
  const { id } = await office.requests.submit(
    await office.as('nils.halle'),
    await office.aForm(product.id, 'gebaeudedienste', form),
  );
  await office.settle();
  await office.approve('olga.dach', id, 'REQ_HEAD');
  await office.approve(steward, id, 'STEWARD');
  await office.advise('uma.schild', id, 'DSB', 'CONDITIONAL');
  await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
  await office.contract('gebaeudedienste', unit);
  const { id: legal } = await office.task(id, 'LEGAL');
  await office.approvals.confirmContract(await office.as('theo.satz'), legal, { revision: await office.revision(id) });
  await office.confirmEvidence('theo.satz', id);
  await office.approve(owner, id, 'OWNER');
  return id;
}
/** A seat in the Steuerungskreis, as the setup would give it. */
const seat = async (key: string, unitId: string) =>
  office.rows(
    `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
     VALUES (gen_random_uuid(), $1, 'SK_MITGLIED', $2, 'CITY', now(), 'IN_FORCE', 'SETUP')`,
    [await office.person(key), unitId],
  );
/** Past the service, as the owner of the tables could. */
const voteByHand = async (key: string, requestId: string) =>
  office.rows(
    `INSERT INTO approvals.vote
     SELECT t.id, t.request_id, t.round, organisation.office_of(a.unit_id), t.consumer_unit_id, t.provider_unit_id, t.requester_person_id, t.role, a.person_id, NULL, a.id, 'FOR', NULL, now()
       FROM approvals.task t, organisation.appointment a
      WHERE t.request_id = $1 AND t.step = 'SK' AND t.state = 'OPEN' AND a.person_id = $2 AND a.role = 'SK_MITGLIED' AND a.state = 'IN_FORCE' AND a.deputy_of IS NULL`,
    [requestId, await office.person(key)],
  );
const absorb = async (unit: string, into: string, basis: string) => {
  const { changeId } = await change.prepare({
    kind: 'MERGE',
    basis,
    unitIds: [await office.unit(unit)],
    into: { unitId: await office.unit(into) },
  });
  await change.confirm(changeId);
};

test('an office that voted and became part of another has voted: nobody of the new one votes again', async () => {
  const id = await upToVote('tiefbau-vermessungsamt', 'mia.bruecke', 'lars.pfad');
  await office.vote('tilda.trend', id);
  await absorb('statistikamt', 'schulamt', 'OV 2026/40');
  await seat('ansgar.achse', await office.unit('schulamt'));
  expect(await codeOf(office.vote('ansgar.achse', id, 'AGAINST'))).toBe('vote_given');
  await expect(voteByHand('ansgar.achse', id)).rejects.toMatchObject({ constraint: 'vote_one_per_office' });
  await office.settle();
  // the parties are who they were: what was done stands, and the vote counts
  expect(await office.vote('ines.impuls', id)).toMatchObject({ taskState: 'APPROVED' });
});

test('the vote of an office that became a party counts no more: the chain begins again, and it has no vote in it', async () => {
  const id = await upToVote('hochbauamt', 'karla.mauer', 'ida.stein');
  await office.vote('selma.sensor', id);
  await absorb('smart-city', 'hochbauamt', 'OV 2026/41');
  await seat('selma.sensor', await office.unit('hochbauamt'));
  expect(await codeOf(office.vote('selma.sensor', id))).toBe('vote_own_office');
  // before anything has run, her vote counts no more: one more is no majority
  expect(await office.vote('ines.impuls', id)).toMatchObject({ taskState: 'OPEN' });
  await office.settle();
  const rounds = await office.rows<{ step: string; round: number; state: string }>(
    `SELECT step, round, state FROM approvals.task WHERE request_id = $1 AND step IN ('REQ_HEAD', 'SK') ORDER BY round, stage`,
    [id],
  );
  expect(rounds).toEqual([
    { step: 'REQ_HEAD', round: 1, state: 'APPROVED' },
    { step: 'SK', round: 1, state: 'CLOSED' },
    { step: 'REQ_HEAD', round: 2, state: 'OPEN' },
    { step: 'SK', round: 2, state: 'WAITING' },
  ]);
});

test('two offices that voted and became one have one voice, in the database too', async () => {
  const id = await upToVote('hochbauamt', 'karla.mauer', 'ida.stein');
  const { id: taskId } = await office.task(id, 'SK');
  for (const key of ['ines.impuls', 'ansgar.achse']) await voteByHand(key, id);
  const [voice] = await office.rows<{ appointmentId: string }>(
    'SELECT appointment_id AS "appointmentId" FROM approvals.vote WHERE task_id = $1 LIMIT 1',
    [taskId],
  );
  const approve = () =>
    office.rows(
      `UPDATE approvals.task SET state = 'APPROVED', revision = revision + 1, decided_at = now(), appointment_id = $2,
         decided_by_person_id = (SELECT person_id FROM organisation.appointment WHERE id = $2) WHERE id = $1`,
      [taskId, voice!.appointmentId],
    );
  await absorb('schulamt', 'iod', 'OV 2026/42');
  await expect(approve()).rejects.toMatchObject({ constraint: 'task_quorum' });
});
