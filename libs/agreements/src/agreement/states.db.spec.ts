import { requestStates } from '#lib/requests';
import { taskStates } from '#lib/approvals';
import fc from 'fast-check';
import { codeOf, Office } from '../../../../test/support/office';
import { agreementStates } from './agreement.states';
import { AgreementReview } from '../review/agreement-review.service';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

const BY: Record<string, string> = {
  REQ_HEAD: 'ron.rinne',
  STEWARD: 'mia.bruecke',
  ISB: 'vera.riegel',
  OWNER: 'lars.pfad',
  GS: 'quirin.stern',
};
const MOVES = {
  request: requestStates.transitions.map((move) => move.join()),
  task: taskStates.transitions.map((move) => move.join()),
  agreement: agreementStates.transitions.map((move) => move.join()),
};

/** What people can try at any time, in any order. Gives the problem code, or `none`. */
type Command = (requestId: string) => Promise<string>;
const openTask = async (requestId: string) =>
  (
    await office.rows<{ id: string; step: string; kind: string }>(
      `SELECT id, step, kind FROM approvals.task WHERE request_id = $1 AND state = 'OPEN' ORDER BY id LIMIT 1`,
      [requestId],
    )
  )[0];
const COMMANDS: Record<string, Command> = {
  settle: () => office.settle().then(() => 'none'),
  act: async (id) => {
    const task = await openTask(id);
    if (!task) return 'none';
    return codeOf(
      task.kind === 'CONSULT'
        ? office.advise(BY[task.step]!, id, task.step, 'POSITIVE')
        : office.approve(BY[task.step]!, id, task.step),
    );
  },
  actOutOfTurn: async (id) =>
    (await office.task(id, 'GS')) ? codeOf(office.approve('quirin.stern', id, 'GS')) : 'none',
  refuse: async (id) => {
    const task = await openTask(id);
    if (!task) return 'none';
    return codeOf(
      office.approvals.refuse(await office.as(BY[task.step]!), task.id, {
        revision: await office.revision(id),
        reasonCode: 'SONSTIGES',
        text: 'Nein, weil.',
      }),
    );
  },
  ask: async (id) => {
    const task = await openTask(id);
    return task
      ? codeOf(
          office.approvals.askBack(await office.as(BY[task.step]!), task.id, {
            revision: await office.revision(id),
            text: 'Warum?',
          }),
        )
      : 'none';
  },
  answer: async (id) =>
    codeOf(
      office.requests.answer(await office.as('zoe.plan'), id, { revision: await office.revision(id), text: 'Darum.' }),
    ),
  change: async (id) => {
    const zoe = await office.as('zoe.plan');
    const { form, revision } = await office.views.view(zoe, id);
    const fields = form.fields.length > 1 ? ['art'] : ['art', 'hoehe'];
    return codeOf(office.requests.answer(zoe, id, { revision, text: 'Geändert.', form: { ...form, fields } }));
  },
  withdraw: async (id) =>
    codeOf(office.requests.withdraw(await office.as('zoe.plan'), id, { revision: await office.revision(id) })),
  confirm: (id) =>
    onAgreement(id, async (agreement) =>
      office.agreements.confirm(await office.as('zoe.plan'), agreement.id, { revision: agreement.revision }),
    ),
  revoke: (id) =>
    onAgreement(id, async (agreement) => office.agreements.revoke(await office.as('lars.pfad'), agreement.id, 'Ende.')),
  terminate: (id) =>
    onAgreement(id, async (agreement) => office.agreements.terminate(await office.as('zoe.plan'), agreement.id)),
  // the product is on offer again at once; the agreement rests until it is looked at once more
  suspend: (id) =>
    onAgreement(id, async (agreement) => {
      await moveProduct(id, 'DRAFT');
      await review(agreement.id);
      for (const state of ['IN_REVIEW', 'VISIBLE', 'REQUESTABLE']) await moveProduct(id, state);
    }),
  resume: (id) => onAgreement(id, (agreement) => review(agreement.id)),
};
const review = (id: string) =>
  office.system((tx) =>
    office.app.get(AgreementReview).review(tx, { agreementIds: [id], cause: 'test', causeEventId: null }),
  );
const moveProduct = (requestId: string, state: string) =>
  office.rows(
    `UPDATE catalogue.product SET state = $2, revision = revision + 1 WHERE id = (SELECT product_id FROM requests.access_request WHERE id = $1)`,
    [requestId, state],
  );
async function onAgreement(
  requestId: string,
  work: (agreement: { id: string; revision: number }) => Promise<unknown>,
): Promise<string> {
  const [agreement] = await office.rows<{ id: string; revision: number }>(
    'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
    [requestId],
  );
  return agreement ? codeOf(work(agreement)) : 'none';
}

/** Plays the events of one object again: every step is in the table, counts one up, and the end is the row. */
async function replay(kind: keyof typeof MOVES, table: string, key: string, id: string): Promise<string[]> {
  const events = (await office.events({ [key]: id })).filter(
    ({ type, facts }) => type.startsWith(kind === 'task' ? 'approval.' : `${kind}.`) && 'to' in facts,
  );
  const path: string[] = [];
  for (const [i, { facts }] of events.entries()) {
    expect(facts.revision).toBe(i + 1);
    expect(facts.from).toBe(path.at(-1) ?? null);
    if (facts.from !== null) expect(MOVES[kind]).toContain(`${String(facts.from)},${String(facts.to)}`);
    path.push(String(facts.to));
  }
  const [row] = await office.rows<{ state: string; revision: number }>(
    `SELECT state, revision FROM ${table} WHERE id = $1`,
    [id],
  );
  expect(row).toEqual({ state: path.at(-1), revision: events.length });
  return path;
}

const likely = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('settle', 'act') },
  { weight: 4, arbitrary: fc.constantFrom(...Object.keys(COMMANDS)) },
);

test('whatever people do in whatever order, the events tell the state, and no state is reached past the table', async () => {
  const product = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
  const ends = new Set<string>();
  const passed = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(likely, { minLength: 4, maxLength: 22 }), async (names) => {
      const { id } = await office.requests.submit(
        await office.as('zoe.plan'),
        await office.aForm(product.id, 'stadtplanungsamt'),
      );
      for (const name of names) await COMMANDS[name]!(id);
      await office.settle();

      const path = await replay('request', 'requests.access_request', 'requestId', id);
      expect(path.slice(0, -1).filter((state) => requestStates.isFinal(state as never))).toEqual([]);
      const state = path.at(-1)!;
      ends.add(state);
      const tasks = await office.rows<{
        id: string;
        step: string;
        round: number;
        state: string;
        decided_by_person_id: string | null;
      }>('SELECT * FROM approvals.task WHERE request_id = $1 ORDER BY round, stage', [id]);
      for (const task of tasks) await replay('task', 'approvals.task', 'taskId', task.id);
      for (const { id: agreementId } of await office.rows<{ id: string }>(
        'SELECT id FROM agreements.agreement WHERE request_id = $1',
        [id],
      )) {
        const states = await replay('agreement', 'agreements.agreement', 'agreementId', agreementId);
        for (const one of states) passed.add(one);
        ends.add(states.at(-1)!);
        expect(state).toBe('APPROVED');
      }
      if (state === 'APPROVED') {
        const last = tasks.filter(({ round }) => round === Math.max(...tasks.map((task) => task.round)));
        expect(last.map(({ step, state: how }) => `${step} ${how}`)).toEqual([
          'REQ_HEAD APPROVED',
          'STEWARD APPROVED',
          'ISB ADVISED',
          'OWNER APPROVED',
          'GS APPROVED',
        ]);
        const people = last.map((task) => task.decided_by_person_id);
        expect(new Set(people).size).toBe(people.length);
        expect(people).not.toContain(await office.person('zoe.plan'));
      }
    }),
    {
      numRuns: 14,
      seed: 20_261_121,
      examples: [
        [
          [
            'settle',
            'act',
            'act',
            'act',
            'act',
            'act',
            'settle',
            'confirm',
            'suspend',
            'resume',
            'revoke',
            'terminate',
          ],
        ],
        [['settle', 'act', 'ask', 'change', 'settle', 'act', 'act', 'act', 'act', 'act', 'settle', 'terminate']],
      ],
    },
  );
  expect([...ends]).toEqual(expect.arrayContaining(['APPROVED', 'REVOKED', 'TERMINATED']));
  expect([...passed]).toContain('SUSPENDED');
}, 120_000);
