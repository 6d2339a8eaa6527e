// One file: the numbered cases of the threat list about time, races and order, on one running city.
import { connect } from 'node:net';
import { closeWithin, systemActing, UnitOfWork } from '#lib/kernel';
import { loadPilotOrganisation } from '#lib/organisation';
import { startApi } from '../../apps/api/src/api';
import type { Answer, Signed } from '../journeys/city';
import { aRunningCity, type RunningCity } from '../support/city.fixture';

interface Receipt {
  id: string;
  state: string;
  revision: number;
}

let city: RunningCity;
const people: Record<string, Signed> = {};

beforeAll(async () => {
  city = await aRunningCity();
  for (const name of ['nils.halle', 'olga.dach', 'ulf.pass', 'emil.fach', 'xenia.konto', 'eva.bach'])
    people[name] = await city.as(name);
}, 60_000);
afterAll(() => city?.close());

const as = (name: string): Signed => people[name]!;

/** A request of the company that waits for the head of the asking side. */
async function inReview(): Promise<{ id: string; task: string; revision: number }> {
  const { id, revision } = await as('nils.halle').must<Receipt>('POST', '/v1/requests', await companyForm());
  await city.settle();
  return { id, revision, task: (await city.task(id, 'REQ_HEAD')).id };
}
const companyForm = (change: Record<string, unknown> = {}) =>
  city.form('gebaeudedatenkataster', 'gebaeudedienste', { legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'], ...change });

/** Sends with an Idempotency-Key of our choice. */
async function send(who: string, path: string, body: unknown, key: string): Promise<Answer> {
  const response = await fetch(`${city.api}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as(who).token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const outcomes = (answers: { status: number; body: { code?: string } }[]): string[] =>
  answers.map(({ status, body }) => (status < 300 ? 'done' : `${status} ${body.code}`)).sort();
const events = (requestId: string, types: string[]) =>
  city.rows<{ type: string; to: string; revision: number }>(
    `SELECT type, facts->>'to' AS to, (facts->>'revision')::int AS revision FROM kernel.audit_event
      WHERE facts->>'requestId' = $1 AND type = ANY($2) ORDER BY created_at, position, event_id`,
    [requestId, types],
  );
const ENDS = ['request.approved.v1', 'request.refused.v1', 'request.withdrawn.v1'];

describe('a token that is still valid', () => {
  const call = (name: string) => as(name).get('/v1/requests');

  it('opens nothing from the moment its person is disabled (45)', async () => {
    const uma = (people['uma.schild'] = await city.as('uma.schild'));
    expect((await uma.get('/v1/requests')).status).toBe(200);
    expect((await as('xenia.konto').post(`/v1/people/${await city.person('uma.schild')}/disabling`)).status).toBe(204);
    const { status, body } = await call('uma.schild');
    expect([status, body.code]).toEqual([403, 'actor_disabled']);
  });

  it('does nothing any more when the role ended between page and button (46)', async () => {
    const { id, revision, task } = await inReview();
    expect((await as('olga.dach').get(`/v1/tasks/${task}`)).status).toBe(200);
    const before = await city.everything();
    const { rows } = await city.db.owner.query(
      `UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE person_id = $1 RETURNING id`,
      [await city.person('olga.dach')],
    );
    expect((await as('olga.dach').post(`/v1/tasks/${task}/approval`, { revision })).status).toBe(403);
    await city.rows(`ALTER TABLE organisation.appointment DISABLE TRIGGER USER`);
    await city.rows(`UPDATE organisation.appointment SET state = 'IN_FORCE', valid_to = NULL WHERE id = ANY($1)`, [
      rows.map(({ id: one }) => one as string),
    ]);
    await city.rows(`ALTER TABLE organisation.appointment ENABLE TRIGGER USER`);
    expect(await city.everything()).toEqual(before);
    expect(await events(id, ENDS)).toEqual([]);
  });

  it('of another account with the same mailbox inherits nothing (53)', async () => {
    // the person was hired anew: the identity provider knows the old user name under a new subject
    await city.rows('UPDATE organisation.account SET sub = $2 WHERE person_id = $1', [
      await city.person('eva.bach'),
      '00000000-0000-4000-8000-00000000ff04',
    ]);
    const { status, body } = await call('eva.bach');
    expect([status, body.code]).toEqual([403, 'actor_unknown']);
    await city.rows('UPDATE organisation.account SET sub = $2 WHERE person_id = $1', [
      await city.person('eva.bach'),
      '00000000-0000-4000-8000-000000000004',
    ]);
    expect((await call('eva.bach')).status).toBe(200);
  });
});

describe('at the same moment', () => {
  it('of two approvers one approves, the other hears that it is decided (58)', async () => {
    await city.rows(
      `INSERT INTO organisation.absence (id, person_id, from_at, to_at, reason, set_by) VALUES (gen_random_uuid(), $1, now() - interval '1 hour', now() + interval '1 hour', 'URLAUB', $1)`,
      [await city.person('olga.dach')],
    );
    for (let round = 0; round < 3; round += 1) {
      const { id, revision, task } = await inReview();
      const answers = await Promise.all(
        ['olga.dach', 'ulf.pass'].map((name) => as(name).post(`/v1/tasks/${task}/approval`, { revision })),
      );
      const [done, refused] = outcomes(answers).reverse();
      expect([done, refused]).toEqual(['done', expect.stringMatching(/^(409|412) /)]);
      expect(await events(id, ['approval.given.v1'])).toHaveLength(1);
    }
    await city.rows('DELETE FROM organisation.absence');
  });

  it('of approve, refuse and withdraw the log has the order of the database, and at most one ends it (59)', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, revision, task } = await inReview();
      const answers = await Promise.all([
        as('olga.dach').post(`/v1/tasks/${task}/approval`, { revision }),
        as('olga.dach').post(`/v1/tasks/${task}/refusal`, {
          revision,
          reasonCode: 'AUFGABE_FEHLT',
          text: 'Der Zweck trägt nicht.',
        }),
        as('nils.halle').post(`/v1/requests/${id}/withdrawal`, { revision }),
      ]);
      expect(
        outcomes(answers)
          .filter((one) => one !== 'done')
          .every((one) => /^(?:409|412) /.test(one)),
      ).toBe(true);
      const ends = await events(id, ENDS);
      const { state } = await city.one<{ state: string }>('SELECT state FROM requests.access_request WHERE id = $1', [
        id,
      ]);
      expect(ends.length).toBeLessThanOrEqual(1);
      expect(state).toBe(
        ends[0] ? { 'request.refused.v1': 'REFUSED', 'request.withdrawn.v1': 'WITHDRAWN' }[ends[0].type] : 'IN_REVIEW',
      );
      const moves = await city.rows<{ revision: string | null }>(
        `SELECT facts->>'revision' AS revision FROM kernel.audit_event WHERE facts->>'requestId' = $1 AND type LIKE 'request.%' AND facts ? 'revision' ORDER BY created_at, position`,
        [id],
      );
      const numbers = moves.map((one) => Number(one.revision));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  });

  it('a double click is one request, with one key; two keys are two requests that somebody meant (60)', async () => {
    const form = await companyForm({ project: 'Doppelklick' });
    const count = async () =>
      Number(
        (
          await city.one<{ n: string }>(
            `SELECT count(*) AS n FROM requests.access_request WHERE form->>'project' = 'Doppelklick'`,
          )
        ).n,
      );
    const same = await Promise.all(
      [1, 2, 3, 4].map(() => send('nils.halle', '/v1/requests', form, 'doppelklick-0001')),
    );
    expect(new Set(same.map(({ body }) => body.id)).size).toBe(1);
    expect([outcomes(same), await count()]).toEqual([['done', 'done', 'done', 'done'], 1]);
    await send('nils.halle', '/v1/requests', form, 'doppelklick-0002');
    expect(await count()).toBe(2);
  });

  it('an agreement confirmed with one key and with another comes alive once (60)', async () => {
    const { id } = await as('emil.fach').must<Receipt>(
      'POST',
      '/v1/requests',
      await city.form('gebaeudedatenkataster', 'gruenflaechenamt'),
    );
    await city.settle();
    const agreement = await city.one<{ id: string; revision: number }>(
      'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
      [id],
    );
    const answers = await Promise.all(
      ['bestaetigt-1', 'bestaetigt-1', 'bestaetigt-2'].map((key) =>
        send('emil.fach', `/v1/agreements/${agreement.id}/confirmation`, { revision: agreement.revision }, key),
      ),
    );
    expect(
      outcomes(answers)
        .filter((one) => one !== 'done')
        .every((one) => /^(?:409|412) /.test(one)),
    ).toBe(true);
    const activated = await city.rows(
      `SELECT 1 FROM kernel.audit_event WHERE type = 'agreement.activated.v1' AND facts->>'agreementId' = $1`,
      [agreement.id],
    );
    expect([activated.length, outcomes(answers).includes('done')]).toEqual([1, true]);
  });
});

describe('a step that does not fit', () => {
  /** Refused with this problem, and nothing is different afterwards. */
  const refused = async (work: () => Promise<Answer>): Promise<[number, string | undefined]> => {
    const before = await city.everything();
    const { status, body } = await work();
    expect(await city.everything()).toEqual(before);
    return [status, body.code];
  };

  it('another body under the same key is 422 (61)', async () => {
    const { task, revision } = await inReview();
    await send(
      'olga.dach',
      `/v1/tasks/${task}/question`,
      { revision, text: 'Wozu die Hausnummer?' },
      'rueckfrage-0001',
    );
    expect(
      await refused(() =>
        send('olga.dach', `/v1/tasks/${task}/question`, { revision, text: 'Etwas anderes?' }, 'rueckfrage-0001'),
      ),
    ).toEqual([422, 'idempotency_key_reused']);
  });

  it('a request that changed since the page was shown is 412 (62)', async () => {
    const { task, revision } = await inReview();
    expect(
      (await refused(() => as('olga.dach').post(`/v1/tasks/${task}/approval`, { revision: revision - 1 })))[0],
    ).toBe(412);
    expect(
      (
        await refused(() =>
          as('olga.dach').post(`/v1/tasks/${task}/refusal`, {
            revision: revision + 1,
            reasonCode: 'AUFGABE_FEHLT',
            text: 'Veraltet.',
          }),
        )
      )[0],
    ).toBe(412);
  });

  it('a request whose time is over is 409 (63)', async () => {
    const { id, task, revision } = await inReview();
    await city.rows('ALTER TABLE requests.access_request DISABLE TRIGGER USER');
    await city.rows(
      `UPDATE requests.access_request SET valid_from = now() - interval '3 days', valid_until = now() - interval '1 day' WHERE id = $1`,
      [id],
    );
    await city.rows('ALTER TABLE requests.access_request ENABLE TRIGGER USER');
    expect((await refused(() => as('olga.dach').post(`/v1/tasks/${task}/approval`, { revision })))[0]).toBe(409);
  });

  it('a state that is skipped is 409: later stages of the chain, an agreement not offered, a draft offered at once (64)', async () => {
    const { id, task, revision } = await inReview();
    const ida = await city.as('ida.stein');
    expect(
      (await refused(async () => ida.post(`/v1/tasks/${(await city.task(id, 'OWNER')).id}/approval`, { revision })))[0],
    ).toBe(409);
    await as('nils.halle').must('POST', `/v1/requests/${id}/withdrawal`, { revision });
    expect(
      (await refused(() => as('olga.dach').post(`/v1/tasks/${task}/approval`, { revision: revision + 1 })))[0],
    ).toBe(409);
    const { productId } = await city.product('gebaeudedatenkataster');
    const { revision: now } = await city.one<{ revision: number }>(
      'SELECT revision FROM catalogue.product WHERE id = $1',
      [productId],
    );
    expect((await refused(() => ida.post(`/v1/products/${productId}/release`, { revision: now })))[0]).toBe(409);
    expect((await refused(() => ida.post(`/v1/products/${productId}/offer`, { revision: now })))[0]).toBe(409);
  });

  it('the requester who is also the deputy of the owner does not approve the own request (54)', async () => {
    const jan = await city.as('jan.ziegel');
    const { id, revision } = await jan.must<Receipt>(
      'POST',
      '/v1/requests',
      await companyForm({ project: 'Eigener Antrag' }),
    );
    await city.settle();
    expect(
      (
        await refused(async () => jan.post(`/v1/tasks/${(await city.task(id, 'REQ_HEAD')).id}/approval`, { revision }))
      )[0],
    ).toBe(403);
  });
});

describe('too much of one caller (95)', () => {
  let url: string;
  let app: Awaited<ReturnType<typeof startApi>>['app'];
  const asks = async (token: string | null, path = '/v1/me'): Promise<Response> =>
    fetch(`${url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  const times = async (count: number, token: string | null, path?: string): Promise<Response[]> =>
    Promise.all(Array.from({ length: count }, () => asks(token, path)));

  beforeAll(async () => {
    ({ app, url } = await startApi({ ...city.db.config, rate: { perActor: 40, perAddress: 30, atOnce: 20 } }));
  });
  afterAll(() => app && closeWithin(app, 500));

  it('a burst of one person ends in 429 with a time to wait; others, and machines, are served', async () => {
    const answers = [
      ...(await times(18, as('nils.halle').token)),
      ...(await times(18, as('nils.halle').token)),
      ...(await times(18, as('nils.halle').token)),
    ];
    const over = answers.filter(({ status }) => status === 429);
    expect(answers.length - over.length).toBeGreaterThanOrEqual(40);
    expect(over.length).toBeGreaterThan(5);
    expect(Number(over.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await over.at(-1)!.json()) as { code: string }).code).toBe('too_many_requests');
    expect((await asks(as('olga.dach').token)).status).toBe(200);
    expect((await asks((await city.city.machine()).token)).status).toBe(200);
  });

  it('a stranger with made-up tokens is stopped before the record is flooded; whoever is signed in goes on from the same address', async () => {
    const before = await city.refused();
    const statuses = (await times(80, 'eyJhbGciOiJub25lIn0.e30.')).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(await city.refused()).toBeLessThanOrEqual(before + 31);
    expect((await asks(null, '/health')).status).toBe(429);
    expect((await asks(as('emil.fach').token)).status).toBe(200);
  });

  it('a sender that never finishes its head or body is cut off, and others do not wait for it', async () => {
    const server = app.getHttpServer() as { headersTimeout: number; requestTimeout: number };
    expect([server.headersTimeout <= 15_000, server.requestTimeout <= 120_000, server.requestTimeout > 0]).toEqual([
      true,
      true,
      true,
    ]);
    Object.assign(server, { headersTimeout: 400, requestTimeout: 800 });
    const slow = (text: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
        let answer = '';
        socket.on('data', (data) => (answer += data.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(answer));
      });
    const heads = Array.from({ length: 40 }, () => slow('GET /health HTTP/1.1\r\nHost: api\r\nX-Slow: '));
    const body = slow(
      `POST /v1/requests HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer ${as('olga.dach').token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    expect((await asks(as('olga.dach').token)).status).toBe(200);
    for (const answer of await Promise.all([...heads, body]))
      expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"request_too_slow"/);
  });
});

it('loading the pilot again changes no right that was taken away', async () => {
  await city.apiApp
    .get(UnitOfWork, { strict: false })
    .run(systemActing('test'), (tx) =>
      loadPilotOrganisation(tx, 'config/pilot/organisation.yaml', city.db.config.oidc.issuer),
    );
  expect((await as('uma.schild').get('/v1/requests')).body.code).toBe('actor_disabled');
});
