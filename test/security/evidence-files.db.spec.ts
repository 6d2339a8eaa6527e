// One file: everything a document that is shown as evidence can go wrong with, on one running city with one scanner.
import { readdirSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Schedules, UnitOfWork } from '#lib/kernel';
import { aRunningCity, type RunningCity } from '../support/city.fixture';
import { A_PDF, described, evidenceOf } from '../support/evidence';
import { UNKNOWN } from './bodies';

/** The string every scanner takes for malware although it does nothing, put together so that no scanner finds it here. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(40)]);
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/** A clamd of our own on loopback: answers as told, or as a scanner would. */
class Scanner {
  answer: ((bytes: Buffer) => string | null) | null = null;
  seen: Buffer[] = [];
  private constructor(
    private readonly server: Server,
    readonly at: string,
    private readonly sockets: Set<Socket>,
  ) {}

  static async open(): Promise<Scanner> {
    const sockets = new Set<Socket>();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const scanner = new Scanner(server, `127.0.0.1:${(server.address() as { port: number }).port}`, sockets);
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
      let all = Buffer.alloc(0);
      socket.on('data', (part) => {
        all = Buffer.concat([all, part]);
        const bytes = streamed(all);
        if (!bytes) return;
        scanner.seen.push(bytes);
        const says = scanner.answer
          ? scanner.answer(bytes)
          : bytes.includes('EICAR')
            ? 'stream: Eicar-Signature FOUND'
            : 'stream: OK';
        if (says === null) socket.destroy();
        else socket.end(`${says}\0`);
      });
    });
    return scanner;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The bytes of a complete INSTREAM, or null while it goes on. */
function streamed(all: Buffer): Buffer | null {
  let at = 'zINSTREAM\0'.length;
  if (all.length < at || all.subarray(0, at).toString('latin1') !== 'zINSTREAM\0') return null;
  const parts: Buffer[] = [];
  while (all.length >= at + 4) {
    const length = all.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    if (all.length < at + 4 + length) return null;
    parts.push(all.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

let scanner: Scanner;
let city: RunningCity;
let unit: string;
beforeAll(async () => {
  scanner = await Scanner.open();
  city = await aRunningCity({ MALWARE_SCANNER: scanner.at });
  unit = await city.unit('gruenflaechenamt');
}, 90_000);
afterAll(async () => {
  await city?.close();
  await scanner?.close();
});

const kept = (): string[] => {
  try {
    return readdirSync(join(city.db.config.objectStoreDir, 'evidence'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
};
const send = async (name: string, content: string | Buffer, more: object = {}) =>
  (await city.as('emil.fach')).document('/v1/evidence', { ...described(unit, 'DSFA'), ...more }, { name, content });
const open = async (who: string, id: string) => (await city.as(who)).file(`/v1/evidence/${id}/file`);

describe('what is taken', () => {
  it.each<[string, string | Buffer, string]>([
    ['plan.pdf', A_PDF, 'application/pdf'],
    ['bild.png', PNG, 'image/png'],
    ['foto.jpeg', JPEG, 'image/jpeg'],
    ['notiz.txt', 'Größe: 12 m²\r\nTab\there', 'text/plain; charset=utf-8'],
    // what it is called counts for nothing
    ['harmlos.txt', A_PDF, 'application/pdf'],
    ['<script>.html', '<!doctype html><script>alert(1)</script>', 'text/plain; charset=utf-8'],
  ])('%s, by its content, and comes back byte for byte as something to save', async (name, content, type) => {
    const { status, body } = await send(name, content);
    expect(status).toBe(201);
    const { headers, bytes } = await open('emil.fach', String(body.id));
    expect(bytes.equals(Buffer.from(content))).toBe(true);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each<[string, string | Buffer, number, string]>([
    ['nothing', '', 422, 'evidence_type'],
    ['a program', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 422, 'evidence_type'],
    ['an archive', Buffer.from('504b0304140000000800', 'hex'), 422, 'evidence_type'],
    [
      'an archive behind a PDF head',
      Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.from('504b0304', 'hex')]),
      422,
      'evidence_type',
    ],
    [
      'a PDF behind something else',
      Buffer.concat([Buffer.from('GIF89a'), A_PDF, Buffer.from([0, 1])]),
      422,
      'evidence_type',
    ],
    ['half a picture', PNG.subarray(0, 12), 422, 'evidence_type'],
    ['text with zero bytes', 'a\0b', 422, 'evidence_type'],
    ['text in no encoding', Buffer.from('c3283132', 'hex'), 422, 'evidence_type'],
    [
      'a PDF behind a password',
      Buffer.from(A_PDF.toString().replace('/Root', '/Encrypt 9 0 R/Root')),
      422,
      'evidence_encrypted',
    ],
    ['more than 20 MB', Buffer.alloc(20 * 1024 * 1024 + 1, 0x61), 413, 'evidence_too_large'],
    ['malware', `${EICAR}`, 422, 'evidence_infected'],
    [
      'malware in a document',
      Buffer.concat([A_PDF.subarray(0, 60), Buffer.from(EICAR), A_PDF.subarray(60)]),
      422,
      'evidence_infected',
    ],
  ])('but not %s: nothing is kept', async (_, content, status, code) => {
    const [before, files] = [await city.everything(), kept()];
    const answer = await send('datei.pdf', content);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect([await city.everything(), kept()]).toEqual([before, files]);
  });

  it.each<[string, ((bytes: Buffer) => string | null) | null]>([
    ['hangs up', () => null],
    ['answers in riddles', () => 'stream: MAYBE'],
    ['has reached its limit', () => 'INSTREAM size limit exceeded. ERROR'],
    ['answers without end', () => 'x'.repeat(10_000)],
  ])('nor anything while the scanner %s', async (_, answer) => {
    scanner.answer = answer;
    try {
      const [before, files] = [await city.everything(), kept()];
      const sent = await send('plan.pdf', A_PDF);
      expect([sent.status, sent.body.code]).toEqual([503, 'scanner_unavailable']);
      expect([await city.everything(), kept()]).toEqual([before, files]);
    } finally {
      scanner.answer = null;
    }
  });

  it('the scanner has seen all of it', async () => {
    const content = Buffer.from('Zeile\n'.repeat(50_000));
    await send('lang.txt', content);
    expect(scanner.seen.at(-1)?.equals(content)).toBe(true);
  });

  it.each<[string, object, string, string]>([
    ['of a kind nobody knows', { kind: 'GLAUBE_MIR' }, '/kind', 'evidence_unknown'],
    ['of a kind a register keeps', { kind: 'PRUEFAUFTRAG' }, '/kind', 'evidence_registered'],
    ['as a permit without its end', { kind: 'GENEHMIGUNG_LANDESBEHOERDE' }, '/validUntil', 'evidence_end_missing'],
    ['that ends before it begins', { validFrom: '2030-01-02', validUntil: '2030-01-01' }, '/validUntil', 'custom'],
    ['without a file number', { reference: ' ' }, '/reference', 'too_small'],
    ['with a member nobody asked for', { lapsedAt: null }, '/lapsedAt', 'unknown_field'],
  ])('no document %s', async (_, more, pointer, code) => {
    const before = await city.everything();
    const { status, body } = await send('plan.pdf', A_PDF, more);
    expect([status, (body as { errors?: object[] }).errors]).toEqual([
      422,
      [expect.objectContaining({ pointer, code })],
    ]);
    expect(await city.everything()).toEqual(before);
  });
});

it.each([
  ['../../etc/passwd', 'passwd.pdf'],
  ['..\\..\\boot.ini', 'boot.ini.pdf'],
  ['a\0b.pdf', 'ab.pdf'],
  ['\u202Efdp.exe', 'fdp.exe.pdf'],
  ['ra\u200Bp\u00ADport.pdf', 'rapport.pdf'],
  // a browser writes these signs so; file-type.spec.ts has them as a hostile one would send them
  ['x\r\nSet-Cookie: y=1.pdf', 'x%0D%0ASet-Cookie: y=1.pdf'],
  ['"; filename=böse.html', '%22; filename=böse.html.pdf'],
  ['.pdf', 'ohne Namen.pdf'],
  ['', 'ohne Namen.pdf'],
  ['ä'.repeat(5000), `${'ä'.repeat(120)}.pdf`],
])('a file called %j is called %j, lies under a name of ours, and can not end the header', async (name, shown) => {
  const { status, body } = await send(name || ' ', A_PDF);
  expect(status).toBe(201);
  const id = String(body.id);
  const { items } = (
    await (await city.as('emil.fach')).get<{ items: { id: string; fileName: string }[] }>('/v1/evidence')
  ).body;
  expect(items.find((one) => one.id === id)?.fileName).toBe(shown);
  const disposition = (await open('emil.fach', id)).headers.get('content-disposition')!;
  expect(disposition).not.toMatch(/[\r\n\u202e\u200b]/);
  expect(disposition).toMatch(/^attachment; filename="?[^"]*"?(?:; filename\*=UTF-8''[\w%.!#$&+^`|~'()*-]+)?$/);
  expect(kept().every((file) => /^sha256-[0-9a-f]{64}$/.test(file))).toBe(true);
});

describe('whose it is', () => {
  const form = (more: object) =>
    city.form('gebaeudedatenkataster', 'gruenflaechenamt', more as Record<string, unknown>);

  it('belongs to the unit: another one can neither open it nor name it, and hears nothing of it', async () => {
    const [id] = await evidenceOf(await city.as('emil.fach'), unit, ['DSFA']);
    const zoe = await city.as('zoe.plan');
    for (const path of [`/v1/evidence/${id}/file`, `/v1/evidence/${UNKNOWN}/file`]) {
      const { status, body } = await zoe.get(path);
      expect([status, body.code]).toEqual([404, 'evidence_not_found']);
    }
    const foreign = await city.form('gebaeudedatenkataster', 'stadtplanungsamt');
    for (const named of [id, UNKNOWN]) {
      const faults: unknown[] = [];
      for (const way of ['/v1/requests', '/v1/requests/check']) {
        const { status, body } = await zoe.post(way, { ...foreign, evidenceFiles: [named] });
        faults.push([status, (body as { errors?: object[] }).errors]);
      }
      expect(faults).toEqual(
        Array.from({ length: 2 }, () => [
          422,
          [expect.objectContaining({ pointer: '/evidenceFiles/0', code: 'evidence_not_found' })],
        ]),
      );
    }
  });

  it('is attached by the submit, once and for all, and the same unit may show it again', async () => {
    const emil = await city.as('emil.fach');
    const [id] = await evidenceOf(emil, unit, ['DSFA']);
    const first = await emil.must<{ id: string }>('POST', '/v1/requests', await form({ evidenceFiles: [id] }));
    await emil.must('POST', '/v1/requests', await form({ evidenceFiles: [id], project: 'Ein anderes Vorhaben' }));
    expect(await city.rows('SELECT FROM requests.request_evidence WHERE evidence_id = $1', [id])).toHaveLength(2);
    const rows = async () => [
      await city.rows('SELECT * FROM requests.evidence WHERE id = $1', [id]),
      await city.rows('SELECT * FROM requests.request_evidence WHERE evidence_id = $1', [id]),
    ];
    const before = await rows();
    for (const sql of [
      `UPDATE requests.evidence SET valid_until = '2099-01-01' WHERE id = $1`,
      `UPDATE requests.evidence SET lapsed_at = now() WHERE id = $1`,
      'DELETE FROM requests.evidence WHERE id = $1',
      'DELETE FROM requests.request_evidence WHERE evidence_id = $1',
    ])
      await city.rows(sql, [id]).catch(() => undefined);
    expect(await rows()).toEqual(before);
    expect(first.id).toBeTruthy();
  });

  it('the database attaches no document of another unit either, and none that has lapsed', async () => {
    const [id] = await evidenceOf(await city.as('nils.halle'), await city.unit('gebaeudedienste'), ['DSFA']);
    const request = await (
      await city.as('emil.fach')
    ).must<{ id: string }>('POST', '/v1/requests', await form({ project: 'Noch eines' }));
    const attach = () =>
      city.rows(
        `INSERT INTO requests.request_evidence SELECT id, $2, consumer_unit_id, provider_unit_id, now() FROM requests.access_request WHERE id = $1`,
        [request.id, id],
      );
    await expect(attach()).rejects.toThrow('no evidence of the unit that asks');
  });

  it('nobody uploads for a unit they do not ask for', async () => {
    const before = await city.everything();
    const { status, body } = await (
      await city.as('emil.fach')
    ).document('/v1/evidence', described(await city.unit('gebaeudedienste'), 'DSFA'), {
      name: 'a.pdf',
      content: A_PDF,
    });
    expect([status, body.code]).toEqual([403, 'requester_role_missing']);
    expect(await city.everything()).toEqual(before);
  });
});

describe('a bare word', () => {
  it('counts for nothing: a tick without a file is not taken, and a code nobody knows is named', async () => {
    const emil = await city.as('emil.fach');
    const ask = async (way: string, more: object) => {
      const { status, body } = await emil.post(
        way,
        await city.form('gebaeudedatenkataster', 'gruenflaechenamt', more as never),
      );
      return [status, (body as { errors?: object[] }).errors];
    };
    expect(
      await ask('/v1/requests', { evidence: ['GARANTIEN_DRITTLAND'], declarations: { thirdCountry: true } }),
    ).toEqual([422, [expect.objectContaining({ pointer: '/evidence/0', code: 'evidence_file_missing' })]]);
    for (const way of ['/v1/requests', '/v1/requests/check'])
      expect(await ask(way, { evidence: ['GLAUBE_MIR'] })).toEqual([
        422,
        [
          expect.objectContaining({
            pointer: '/evidence/0',
            code: 'evidence_unknown',
            detail: expect.stringContaining('„GLAUBE_MIR“') as string,
          }),
        ],
      ]);
  });
});

it('a document nobody attached lapses after 30 days, row by row, and its bytes go when nobody else has them', async () => {
  const emil = await city.as('emil.fach');
  const content = `Nur hier: ${Date.now()}`;
  const upload = async () => String((await send('a.txt', content)).body.id);
  const [old, young] = [await upload(), await upload()];
  const sha = (await city.one<{ sha256: string }>('SELECT sha256 FROM requests.evidence WHERE id = $1', [old])).sha256;
  const age = async (id: string) => {
    await city.rows('ALTER TABLE requests.evidence DISABLE TRIGGER guard_evidence');
    await city.rows(`UPDATE requests.evidence SET uploaded_at = now() - interval '31 days' WHERE id = $1`, [id]);
    await city.rows('ALTER TABLE requests.evidence ENABLE TRIGGER guard_evidence');
  };
  const sweep = () =>
    city.apiApp
      .get(Schedules, { strict: false })
      .named('requests.lapse-evidence')!
      .run(city.apiApp.get(UnitOfWork, { strict: false }));
  await age(old);
  await sweep();
  expect((await emil.file(`/v1/evidence/${old}/file`)).status).toBe(404);
  expect((await emil.file(`/v1/evidence/${young}/file`)).status).toBe(200);
  await age(young);
  await sweep();
  expect(kept()).not.toContain(`sha256-${sha}`);
  const { status } = await emil.post(
    '/v1/requests',
    await city.form('gebaeudedatenkataster', 'gruenflaechenamt', { evidenceFiles: [young] }),
  );
  expect(status).toBe(422);
});

describe('who may read which, over everybody and every role', () => {
  interface Case {
    name: string;
    unit: string;
    requestId: string;
    evidenceId: string;
    taskId: string;
  }
  const made: Case[] = [];
  const caseOf = async (who: string, key: string, step: string): Promise<Case> => {
    const signed = await city.as(who);
    const [evidenceId] = await evidenceOf(signed, await city.unit(key), ['GARANTIEN_DRITTLAND']);
    const form = await city.form('gebaeudedatenkataster', key, {
      legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'],
      project: `Auswertung ${step}`,
      evidenceFiles: [evidenceId],
      declarations: { thirdCountry: true },
    });
    const { id } = await signed.must<{ id: string }>('POST', '/v1/requests', form);
    await city.settle();
    return {
      name: `${key}, ${step}`,
      unit: await city.unit(key),
      requestId: id,
      evidenceId: evidenceId!,
      taskId: (await city.task(id, step)).id,
    };
  };
  beforeAll(async () => {
    // an office whose documents wait at the desk, and a company whose head is asked first
    made.push(
      await caseOf('emil.fach', 'gruenflaechenamt', 'EVIDENCE'),
      await caseOf('nils.halle', 'gebaeudedienste', 'REQ_HEAD'),
    );
  }, 60_000);

  it('the unit that uploaded it, whoever has the task, and the auditor under a mandate: nobody else', async () => {
    const people = await city.rows<{ key: string; roles: string[] }>(
      `SELECT p.key, array_agg(DISTINCT a.role) AS roles FROM organisation.person p JOIN organisation.appointment a ON a.person_id = p.id
        WHERE a.state = 'IN_FORCE' AND p.key IS NOT NULL AND EXISTS (SELECT FROM organisation.account c WHERE c.person_id = p.id) GROUP BY p.key ORDER BY p.key`,
    );
    const held = new Set(people.flatMap(({ roles }) => roles));
    for (const role of [
      'GS_DG',
      'ADMIN',
      'DSB',
      'ISB',
      'LEGAL',
      'STAT',
      'OWNER',
      'STEWARD',
      'REQUESTER',
      'REQ_HEAD',
      'SK_MITGLIED',
      'REVISION',
      'GES_OWNER',
      'LEITUNG_VERWALTUNG',
    ])
      expect([role, held.has(role)]).toEqual([role, true]);
    const asking = async (key: string, unit: string): Promise<boolean> =>
      (
        await city.rows(
          `SELECT FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id
          WHERE p.key = $1 AND a.role IN ('REQUESTER', 'REQ_HEAD') AND a.state = 'IN_FORCE' AND $2 IN (SELECT organisation.unit_scope(a.unit_id))`,
          [key, unit],
        )
      ).length > 0;
    const opened = async (evidenceId: string): Promise<number> =>
      Number(
        (
          await city.one<{ n: string }>(
            `SELECT count(*) AS n FROM kernel.audit_event WHERE type = 'evidence.opened.v1' AND facts->>'evidenceId' = $1`,
            [evidenceId],
          )
        ).n,
      );
    const deviations: string[] = [];
    for (const { key, roles } of people) {
      const who = await city.as(key);
      const inbox = (await who.get<{ items?: { id: string }[] }>('/v1/tasks')).body.items ?? [];
      for (const { name, unit, evidenceId, taskId } of made) {
        const mine = (await asking(key, unit)) || roles.includes('REVISION');
        const ways: [path: string, may: boolean][] = [
          [`/v1/evidence/${evidenceId}/file`, mine],
          [`/v1/tasks/${taskId}/evidence/${evidenceId}/file`, inbox.some(({ id }) => id === taskId)],
          // a task on another case opens nothing of this one
          [`/v1/tasks/${made.find((one) => one.taskId !== taskId)!.taskId}/evidence/${evidenceId}/file`, false],
          [`/v1/evidence/${UNKNOWN}/file`, false],
        ];
        for (const [path, may] of ways) {
          const [before, refused] = [await opened(evidenceId), await city.refused()];
          const { status } = await who.file(path);
          const seen = (await opened(evidenceId)) - before;
          const recorded = (await city.refused()) - refused;
          const fits = may ? status === 200 && seen === 1 : [403, 404].includes(status) && seen === 0 && recorded === 1;
          if (!fits) deviations.push(`${key} (${roles.join(' ')}), ${name}, ${path}: ${status}, ${seen} on record`);
        }
      }
    }
    expect(deviations).toEqual([]);
  }, 240_000);

  it('the auditor without a mandate is a stranger, and one for another office as well', async () => {
    const [{ evidenceId, unit }] = made as [Case];
    const willi = await city.as('willi.pruefer');
    const read = async () => (await willi.file(`/v1/evidence/${evidenceId}/file`)).status;
    await city.rows('ALTER TABLE organisation.audit_mandate DISABLE TRIGGER USER');
    await city.rows('ALTER TABLE organisation.audit_mandate_unit DISABLE TRIGGER USER');
    expect(await read()).toBe(200);
    await city.rows('UPDATE organisation.audit_mandate SET whole_city = false');
    await city.rows('DELETE FROM organisation.audit_mandate_unit');
    const named = async (unitId: string) => {
      await city.rows('DELETE FROM organisation.audit_mandate_unit');
      await city.rows('INSERT INTO organisation.audit_mandate_unit SELECT id, $1 FROM organisation.audit_mandate', [
        unitId,
      ]);
    };
    await named(await city.unit('schulamt'));
    expect(await read()).toBe(404);
    await named(unit);
    expect(await read()).toBe(200);
    await city.rows('UPDATE organisation.audit_mandate SET ended_at = now(), ended_by = registered_by');
    expect([403, 404]).toContain(await read());
  });

  it('a task that was decided lets only its decider look once more', async () => {
    const [{ evidenceId, taskId }] = made as [Case];
    const theo = await city.as('theo.satz');
    const page = await theo.must<{ revision: number; evidence: { kind: string }[] }>('GET', `/v1/tasks/${taskId}`);
    const evidence = page.evidence.map(({ kind }) => ({ kind, reference: 'Akte 1', evidenceId }));
    await theo.must('POST', `/v1/tasks/${taskId}/evidence`, { revision: page.revision, evidence });
    const path = `/v1/tasks/${taskId}/evidence/${evidenceId}/file`;
    expect((await theo.file(path)).status).toBe(200);
    for (const other of ['ida.stein', 'uma.schild', 'emil.fach', 'xenia.konto'])
      expect([403, 404]).toContain((await (await city.as(other)).file(path)).status);
  });
});

describe('a document a provider shows for a product', () => {
  it('is uploaded by its steward, counts for every request, and no longer when it has ended', async () => {
    const { productId } = await city.product('gebaeudedatenkataster');
    const karla = await city.as('karla.mauer');
    const input = { kind: 'ZUSTIMMUNG_BMVG', title: 'Zustimmung', reference: 'Akte 3', issuer: 'BMVg' };
    const upload = async (who: string, more: object = {}) =>
      (await city.as(who)).document(
        `/v1/products/${productId}/evidence`,
        { ...input, ...more },
        { name: 'z.pdf', content: A_PDF },
      );
    expect((await upload('emil.fach')).status).toBe(403);
    // what the applicant answers for, nobody else shows
    expect((await upload('karla.mauer', { kind: 'EINWILLIGUNG' })).status).toBe(422);
    const { status, body } = await upload('karla.mauer');
    expect(status).toBe(201);
    const id = String(body.id);
    const emil = await city.as('emil.fach');
    const seen = async () =>
      (await emil.must<{ items: { id: string }[] }>('GET', `/v1/products/${productId}/evidence`)).items.map(
        (one) => one.id,
      );
    expect(await seen()).toContain(id);
    // what it says everybody reads who sees the product; the file not
    expect((await emil.file(`/v1/evidence/${id}/file`)).status).toBe(404);
    expect((await karla.file(`/v1/evidence/${id}/file`)).status).toBe(200);
    const facts = async () =>
      (
        await emil.must<{ id: string }>(
          'POST',
          '/v1/requests',
          await city.form('gebaeudedatenkataster', 'gruenflaechenamt', { project: `Vorhaben ${Math.random()}` }),
        )
      ).id;
    const evidence = async (requestId: string) =>
      (
        await city.one<{ facts: { evidence: string[] } }>('SELECT facts FROM requests.decision WHERE request_id = $1', [
          requestId,
        ])
      ).facts.evidence;
    expect(await evidence(await facts())).toEqual(['ZUSTIMMUNG_BMVG']);
    expect((await emil.post(`/v1/evidence/${id}/end`)).status).toBe(403);
    expect((await karla.post(`/v1/evidence/${id}/end`)).status).toBe(204);
    expect(await seen()).not.toContain(id);
    expect(await evidence(await facts())).toEqual([]);
  });
});
