import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'policy-'))));
afterAll(() => rmSync(folder, { recursive: true }));

async function policy(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, { out: (text) => out.push(text), err: (text) => err.push(text) }, '');
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
/** A law book like the shipped one, but for one sentence. */
function changed(name: string, where: string, from: string, to: string): string {
  const dir = join(folder, name);
  cpSync('config/governance', dir, { recursive: true });
  const text = readFileSync(join(dir, where), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(dir, where), text.replace(from, to));
  return dir;
}

const PLAIN = `
product: { openness: INTERNAL, personalRef: NONE, secrecy: [], hasOwner: true, review: VALID }
consumer: { kind: OTHER_OFFICE }
purpose: { code: KLIMA_UMWELT, relation: SAME }
form: ROWLEVEL
`;
const VIDEO = `
product: { openness: RESTRICTED, personalRef: PERSONAL, secrecy: [VIDEO_SENSOR], rawSensor: true, hasOwner: true, review: VALID }
consumer: { kind: OTHER_OFFICE }
purpose: { code: VERKEHRSPLANUNG, relation: SAME }
form: ROWLEVEL
legalBasis: [DSGVO_6_1_E]
`;

describe('explain', () => {
  it('gives outcome, obligations with parameters and enforcement, rules and reasons', async () => {
    const { code, out } = await policy('explain', file('plain.yaml', PLAIN), '--json');
    expect(code).toBe(0);
    const [one] = JSON.parse(out);
    expect(one).toMatchObject({
      outcome: 'PERMIT_OBL',
      rules: expect.arrayContaining(['M:INTERNAL-NONE:OTHER_OFFICE']),
      chain: null,
    });
    expect(one.obligations).toContainEqual(
      expect.objectContaining({
        id: 'O-LOG',
        params: { months: 12 },
        enforcement: 'ENFORCED',
        enforcementName: 'technisch durchgesetzt',
      }),
    );
    expect(one.because[0]).toMatchObject({
      text: expect.any(String),
      source: expect.any(String),
      mark: expect.stringMatching(/^[VKUD]$/),
    });
  });

  it('takes many sets, as YAML documents, a JSON list or a line of JSON each, named or not', async () => {
    const plain = {
      product: { openness: 'OPEN', personalRef: 'NONE', secrecy: [], hasOwner: true, review: 'VALID' },
      consumer: { kind: 'PUBLIC' },
      purpose: { code: 'OPEN_DATA', relation: 'SAME' },
      form: 'ROWLEVEL',
    };
    const yaml = await policy('explain', file('many.yaml', `${PLAIN}---\n${VIDEO}`), '--json');
    expect(JSON.parse(yaml.out).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['PERMIT_OBL', 'FORBID']);
    const list = await policy(
      'explain',
      file('list.json', JSON.stringify([plain, { name: 'B', facts: plain }])),
      '--json',
    );
    expect(JSON.parse(list.out).map(({ name }: { name: string }) => name)).toEqual(['Anfrage 1', 'B']);
    const lines = await policy(
      'explain',
      file('lines.ndjson', `${JSON.stringify(plain)}\n${JSON.stringify(plain)}\n`),
      '--json',
    );
    expect(JSON.parse(lines.out)).toHaveLength(2);
  });

  it('refuses what the law allows and the program can not carry out yet, and lint names what that is', async () => {
    const table = file('table.yaml', PLAIN.replace('ROWLEVEL', 'TABLE_AGG'));
    const [one] = JSON.parse((await policy('explain', table, '--json')).out);
    expect(one).toMatchObject({ outcome: 'FORBID', rules: ['FORM'], obligations: [] });
    expect(one.because[0].code).toBe('not_enforceable_yet');
    const { code, out } = await policy('lint');
    expect([code, out]).toEqual([0, expect.stringContaining('O-SDC (disclosure.tables)')]);
    expect(out).toContain('zusammengefasste Tabelle (TABLE_AGG)');
  });

  it('prints the chain in order', async () => {
    const asked = PLAIN.replace('OTHER_OFFICE', 'OTHER_PUBLIC');
    const { out } = await policy('explain', file('chain.yaml', asked));
    expect(out).toMatch(/A1[\s\S]*1\. Fachliche Freigabe[\s\S]*Entscheidung der datenverantwortlichen Stelle/);
  });

  it('says what was assumed, and assumes nothing when told to be strict', async () => {
    const plain = file('plain.yaml', PLAIN);
    expect((await policy('explain', plain)).out).toContain('product.rawSensor = false');
    const strict = await policy('explain', plain, '--strict');
    expect(strict).toMatchObject({ code: 2, out: '' });
    expect(strict.err).toContain('`product.rawSensor`: fehlt');
  });

  it('warns first of what was left out and would make the answer stricter, with the value and the answer', async () => {
    const plain = file('plain.yaml', PLAIN);
    const { out } = await policy('explain', plain);
    expect(out).toMatch(/PERMIT_OBL – .*\n {2}ACHTUNG: Diese Angaben fehlen/);
    expect(out).toContain('product.rawSensor: angenommen false; mit true FORBID – nicht zulässig');
    expect(out).toContain('product.entrusted: angenommen null; mit true FORBID');
    const [{ doubts }] = JSON.parse((await policy('explain', plain, '--json')).out);
    expect(doubts).toContainEqual({ fact: 'product.themes', taken: [], other: ['FAHRGAESTE'], outcome: 'FORBID' });
    // what would not make it stricter is no doubt
    expect(doubts.map(({ fact }: { fact: string }) => fact)).not.toContain('product.coveredBySatzung');
    const said = file('said.yaml', PLAIN.replace('review: VALID', 'review: VALID, rawSensor: false'));
    expect((await policy('explain', said)).out).not.toContain('product.rawSensor: angenommen');
  });

  it.each(['secrecy: [], ', 'hasOwner: true, ', ', review: VALID'])(
    'decides nothing when %s is left out, and names it',
    async (part) => {
      const { code, out, err } = await policy('explain', file('less.yaml', PLAIN.replace(part, '')));
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(`\`product.${/\w+/.exec(part)![0]}\`: fehlt`);
    },
  );

  it.each([
    ['an unknown fact', PLAIN.replace('form:', 'gibtsnicht: 1\nform:'), 'gibtsnicht'],
    ['an unknown value', PLAIN.replace('INTERNAL', 'GEHEIM'), 'product.openness'],
    ['a missing classification', PLAIN.replace('openness: INTERNAL, ', ''), 'product.openness'],
    ['no YAML', 'a: [}', 'weder YAML noch JSON'],
    ['an empty file', '', 'steht keine Anfrage'],
    ['a word', 'hallo', 'Anfrage 1'],
    ['a YAML bomb', `a: &a [x]\nb: &b [${'*a,'.repeat(60)}]\nc: [${'*b,'.repeat(60)}]`, 'zu oft'],
  ])('refuses %s with a sentence and decides nothing', async (_, text, said) => {
    const { code, out, err } = await policy('explain', file('bad.yaml', text));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
  });

  it('decides none when one of many is faulty', async () => {
    const { code, out, err } = await policy('explain', file('half.yaml', `${PLAIN}---\nform: QUATSCH\n`));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Anfrage 2');
  });
});

describe('lint', () => {
  it('finds the shipped law book sound', async () => {
    const { code, out } = await policy('lint', '--json');
    expect(JSON.parse(out)).toMatchObject({ ok: true, faults: [] });
    expect(code).toBe(0);
  });

  it('names every fault of a broken one', async () => {
    const dir = changed('broken', 'rules/general.yaml', 'product.hasOwner:', 'product.hasOwnr:');
    const { code, err } = await policy('lint', dir);
    expect(code).toBe(1);
    expect(err).toContain('rules/general.yaml R-GEN-01: die Angabe `product.hasOwnr` gibt es nicht');
  });

  it('names the case that no longer holds', async () => {
    const { code, out } = await policy(
      'lint',
      changed('wrong', 'approvals.yaml', 'steps: [REQ_HEAD, OWNER]', 'steps: [OWNER]'),
      '--json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(out).faults.join('\n')).toMatch(/cases\/.*steps: erwartet/);
  });
});

describe('impact', () => {
  it('tells which exchanges would differ and which way', async () => {
    const stricter = changed('stricter', 'matrix.yaml', 'O: [O-PURPOSE,', 'O: [O-ENCRYPT, O-PURPOSE,');
    const facts = file('both.yaml', `${PLAIN}---\n${VIDEO}`);
    const { code, out } = await policy('impact', 'config/governance', stricter, '--facts', facts, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      tried: 2,
      stricter: 1,
      looser: 0,
      other: 0,
      same: 1,
      changed: [{ name: 'Anfrage 1', direction: 'STRICTER', aspects: ['OBLIGATIONS'] }],
    });
    const back = JSON.parse((await policy('impact', stricter, 'config/governance', '--facts', facts, '--json')).out);
    expect(back.changed[0].direction).toBe('LOOSER');
  });

  it('takes the cases when nothing else is given', async () => {
    const { code, out } = await policy('impact', 'config/governance', 'config/governance');
    expect(code).toBe(0);
    expect(out).toMatch(/0 von \d{3,} wären anders/);
  });

  it('needs an installation for version numbers', async () => {
    expect(await policy('impact', '1', '2')).toMatchObject({ code: 2, err: expect.stringContaining('DATABASE_URL') });
  });
});

describe('schema', () => {
  it('says of every field what it means', async () => {
    const schema = JSON.parse((await policy('schema')).out);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const silent: string[] = [];
    const walk = (
      node: { properties?: Record<string, { description?: string; items?: object }>; items?: object },
      path: string,
    ): void => {
      for (const [key, inner] of Object.entries(node.properties ?? {})) {
        if (!inner.description) silent.push(`${path}${key}`);
        walk(inner, `${path}${key}.`);
        if (inner.items) walk(inner.items, `${path}${key}[].`);
      }
    };
    walk(schema, '');
    expect(silent).toEqual([]);
    expect(schema.properties.purpose.properties.code.description).toContain('WAERMEPLANUNG (');
  });
});

describe('print', () => {
  it('gives the whole law book as one file that needs nothing else', async () => {
    const { code, out } = await policy('print');
    expect(code).toBe(0);
    expect(out).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(out).not.toMatch(/<(?:link|script|img)\b|https?:|url\(/);
    // every entry of the contents leads somewhere, and every rule is in it
    const ids = new Set([...out.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const aims = [...out.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(aims.filter((id) => !ids.has(id))).toEqual([]);
    expect(aims.length).toBeGreaterThan(90);
  });
});

describe('graph', () => {
  it('draws every role and every chain with its steps in order', async () => {
    const { out } = await policy('graph');
    expect(out).toMatch(/^flowchart LR/);
    expect(out).toContain('A5["A5: Kritische Weitergabe"]');
    expect(out).toContain('Regelpflege (POLICY)');
    const picture = (await policy('graph', '--svg')).out;
    expect(picture).toMatch(/^<svg [\s\S]*<\/svg>$/);
    expect(picture.indexOf('A3: ')).toBeLessThan(picture.indexOf('A4: '));
  });
});

it.each([
  [[]],
  [['tanze']],
  [['explain']],
  [['explain', 'gibtsnicht.yaml']],
  [['lint', 'gibtsnicht']],
  [['impact', 'config/governance']],
  [['graph', '--bunt']],
  [['schema', 'x']],
])('answers %j with one sentence and exit code 2', async (args) => {
  const { code, out, err } = await policy(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).not.toMatch(/\n\s+at /);
  expect(err.length).toBeGreaterThan(20);
});
