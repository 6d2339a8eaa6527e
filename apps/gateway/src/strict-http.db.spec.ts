import { connect } from 'node:net';
import { aGate, type Gate } from '../../../test/support/gate.fixture';

let gate: Gate;
let id: string;
let bearer: string;
beforeAll(async () => {
  gate = await aGate();
  id = await gate.agreement({ fields: ['baum_id'] });
  bearer = await gate.bearer('eva.bach');
}, 60_000);
afterAll(() => gate?.close());

/** Writes bytes to the gate and gives everything that comes back until it closes or falls silent. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(gate.url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setTimeout(15_000, () => socket.destroy());
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      socket.setTimeout(2_000); // silence counts only once an answer has begun: a busy machine is not a silent gate
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
const target = (): string => `/v1/agreements/${id}/data?format=csv`;
const head = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
const statuses = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((match) => Number(match[1]));
const exchanges = async (): Promise<number> =>
  Number((await gate.one<{ n: string }>('SELECT count(*) AS n FROM exchange.exchange')).n);
const hidden = (): string => head(`GET ${target()} HTTP/1.1`, 'Host: gate', `Authorization: Bearer ${bearer}`);

describe('what two readers could read differently is no request', () => {
  const bearerLine = (): string => `Authorization: Bearer ${bearer}`;
  it.each<[string, () => string, number]>([
    [
      'length and chunking together',
      () =>
        head(
          `GET ${target()} HTTP/1.1`,
          'Host: gate',
          bearerLine(),
          'Content-Length: 4',
          'Transfer-Encoding: chunked',
        ) +
        '0\r\n\r\n' +
        hidden(),
      400,
    ],
    [
      'chunking on a GET, with a request behind it',
      () =>
        head(`GET ${target()} HTTP/1.1`, 'Host: gate', bearerLine(), 'Transfer-Encoding: chunked') +
        '0\r\n\r\n' +
        hidden(),
      400,
    ],
    [
      'two lengths',
      () =>
        head(`GET ${target()} HTTP/1.1`, 'Host: gate', bearerLine(), 'Content-Length: 0', 'Content-Length: 5') +
        hidden(),
      400,
    ],
    ['a body', () => head(`GET ${target()} HTTP/1.1`, 'Host: gate', bearerLine(), 'Content-Length: 3') + 'abc', 400],
    [
      'a blank before the colon',
      () => head(`GET ${target()} HTTP/1.1`, 'Host: gate', bearerLine(), 'Transfer-Encoding : chunked'),
      400,
    ],
    [
      'an obscured coding',
      () => head(`GET ${target()} HTTP/1.1`, 'Host: gate', bearerLine(), 'Transfer-Encoding: xchunked'),
      400,
    ],
    [
      'two tokens',
      () => head(`GET ${target()} HTTP/1.1`, 'Host: gate', bearerLine(), 'Authorization: Bearer other'),
      400,
    ],
    ['two hosts', () => head(`GET ${target()} HTTP/1.1`, 'Host: gate', 'Host: other', bearerLine()), 400],
    ['no host', () => head(`GET ${target()} HTTP/1.1`, bearerLine()), 400],
    ['TRACE', () => head(`TRACE ${target()} HTTP/1.1`, 'Host: gate', bearerLine()), 405],
    ['HEAD', () => head(`HEAD ${target()} HTTP/1.1`, 'Host: gate', bearerLine()), 405],
    [
      'a method in a field',
      () =>
        head(
          `POST ${target()} HTTP/1.1`,
          'Host: gate',
          bearerLine(),
          'X-HTTP-Method-Override: GET',
          'Content-Length: 0',
        ),
      405,
    ],
    [
      'too long a head',
      () => head(`GET ${target()} HTTP/1.1`, 'Host: gate', bearerLine(), `X: ${'a'.repeat(70_000)}`),
      431,
    ],
    [
      'HTTP/1.0, whose end of body says nothing',
      () => head(`GET ${target()} HTTP/1.0`, 'Host: gate', bearerLine()),
      505,
    ],
  ])('%s', async (_, text, status) => {
    const before = await exchanges();
    const answer = await raw(text());
    expect(statuses(answer)[0]).toBe(status);
    expect(statuses(answer)).not.toContain(200);
    expect(answer).not.toContain('baum_id');
    expect(await exchanges()).toBe(before);
  });
});

it('a request that did not wait for the answer to the one before it is not served', async () => {
  const before = await exchanges();
  expect(statuses(await raw(hidden() + hidden()))).toEqual([200, 400]);
  expect(await exchanges()).toBe(before + 1);
});

describe('parameters and fields of a call', () => {
  it.each<[string, string, Record<string, string>, number, string]>([
    ['an unknown parameter', '&limit=5', {}, 422, 'validation_failed'],
    ['a parameter twice', '&format=json', {}, 400, 'request_malformed'],
    ['a format nobody delivers', '&escaping=excel', {}, 422, 'validation_failed'],
    ['a prototype as parameter', '&__proto__=1', {}, 400, 'request_malformed'],
    ['a part of the data', '', { range: 'bytes=0-99' }, 416, 'range_refused'],
  ])('%s is refused by name', async (_, more, headers, status, code) => {
    const before = await exchanges();
    const response = await gate.call(`${target()}${more}`, 'eva.bach', headers);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
    expect(await exchanges()).toBe(before);
  });

  it('the format follows Accept when the address names none', async () => {
    const path = `/v1/agreements/${id}/data`;
    expect(
      (await gate.call(path, 'eva.bach', { accept: 'application/x-ndjson' })).headers.get('content-type'),
    ).toContain('ndjson');
    const unknown = await gate.call(`${path}?format=xlsx`, 'eva.bach');
    expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([422, 'validation_failed']);
    const none = await gate.call(path, 'eva.bach', { accept: 'image/png' });
    expect([none.status, ((await none.json()) as { code: string }).code]).toEqual([406, 'format_not_acceptable']);
  });

  it('an id that is none is an agreement nobody knows', async () => {
    for (const odd of ['x', '%00', '..%2f..%2fetc', "1'%20OR%201=1", '%E2%80%AE']) {
      const response = await gate.call(`/v1/agreements/${odd}/data?format=csv`, 'eva.bach');
      expect([400, 404]).toContain(response.status);
    }
  });

  it('every call that is refused has its event, with the route and never the ticket', async () => {
    const ticket = 'T'.repeat(43);
    await gate.call(`${target()}&ticket=${ticket}`, null);
    const events = await gate.rows<{ facts: Record<string, unknown> }>(
      `SELECT facts FROM kernel.audit_event WHERE type = 'attempt.refused.v1' AND facts->>'code' = 'ticket_unknown'`,
    );
    expect(events).toHaveLength(1);
    expect(events[0]!.facts).toMatchObject({
      app: 'gateway',
      method: 'GET',
      route: '/v1/agreements/:id/data',
      status: 403,
    });
    const everything = await gate.one<{ n: string }>(
      `SELECT count(*) AS n FROM kernel.audit_event WHERE position($1 IN convert_from(leaf, 'UTF8')) > 0`,
      [ticket],
    );
    expect(everything.n).toBe('0');
  });
});
