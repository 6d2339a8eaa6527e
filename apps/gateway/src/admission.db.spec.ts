// One file because it is one list: every way in which a delivery is not let in, and the few in which it is.
import { randomBytes } from 'node:crypto';
import { aGate, type Gate } from '../../../test/support/gate.fixture';
import { aReceiver, until } from '../../../test/support/receiver.fixture';

let gate: Gate;
beforeAll(async () => void (gate = await aGate()), 60_000);
afterAll(() => gate?.close());

interface Answer {
  status: number;
  code: string | null;
  because?: string[];
  body: string;
}

const path = (id: string, ticket?: string, format = 'csv'): string =>
  `/v1/agreements/${id}/data?format=${format}${ticket ? `&ticket=${ticket}` : ''}`;
const ask = async (id: string, who: string | null, ticket?: string, format = 'csv'): Promise<Answer> => {
  const response = await gate.call(path(id, ticket, format), who);
  const body = await response.text();
  const problem = response.headers.get('content-type')?.startsWith('application/problem+json')
    ? (JSON.parse(body) as { code: string; because?: string[] })
    : null;
  return { status: response.status, code: problem?.code ?? null, because: problem?.because, body };
};
const refused = async (id: string): Promise<Record<string, unknown>[]> =>
  (await gate.record(id)).events.filter(({ type }) => type === 'exchange.refused.v1').map(({ facts }) => facts);
const exchanges = async (id: string): Promise<number> =>
  Number(
    (await gate.one<{ n: string }>('SELECT count(*) AS n FROM exchange.exchange WHERE agreement_id = $1', [id])).n,
  );

describe('when an agreement is in force', () => {
  it('deliveries begin before its end and never at or after it, in the time of the database', async () => {
    // on a busy machine a short agreement is over before anything begins, and says nothing of its end: a longer one then
    for (let milliseconds = 1_200, started = 0; started === 0; milliseconds *= 2) {
      const id = await gate.agreement({
        fields: ['baum_id'],
        // whole milliseconds, as everything it is compared with
        validUntil: `date_trunc('milliseconds', now()) + interval '${milliseconds} milliseconds'`,
      });
      const { until: end } = await gate.one<{ until: Date }>(
        'SELECT valid_until AS until FROM agreements.agreement WHERE id = $1',
        [id],
      );
      while ((await gate.one<{ now: Date }>('SELECT clock_timestamp() AS now')).now.getTime() < end.getTime() + 300) {
        // one that runs while the time is over is cut, and the client library says so
        await Promise.allSettled([ask(id, 'eva.bach'), ask(id, 'eva.bach')]);
      }
      expect(await ask(id, 'eva.bach')).toMatchObject({ status: 403, code: 'agreement_not_active' });
      const times = await gate.one<{ started: string; late: string; refused: string; early: string }>(
        `SELECT count(*) AS started, count(*) FILTER (WHERE started_at >= $2) AS late,
                (SELECT count(*) FROM kernel.audit_event WHERE type = 'exchange.refused.v1' AND facts->>'agreementId' = $3) AS refused,
                (SELECT count(*) FROM kernel.audit_event WHERE type = 'exchange.refused.v1' AND facts->>'agreementId' = $3 AND created_at < $2) AS early
           FROM exchange.exchange WHERE agreement_id = $1`,
        [id, end, id],
      );
      expect(times).toMatchObject({ late: '0', early: '0' });
      expect(Number(times.refused)).toBeGreaterThan(0);
      started = Number(times.started);
      if (started === 0) expect(milliseconds).toBeLessThan(9_000);
    }
  });

  it('not before its first moment', async () => {
    const id = await gate.agreement({ validFrom: `now() + interval '1 hour'` });
    expect(await ask(id, 'eva.bach')).toMatchObject({ status: 403, code: 'agreement_not_active' });
    expect(await exchanges(id)).toBe(0);
  });

  it('a revoked one opens nothing, and the attempt is on record', async () => {
    const id = await gate.agreement();
    await gate.revoke(id);
    expect(await ask(id, 'eva.bach')).toMatchObject({ status: 403, code: 'agreement_not_active' });
    expect(await refused(id)).toEqual([{ agreementId: id, code: 'agreement_not_active' }]);
    expect(await exchanges(id)).toBe(0);
  });
});

describe('an agreement at rest', () => {
  it('opens nothing, and the receiver reads the same reasons as at the agreement', async () => {
    const id = await gate.agreement();
    await gate.one(
      `UPDATE agreements.agreement SET state = 'SUSPENDED', revision = revision + 1, suspended_at = now(), suspended_because = $2 WHERE id = $1 RETURNING id`,
      [id, JSON.stringify([{ code: 'R-X-01', text: 'Das neue Regelwerk lässt es nicht mehr zu.', source: null }])],
    );
    expect(await ask(id, 'eva.bach')).toMatchObject({
      status: 403,
      code: 'agreement_not_active',
      because: ['Die Vereinbarung ruht.', 'Das neue Regelwerk lässt es nicht mehr zu.'],
    });
    expect(await exchanges(id)).toBe(0);
  });
});

describe('who may receive', () => {
  it('nobody without a token, and nobody of another unit learns that the agreement exists', async () => {
    const id = await gate.agreement();
    expect(await ask(id, null)).toMatchObject({ status: 401 });
    expect(await ask(id, 'nils.halle')).toMatchObject({ status: 404, code: 'agreement_unknown' });
    expect(await ask(id, 'zoe.plan')).toMatchObject({ status: 404, code: 'agreement_unknown' });
    expect(await exchanges(id)).toBe(0);
  });

  it('not the providing side, and not a colleague without the role', async () => {
    const id = await gate.agreement();
    for (const who of ['emil.fach', 'anna.ahorn', 'gero.wolke']) expect((await ask(id, who)).status).toBe(403);
    // emil.fach may receive for his own office, which provides here: the gate itself says no, and says so in the log
    expect(await refused(id)).toEqual([expect.objectContaining({ code: 'receiving_not_permitted' })]);
    expect(await exchanges(id)).toBe(0);
  });

  it('not one whose appointment ended a moment ago, whatever the token says', async () => {
    const id = await gate.agreement({ fields: ['baum_id'] });
    const bearer = await gate.bearer('eva.bach');
    const headers = { authorization: `Bearer ${bearer}` };
    expect((await fetch(`${gate.url}${path(id)}`, { headers })).status).toBe(200);
    const person = await gate.person('eva.bach');
    await gate.rows(`UPDATE organisation.person SET disabled_at = now() WHERE id = $1`, [person]);
    expect((await fetch(`${gate.url}${path(id)}`, { headers })).status).toBe(403);
    await gate.rows(`UPDATE organisation.person SET disabled_at = NULL WHERE id = $1`, [person]);
  });

  it('not who keeps the keys of the pseudonyms, nor a programme such a person answers for (SOD-7)', async () => {
    const plain = await gate.agreement({ fields: ['baum_id'] });
    const pseudonymised = await gate.agreement({
      fields: ['baum_id'],
      masks: { baum_id: { kind: 'pseudonym' } },
    });
    const given: string[] = [];
    const give = async (person: string, role: string, unit: string) => {
      const { id } = await gate.one<{ id: string }>(
        `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
         SELECT gen_random_uuid(), p.id, $2, u.id, 'UNIT', now(), 'IN_FORCE', 'SETUP' FROM organisation.person p, organisation.unit u WHERE p.key = $1 AND u.key = $3 RETURNING id`,
        [person, role, unit],
      );
      given.push(id);
    };
    await give('zoe.plan', 'REQUESTER', 'umweltamt');
    for (const keeper of ['zoe.plan', 'falk.quelle']) await give(keeper, 'TECH_STEWARD', 'gruenflaechenamt');
    for (const who of ['zoe.plan', 'umweltamt-fachverfahren']) {
      expect([who, (await ask(plain, who)).status]).toEqual([who, 200]);
      expect([who, await ask(pseudonymised, who)]).toEqual([
        who,
        expect.objectContaining({ status: 403, code: 'custodian_receives_not' }),
      ]);
    }
    expect(await refused(pseudonymised)).toEqual([
      expect.objectContaining({ code: 'custodian_receives_not' }),
      expect.objectContaining({ code: 'custodian_receives_not' }),
    ]);
    expect(await exchanges(pseudonymised)).toBe(0);
    expect((await ask(pseudonymised, 'eva.bach')).status).toBe(200);
    await gate.rows(
      `UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE state = 'IN_FORCE' AND id = ANY ($1)`,
      [given],
    );
  });

  it('exchanges are seen by their two sides only', async () => {
    const id = await gate.agreement({ fields: ['baum_id'] });
    await ask(id, 'eva.bach');
    const { exchange } = await gate.record(id);
    const seen = async (who: string) => (await gate.call(`/v1/exchanges/${exchange!.id}`, who)).status;
    expect(await seen('eva.bach')).toBe(200);
    expect(await seen('anna.ahorn')).toBe(200);
    expect(await seen('nils.halle')).toBe(404);
    expect((await gate.call('/v1/exchanges/nonsense', 'eva.bach')).status).toBe(404);
  });
});

describe('the decision at delivery', () => {
  it('an expired contract stops the delivery although the agreement stands (K3)', async () => {
    const version = await gate.version(
      'Gebäude',
      (
        await gate.one<{ k: string }>('SELECT object_key AS k FROM catalogue.product_version WHERE id = $1', [
          gate.treeVersion.versionId,
        ])
      ).k,
      4000,
      { baum_id: 'INTEGER' },
      {},
      { unit: 'hochbauamt' },
    );
    const id = await gate.agreement({
      version,
      consumer: 'gebaeudedienste',
      obligations: [{ id: 'O-CONTRACT', params: { status: 'EXPIRED' }, enforcement: 'CHECKED' }],
    });
    const answer = await ask(id, 'nils.halle');
    expect(answer).toMatchObject({ status: 403, code: 'delivery_refused' });
    expect(answer.because?.length).toBeGreaterThan(0);
    const [event] = await refused(id);
    expect(event).toMatchObject({
      agreementId: id,
      code: 'delivery_refused',
      decisionId: expect.any(String) as string,
    });
    expect(await exchanges(id)).toBe(0);
  });

  it('a product that was taken back for revision delivers nothing to the agreements it has', async () => {
    const { key } = await gate.one<{ key: string }>(
      `SELECT object_key AS key FROM catalogue.product_version WHERE id = $1`,
      [gate.treeVersion.versionId],
    );
    const version = await gate.version('Wird überarbeitet', key, 4000, { baum_id: 'INTEGER' });
    const id = await gate.agreement({ version });
    expect((await ask(id, 'eva.bach')).status).toBe(200);
    await gate.rows(`UPDATE catalogue.product SET state = 'DRAFT', revision = revision + 1 WHERE id = $1`, [
      version.productId,
    ]);
    const answer = await ask(id, 'eva.bach');
    expect(answer).toMatchObject({ status: 403, code: 'delivery_refused' });
    expect(answer.because?.length).toBeGreaterThan(0);
    expect(await exchanges(id)).toBe(1);
  });

  it('an obligation the gate can not keep delivers nothing', async () => {
    const id = await gate.agreement({
      obligations: [{ id: 'O-SDC', params: { profile: 'AUSTAUSCH' }, enforcement: 'ENFORCED' }],
    });
    const answer = await ask(id, 'eva.bach');
    expect(answer).toMatchObject({
      status: 403,
      code: 'delivery_refused',
      because: [expect.stringContaining('O-SDC')],
    });
    expect(await exchanges(id)).toBe(0);
  });

  it('a mask that does not fit its column delivers nothing, instead of failing half-way', async () => {
    const id = await gate.agreement({ masks: { art: { kind: 'year' } } });
    expect(await ask(id, 'eva.bach')).toMatchObject({ status: 403, code: 'delivery_refused' });
    expect(await exchanges(id)).toBe(0);
  });

  it('each exchange rests on one decision of its own, taken for it', async () => {
    const id = await gate.agreement({ fields: ['baum_id'] });
    await ask(id, 'eva.bach');
    await ask(id, 'eva.bach');
    const decisions = await gate.rows<{ phase: string; outcome: string }>(
      `SELECT d.phase, d.outcome FROM exchange.exchange e JOIN requests.decision d ON d.id = e.decision_id WHERE e.agreement_id = $1 AND d.decided_at <= e.started_at`,
      [id],
    );
    expect(decisions).toHaveLength(2);
    for (const { phase, outcome } of decisions)
      expect([phase, ['PERMIT', 'PERMIT_OBL'].includes(outcome)]).toEqual(['DELIVERY', true]);
  });
});

describe('a ticket', () => {
  it('opens one delivery, and its second use is gone', async () => {
    const id = await gate.agreement({ fields: ['baum_id'] });
    const { token } = await gate.ticket(id);
    expect((await ask(id, null, token)).status).toBe(200);
    expect(await ask(id, null, token)).toMatchObject({ status: 410, code: 'ticket_used' });
    expect(await exchanges(id)).toBe(1);
  });

  it('used twice at the same moment opens one delivery', async () => {
    const id = await gate.agreement({ fields: ['baum_id'] });
    const { token } = await gate.ticket(id);
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(id, null, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410]);
    expect(await exchanges(id)).toBe(1);
  });

  it('opens nothing but the agreement and the format it was made for', async () => {
    const [id, other] = [await gate.agreement({ fields: ['baum_id'] }), await gate.agreement({ fields: ['baum_id'] })];
    const { token } = await gate.ticket(id);
    expect(await ask(other, null, token)).toMatchObject({ status: 403, code: 'ticket_mismatch' });
    expect(await ask(id, null, token, 'json')).toMatchObject({ status: 403, code: 'ticket_mismatch' });
    expect((await ask(id, null, token)).status).toBe(200);
  });

  it('opens nothing after its 60 seconds', async () => {
    const id = await gate.agreement();
    const { token, expiresAt } = await gate.ticket(id);
    expect(new Date(expiresAt).getTime() - Date.now()).toBeLessThanOrEqual(61_000);
    await gate.rows('ALTER TABLE exchange.download_ticket DISABLE TRIGGER use_once');
    await gate.rows(
      `UPDATE exchange.download_ticket SET created_at = now() - interval '60 seconds', expires_at = now() WHERE agreement_id = $1`,
      [id],
    );
    await gate.rows('ALTER TABLE exchange.download_ticket ENABLE TRIGGER use_once');
    expect(await ask(id, null, token)).toMatchObject({ status: 410, code: 'ticket_expired' });
    expect(await exchanges(id)).toBe(0);
  });

  it('that nobody made opens nothing, and a ticket beside a token is no request', async () => {
    const id = await gate.agreement();
    for (const token of [randomBytes(32).toString('base64url'), 'x', "' OR 1=1 --", 'a'.repeat(199)]) {
      expect(await ask(id, null, encodeURIComponent(token))).toMatchObject({ status: 403, code: 'ticket_unknown' });
    }
    const { token } = await gate.ticket(id);
    expect(await ask(id, 'eva.bach', token)).toMatchObject({ status: 400 });
    expect(await exchanges(id)).toBe(0);
  });

  it('is stored as a hash only, and stands in no event', async () => {
    const id = await gate.agreement();
    const { token } = await gate.ticket(id);
    const text =
      JSON.stringify(
        await gate.rows(
          "SELECT t.*, encode(token_hash, 'escape') FROM exchange.download_ticket t WHERE agreement_id = $1",
          [id],
        ),
      ) + JSON.stringify(await gate.record(id));
    expect(text).not.toContain(token);
    expect((await gate.record(id)).events.map(({ type }) => type)).toEqual(['exchange.ticket_issued.v1']);
  });

  it('does not outlive the right it was made with', async () => {
    const id = await gate.agreement();
    const { token } = await gate.ticket(id);
    await gate.revoke(id);
    expect(await ask(id, null, token)).toMatchObject({ status: 403, code: 'agreement_not_active' });
    await expect(gate.ticket(id)).rejects.toMatchObject({ code: 'agreement_not_active' });
    await expect(gate.ticket(await gate.agreement(), 'csv', 'nils.halle')).rejects.toMatchObject({
      code: 'agreement_unknown',
    });
  });
});

describe('without a log', () => {
  it('nothing is served, not one byte, and nothing is left behind', async () => {
    const id = await gate.agreement();
    const { token } = await gate.ticket(id);
    await gate.rows('REVOKE INSERT ON kernel.audit_event FROM datenraum_app');
    const [machine, browser] = [await ask(id, 'eva.bach'), await ask(id, null, token)];
    await gate.rows('GRANT INSERT ON kernel.audit_event TO datenraum_app');
    expect([machine, browser]).toEqual([
      expect.objectContaining({ status: 503, code: 'audit_unavailable' }),
      expect.objectContaining({ status: 503, code: 'audit_unavailable' }),
    ]);
    expect(machine.body).not.toContain('baum_id,');
    expect(await exchanges(id)).toBe(0);
    // the ticket was not used up by it
    expect((await ask(id, null, token)).status).toBe(200);
  });
});

describe('too many at once', () => {
  it('the next stream of an agreement waits outside, others go on, and a place becomes free', async () => {
    const version = await gate.largeVersion(300_000);
    const [id, other] = [await gate.agreement({ version }), await gate.agreement({ fields: ['baum_id'] })];
    const open = await Promise.all(
      [1, 2, 3, 4].map(async () => aReceiver(`${gate.url}${path(id)}`, await gate.bearer('eva.bach'))),
    );
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await ask(id, 'eva.bach')).toMatchObject({ status: 429, code: 'too_many_streams' });
    expect((await ask(other, 'eva.bach')).status).toBe(200);
    for (const one of open) one.leave();
    await until(
      async () =>
        (
          await gate.one<{ n: string }>(
            `SELECT count(*) AS n FROM exchange.exchange WHERE agreement_id = $1 AND state = 'INTERRUPTED'`,
            [id],
          )
        ).n === '4',
    );
    const again = await aReceiver(`${gate.url}${path(id)}`, await gate.bearer('eva.bach'));
    expect(again.status).toBe(200);
    again.leave();
  });
});
