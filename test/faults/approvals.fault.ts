import type { Client } from 'pg';
import { City, eventually } from '../journeys/city';
import { build, Stack } from './stack.fixture';
import { type Asked, Callers } from './caller';
import { count, expectSoundLog, settled } from './sound-log.assert';
import { today as day } from '../support/day';

// Four people work while the process that serves them is killed at moments nobody chose.

const KILLS = Number(process.env.DATENRAUM_KILLS ?? 3);
const REQUESTS = 12;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Listed {
  items: { id: string; requestId: string; state: string; revision: number }[];
}

describe('when the process is killed while people submit, approve and confirm', () => {
  let stack: Stack;
  let callers: Callers;
  let database: Client;
  const starts: number[] = [];

  beforeAll(async () => {
    build();
    stack = await Stack.start();
    callers = new Callers(stack);
    const city = new City(stack);
    const [stadt, company] = [await city.unit('stadt'), await city.unit('gebaeudedienste')];
    const validFrom = new Date(Date.now() - 60_000).toISOString();
    const contract = {
      unitA: stadt,
      unitB: company,
      kind: 'DUV',
      reference: 'DUV-MUSTER',
      subject: { kind: 'PARTIES' },
      validFrom,
      validTo: `${day(200)}T00:00:00Z`,
    };
    const registered = await callers.change('theo.satz', '/v1/contracts', contract);
    expect(registered).toMatchObject({ status: 201 });
    const { items } = await callers.get<{ items: { id: string; key: string }[] }>(
      'nils.halle',
      '/v1/products?text=Geb%C3%A4udedatenkataster&limit=50',
    );
    const productId = items.find(({ key }) => key === 'gebaeudedatenkataster')!.id;
    const { version } = await callers.get<{ version: { fields: { name: string }[] } }>(
      'nils.halle',
      `/v1/products/${productId}`,
    );

    let done = false;
    const form = (n: number) => ({
      productId,
      consumerUnitId: company,
      project: `Antrag ${n}`,
      purposeCode: 'GEBAEUDEMANAGEMENT',
      purposeText: 'Planung der Bewirtschaftung der kommunalen Gebäude.',
      legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'],
      from: day(0),
      until: day(90),
      fields: version.fields.map(({ name }) => name),
      form: 'ROWLEVEL',
      recipients: ['Objektbetreuung'],
      retentionDays: 90,
      declarations: { usesAi: false },
    });
    const submits = async () => {
      for (let n = 0; n < REQUESTS; n++) {
        const { status, answer } = await callers.change('nils.halle', '/v1/requests', form(n));
        if (status !== 201) throw new Error(`request ${n}: ${status} ${JSON.stringify(answer)}`);
        await pause(150);
      }
    };
    const approves = async (who: string) => {
      while (!done) {
        const tasks = await callers.get<Listed>(who, '/v1/tasks');
        for (const { id } of tasks.items) {
          const { revision } = await callers.get<{ revision: number }>(who, `/v1/tasks/${id}`);
          await callers.change(who, `/v1/tasks/${id}/approval`, { revision });
        }
        await pause(200);
      }
    };
    const confirms = async () => {
      while (!done) {
        const { items: agreements } = await callers.get<Listed>('nils.halle', '/v1/agreements?side=ALL');
        for (const { id, revision, state } of agreements) {
          if (state !== 'OFFERED') continue;
          const { asks } = await callers.get<{ asks: { code: string }[] }>('nils.halle', `/v1/agreements/${id}`);
          const answers = Object.fromEntries(asks.map(({ code }) => [code, 'Steht im Vertrag.']));
          await callers.change('pia.flur', `/v1/agreements/${id}/confirmation`, { revision, answers });
        }
        await pause(200);
      }
    };
    const people = [submits(), ...['olga.dach', 'theo.satz', 'ida.stein'].map(approves), confirms()];
    const broken = Promise.all(people);
    broken.catch(() => undefined);

    for (let kill = 0; kill < KILLS; kill++) {
      await pause(400 + Math.random() * 1_500);
      await stack.kill();
      starts.push(await stack.start());
    }
    database = await stack.database();
    const active = `SELECT count(*) FROM agreements.agreement WHERE state = 'ACTIVE'`;
    await Promise.race([
      broken,
      eventually('all agreements', async () => (await count(database, active)) >= REQUESTS, 60),
    ]).finally(() => (done = true));
    await broken;
    await settled(database);
  }, 240_000);
  afterAll(async () => {
    await database?.end();
    await stack?.close();
  });

  const mutating = (what: RegExp): Asked[] =>
    callers.history.filter(({ path, status }) => what.test(path) && status < 300);

  it('everything acknowledged is there, and each request was made once', async () => {
    const submitted = mutating(/^\/v1\/requests$/);
    expect(submitted).toHaveLength(REQUESTS);
    const { rows } = await database.query<{ id: string; state: string }>(
      `SELECT id, state FROM requests.access_request WHERE form->>'project' LIKE 'Antrag %'`,
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(submitted.map(({ answer }) => String(answer.id)).sort());
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['APPROVED']));
    const given = `SELECT count(*) FROM kernel.audit_event WHERE type = 'approval.given.v1' AND facts->>'taskId' = $1`;
    for (const { path } of mutating(/\/approval$/)) expect(await count(database, given, path.split('/')[3])).toBe(1);
  });

  it('what follows by event was driven again: each request has its tasks and exactly one agreement in force', async () => {
    expect(await count(database, 'SELECT count(*) FROM agreements.agreement')).toBe(REQUESTS);
    expect(await count(database, `SELECT count(*) FROM agreements.agreement WHERE state = 'ACTIVE'`)).toBe(REQUESTS);
    expect(await count(database, `SELECT count(*) FROM approvals.task WHERE state <> 'APPROVED'`)).toBe(0);
    expect(
      await count(
        database,
        'SELECT count(*) FROM (SELECT request_id, role FROM approvals.task GROUP BY 1, 2 HAVING count(*) > 1) twice',
      ),
    ).toBe(0);
    expect(await count(database, `SELECT count(*) FROM kernel.audit_event WHERE type = 'agreement.activated.v1'`)).toBe(
      REQUESTS,
    );
  });

  it('every acknowledged change has its event, found by the correlation id of one of its attempts', async () => {
    const acknowledged = callers.history.filter(({ status }) => status < 300);
    const { rows } = await database.query<{ trace: string }>(
      `SELECT DISTINCT convert_from(leaf, 'UTF8')::jsonb->>'trace' AS trace FROM kernel.audit_event`,
    );
    const traces = new Set(rows.map(({ trace }) => trace));
    expect(acknowledged.filter(({ attempts }) => !attempts.some((id) => traces.has(id)))).toEqual([]);
  });

  it('asking again with the same key gives the same answer and no second effect', async () => {
    const events = await count(database, 'SELECT count(*) FROM kernel.audit_event');
    for (const asked of [
      ...mutating(/^\/v1\/requests$/).slice(0, 4),
      ...mutating(/\/(?:approval|confirmation)$/).slice(0, 8),
    ]) {
      const { status, answer } = await callers.again(asked);
      expect([status, answer]).toEqual([asked.status, asked.answer]);
    }
    expect(await count(database, 'SELECT count(*) FROM kernel.audit_event')).toBe(events);
  });

  it('the log has no gap and no second history, and the checker finds it sound', async () => {
    await settled(database);
    const events = await expectSoundLog(stack, database);
    const retried = callers.history.filter(({ attempts }) => attempts.length > 1).length;
    console.log(
      `${KILLS} kills: ${callers.history.length} changes answered, ${retried} of them asked for more than once, ${callers.lost} calls without answer, ${events} events sealed, ready again after ${starts.map((s) => s.toFixed(1)).join(', ')} s`,
    );
  });

  it('a sealer that is killed comes back and seals what waited', async () => {
    const sealer = stack.sealerPid();
    process.kill(sealer!, 'SIGKILL');
    await callers.change('theo.satz', '/v1/requests/check', {});
    await eventually('a new sealer', async () => stack.sealerPid() !== undefined && stack.sealerPid() !== sealer, 20);
    await settled(database);
  }, 60_000);
});
