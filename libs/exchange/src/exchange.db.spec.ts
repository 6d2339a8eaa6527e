import { type Acting, newId, systemActing, type Tx } from '#lib/kernel';
import { aGate, type Gate } from '../../../test/support/gate.fixture';
import { exchangeStates } from './exchange.states';

/** The second line: what the tables allow, asked as the apps' own role and past all our code. */
let gate: Gate;
let agreementId: string;
let consumer: string;
let provider: string;
beforeAll(async () => {
  gate = await aGate();
  agreementId = await gate.agreement({ fields: ['baum_id'] });
  consumer = await gate.unit('umweltamt');
  provider = await gate.unit('gruenflaechenamt');
}, 60_000);
afterAll(() => gate?.close());

const of = (unit: string): Acting => ({ kind: 'client', id: 'test', unitId: unit, units: [unit], citywide: false });
const as = <T>(by: Acting, sql: string, parameters: unknown[] = []): Promise<T[]> =>
  gate.uow.run(by, (tx: Tx) => tx.sql<T>(sql, parameters));

async function started(): Promise<string> {
  const id = newId();
  const [source] = await gate.rows<Record<string, string>>(
    `SELECT a.request_id, a.product_version_id, d.* FROM agreements.agreement a, LATERAL (SELECT * FROM requests.decision WHERE id = a.decision_id) d WHERE a.id = $1`,
    [agreementId],
  );
  const decision = newId();
  await gate.rows(
    `INSERT INTO requests.decision SELECT $1, request_id, request_revision, form_number, 'DELIVERY', 'DELIVERY', outcome, rules, obligations, chain, because, ruleset_hash, facts, facts_canonical,
       facts_sha256, consumer_unit_id, provider_unit_id, decided_at FROM requests.decision WHERE id = $2`,
    [decision, source!.id],
  );
  await as(
    of(consumer),
    `INSERT INTO exchange.exchange (id, agreement_id, agreement_revision, request_id, product_version_id, consumer_unit_id, provider_unit_id, decision_id, format, state, released_bytes, lease_until, correlation)
     VALUES ($1, $2, 2, $3, $4, $5, $6, $7, 'csv', 'STARTED', 100, now() + interval '1 minute', 'a-correlation')`,
    [id, agreementId, source!.request_id, source!.product_version_id, consumer, provider, decision],
  );
  return id;
}
const SHA = `decode(repeat('ab', 32), 'hex')`;
const END = {
  COMPLETED: `bytes = 10, rows = 1, sha256 = ${SHA}`,
  FAILED: `reason = 'x'`,
  INTERRUPTED: `reason = 'x'`,
  REVOKED: `reason = 'x'`,
} as const;

describe('an exchange in the database', () => {
  it.each(['tsv', 'arrow2'])('keeps the name of a format and no list of them: %s', async (format) => {
    const id = newId();
    const ticket = `INSERT INTO exchange.download_ticket (id, token_hash, agreement_id, consumer_unit_id, person_id, format, expires_at)
      VALUES ($1, sha256(uuid_send($1::uuid)), $2, $3, $4, $5, now() + interval '10 seconds')`;
    const rest = [agreementId, consumer, await gate.person('anna.ahorn')];
    await as(of(consumer), ticket, [id, ...rest, format]);
    await expect(as(of(consumer), ticket, [newId(), ...rest, `${format}; --`])).rejects.toThrow(/format_is_a_name/);
  });

  it('ends once, by the moves of the table and no others', async () => {
    for (const from of exchangeStates.stored) {
      for (const to of exchangeStates.stored) {
        if (to === 'STARTED') continue;
        const id = await started();
        if (from !== 'STARTED')
          await as(
            of(consumer),
            `UPDATE exchange.exchange SET state = '${from}', ended_at = now(), ${END[from]} WHERE id = $1`,
            [id],
          );
        const move = as(
          of(consumer),
          `UPDATE exchange.exchange SET state = '${to}', ended_at = now(), ${END[to]} WHERE id = $1`,
          [id],
        );
        if (exchangeStates.canMove(from, to)) await move;
        else await expect(move).rejects.toThrow(/has ended/);
      }
    }
  });

  it.each([
    [
      'more bytes than were released',
      `state = 'COMPLETED', ended_at = now(), bytes = 101, rows = 1, sha256 = ${SHA}`,
      /served_within_credit/,
    ],
    [
      'complete without its digest',
      `state = 'COMPLETED', ended_at = now(), bytes = 10, rows = 1`,
      /completed_is_exact/,
    ],
    ['an end without a time', `state = 'FAILED', reason = 'x'`, /one_end/],
    ['an end without a reason', `state = 'INTERRUPTED', ended_at = now()`, /stopped_has_reason/],
    ['a credit taken back', `released_bytes = 99`, /can not shrink/],
    ['another agreement', `agreement_id = gen_random_uuid()`, /permission denied/],
    ['another decision', `decision_id = gen_random_uuid()`, /permission denied/],
  ])('%s is refused', async (_, change, says) => {
    const id = await started();
    await expect(as(of(consumer), `UPDATE exchange.exchange SET ${change} WHERE id = $1`, [id])).rejects.toThrow(says);
  });

  it('can not be deleted, nor can a ticket, and a ticket can not be used twice or prolonged', async () => {
    await expect(as(systemActing('x'), 'DELETE FROM exchange.exchange')).rejects.toThrow(/permission denied/);
    await expect(as(systemActing('x'), 'DELETE FROM exchange.download_ticket')).rejects.toThrow(/permission denied/);
    await gate.ticket(agreementId);
    await expect(
      as(systemActing('x'), `UPDATE exchange.download_ticket SET expires_at = now() + interval '1 day'`),
    ).rejects.toThrow(/permission denied/);
    await as(systemActing('x'), 'UPDATE exchange.download_ticket SET used_at = now()');
    await expect(as(systemActing('x'), 'UPDATE exchange.download_ticket SET used_at = now()')).rejects.toThrow(
      /was used/,
    );
  });

  it('one decision opens one exchange', async () => {
    const id = await started();
    await expect(
      as(
        of(consumer),
        `INSERT INTO exchange.exchange SELECT gen_random_uuid(), agreement_id, agreement_revision, request_id, product_version_id, consumer_unit_id, provider_unit_id, decision_id, ticket_id,
         format, 'STARTED', NULL, 0, NULL, NULL, NULL, now(), now(), NULL, correlation FROM exchange.exchange WHERE id = $1`,
        [id],
      ),
    ).rejects.toThrow(/decision_id/);
  });
});

describe('rows of the exchange, without any filter of ours', () => {
  const count = async (by: Acting, table: string): Promise<number> =>
    Number((await as<{ n: string }>(by, `SELECT count(*) AS n FROM exchange.${table}`))[0]!.n);

  it('are seen by both sides, by city-wide offices, and by nobody else', async () => {
    await started();
    for (const unit of [consumer, provider]) expect(await count(of(unit), 'exchange')).toBeGreaterThan(0);
    expect(await count({ ...of(await gate.unit('revisionsamt')), citywide: true }, 'exchange')).toBeGreaterThan(0);
    expect(await count(of(await gate.unit('stadtplanungsamt')), 'exchange')).toBe(0);
    expect(await count({ ...of(consumer), units: [] }, 'exchange')).toBe(0);
  });

  it('tickets are seen by the receiving side only', async () => {
    await gate.ticket(agreementId);
    expect(await count(of(consumer), 'download_ticket')).toBeGreaterThan(0);
    expect(await count(of(provider), 'download_ticket')).toBe(0);
  });

  it('can not be written for another unit', async () => {
    await expect(
      as(
        of(provider),
        `INSERT INTO exchange.download_ticket (id, token_hash, agreement_id, consumer_unit_id, person_id, format, expires_at) VALUES (gen_random_uuid(), ${SHA}, $1, $2, $3, 'csv', now() + interval '10 seconds')`,
        [agreementId, consumer, await gate.person('anna.ahorn')],
      ),
    ).rejects.toThrow(/row-level security/);
  });
});
